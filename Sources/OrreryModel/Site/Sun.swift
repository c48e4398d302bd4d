import OrreryKernel

/// Where the sun stands, to about 0.01° between 1950 and 2050.
///
/// Nights begin and end telescope work, so this feeds event times: it uses nothing but `PortableMath`. Neither
/// refraction nor parallax nor the height of the site count; sunrise with refraction and the sun's upper limb is the
/// altitude −0.833°.
///
/// Source: J. Meeus, "Astronomical Algorithms" (2nd edition, 1998), chapters 12, 13, 22 and 25, the low accuracy of
/// 0.01°. Terrestrial time is taken as universal time, which moves the sun by 0.001°.
public enum Sun {
    /// The altitude of the sun's centre over the horizon, in degrees, at a place in degrees north and east.
    public static func altitude(latitude: Double, longitude: Double, secondsSince1970: Double) -> Double {
        invariant(latitude.magnitude <= 90, "a latitude lies in -90...90 degrees, not at \(latitude)")
        let angle = latitude * degree
        let sine = sineOfAltitude(
            (PortableMath.sin(angle), PortableMath.cos(angle)), longitude: longitude,
            secondsSince1970: secondsSince1970)
        return PortableMath.asin(min(1, max(-1, sine))) / degree
    }

    /// The sine of the altitude, for a latitude given by its sine and cosine.
    static func sineOfAltitude(
        _ latitude: (sine: Double, cosine: Double), longitude: Double, secondsSince1970: Double
    ) -> Double {
        let days = (secondsSince1970 - 946_728_000) / 86_400
        let (rightAscension, sineOfDeclination, nutation) = position(centuries: days / 36_525)
        let cosineOfDeclination = (1 - sineOfDeclination * sineOfDeclination).squareRoot()
        // Sidereal time at Greenwich, Meeus 12.4, with the equation of the equinoxes.
        let sidereal = 280.46061837 + 360.98564736629 * days + 0.9175 * nutation
        let hourAngle = turned(sidereal + longitude) * degree - rightAscension
        return latitude.sine * sineOfDeclination + latitude.cosine * cosineOfDeclination * PortableMath.cos(hourAngle)
    }

    /// The sun's apparent right ascension in radians, the sine of its declination, and the nutation in longitude in
    /// degrees.
    private static func position(
        centuries t: Double
    ) -> (rightAscension: Double, sineOfDeclination: Double, nutation: Double) {
        let meanLongitude = 280.46646 + t * (36_000.76983 + t * 0.0003032)
        let anomaly = turned(357.52911 + t * (35_999.05029 - t * 0.0001537)) * degree
        let node = turned(125.04 - 1934.136 * t) * degree
        let centre =
            (1.914602 - t * (0.004817 + t * 0.000014)) * PortableMath.sin(anomaly)
            + (0.019993 - 0.000101 * t) * PortableMath.sin(2 * anomaly) + 0.000289 * PortableMath.sin(3 * anomaly)
        let nutation = -0.00478 * PortableMath.sin(node)
        let longitude = turned(meanLongitude + centre - 0.00569 + nutation) * degree
        let obliquity = (23.439291 - 0.0130042 * t + 0.00256 * PortableMath.cos(node)) * degree
        let sineOfLongitude = PortableMath.sin(longitude)
        let rightAscension = PortableMath.atan2(
            PortableMath.cos(obliquity) * sineOfLongitude, PortableMath.cos(longitude))
        return (rightAscension, PortableMath.sin(obliquity) * sineOfLongitude, nutation)
    }

    /// An angle in degrees, brought into 0…360.
    private static func turned(_ angle: Double) -> Double { angle - 360 * (angle / 360).rounded(.down) }

    /// One degree in radians.
    static var degree: Double { 0x1.1df46a2529d39p-6 }
}

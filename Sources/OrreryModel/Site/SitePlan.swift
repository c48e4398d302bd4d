public import OrreryKernel

/// One observatory, or several of a kind: where it lies, its uplink and its weather.
public struct SitePlan: Sendable {
    /// The name in the scenario.
    public let name: String
    /// How many such sites there are.
    public let count: Int
    /// Degrees north of the equator.
    public let latitude: Double
    /// Degrees east of Greenwich.
    public let longitude: Double
    /// Several sites lie up to this many degrees north, south, east and west of the place, the same for every seed.
    public let scatter: Double
    /// Telescopes observe while the sun stands below this altitude, in degrees.
    public let darkBelow: Double
    /// The line that all telescopes of a site share.
    public let uplink: UplinkPlan
    /// When the site closes; nil if it never does.
    public let weather: WeatherPlan?

    /// A site from checked values.
    public init(name: String, values: ParameterValues, uplink: UplinkPlan, weather: WeatherPlan?) {
        self.name = name
        count = values[SitePlan.count]
        latitude = values[SitePlan.latitude]
        longitude = values[SitePlan.longitude]
        scatter = values[SitePlan.scatter]
        darkBelow = values[SitePlan.darkBelow]
        self.uplink = uplink
        self.weather = weather
    }

    private static let count = Parameter<Int>(
        "count", default: 1, range: .within(1...100_000),
        summary: "how many such sites there are, each with an uplink and weather of its own",
        source: "one site is one place")
    private static let latitude = Parameter<Double>(
        "latitude", range: .within(-90...90), summary: "degrees north of the equator; south is negative")
    private static let longitude = Parameter<Double>(
        "longitude", range: .within(-180...180), summary: "degrees east of Greenwich; west is negative")
    private static let scatter = Parameter<Double>(
        "scatter", default: 0, range: .within(0...10),
        summary:
            "several sites lie up to this many degrees from the place in latitude and longitude, the same for every seed",
        source: "no scatter unless stated")
    private static let darkBelow = Parameter<Double>(
        "dark-below", default: -12, range: .within(-30...0),
        summary: "telescopes observe while the sun is below this altitude, in degrees",
        source: "nautical twilight ends at -12 degrees; a POCS unit waits for -18 (panoptes POCS pocs.yaml)")

    /// The parameters of a site, besides its uplink and its weather.
    public static let parameters = [count.spec, latitude.spec, longitude.spec, scatter.spec, darkBelow.spec]
}

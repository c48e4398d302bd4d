extension PortableMath {
    /// π, rounded to the nearest number.
    @inlinable
    public static var pi: Double { 0x1.921fb54442d18p1 }

    /// The angle in −π/2…π/2 with this sine, which lies in −1…1.
    ///
    /// Source: fdlibm, e_asin.c.
    public static func asin(_ x: Double) -> Double {
        invariant(x.magnitude <= 1, "no angle has the sine \(x)")
        let size = x.magnitude
        if size < 0x1p-26 { return x }
        if size < 0.5 { return x + x * arcRatio(x * x) }
        let t = (1 - size) * 0.5
        let ratio = arcRatio(t)
        let root = t.squareRoot()
        let angle: Double
        if size > 0.975 {
            angle = halfPi.high - (2 * (root + root * ratio) - halfPi.low)
        } else {
            let rootHigh = high(root)
            let rootLow = (t - rootHigh * rootHigh) / (root + rootHigh)
            let quarter = 0.5 * halfPi.high
            angle = quarter - ((2 * root * ratio - (halfPi.low - 2 * rootLow)) - (quarter - 2 * rootHigh))
        }
        return x < 0 ? -angle : angle
    }

    /// The angle in 0…π with this cosine, which lies in −1…1.
    ///
    /// Source: fdlibm, e_acos.c.
    public static func acos(_ x: Double) -> Double {
        invariant(x.magnitude <= 1, "no angle has the cosine \(x)")
        if x.magnitude < 0.5 { return halfPi.high - (x - (halfPi.low - x * arcRatio(x * x))) }
        let t = (1 - x.magnitude) * 0.5
        if t == 0 { return x > 0 ? 0 : pi }
        let root = t.squareRoot()
        let ratio = arcRatio(t)
        if x < 0 { return pi - 2 * (root + (ratio * root - halfPi.low)) }
        let rootHigh = high(root)
        let rootLow = (t - rootHigh * rootHigh) / (root + rootHigh)
        return 2 * (rootHigh + (ratio * root + rootLow))
    }

    /// (asin √t ÷ √t) − 1, for t up to ¼.
    @inline(__always)
    private static func arcRatio(_ t: Double) -> Double {
        let upperEnd = -0x1.48228b5688f3bp-5 + t * (0x1.9efe07501b288p-11 + t * 0x1.23de10dfdf709p-15)
        let upperTail = 0x1.9c1550e884455p-3 + t * upperEnd
        let upper = t * (0x1.5555555555555p-3 + t * (-0x1.4d61203eb6f7dp-2 + t * upperTail))
        let lowerTail = 0x1.02ae59c598ac8p1 + t * (-0x1.6066c1b8d0159p-1 + t * 0x1.3b8c5b12e9282p-4)
        return upper / (1 + t * (-0x1.33a271c8a2d4bp1 + t * lowerTail))
    }

    /// The angle in −π/2…π/2 with this tangent; infinities give ±π/2, and not-a-number is a bug.
    ///
    /// Source: fdlibm, s_atan.c.
    public static func atan(_ x: Double) -> Double {
        invariant(!x.isNaN, "no angle has the tangent not-a-number")
        let size = x.magnitude
        if size < 0.4375 { return x - x * arcTangentPart(x) }
        let rest: Double
        let high: Double
        let low: Double
        if size < 0.6875 {
            (rest, high, low) = ((2 * size - 1) / (2 + size), 0x1.dac670561bb4fp-2, 0x1.a2b7f222f65e2p-56)
        } else if size < 1.1875 {
            (rest, high, low) = ((size - 1) / (size + 1), 0x1.921fb54442d18p-1, 0x1.1a62633145c07p-55)
        } else if size < 2.4375 {
            (rest, high, low) = ((size - 1.5) / (1 + 1.5 * size), 0x1.f730bd281f69bp-1, 0x1.007887af0cbbdp-56)
        } else {
            (rest, high, low) = (-1 / size, halfPi.high, halfPi.low)
        }
        let angle = high - ((rest * arcTangentPart(rest) - low) - rest)
        return x < 0 ? -angle : angle
    }

    /// 1 − atan x ÷ x, for x up to 7/16.
    @inline(__always)
    private static func arcTangentPart(_ x: Double) -> Double {
        let z = x * x
        let w = z * z
        let oddTail = 0x1.10d66a0d03d51p-4 + w * (0x1.97b4b24760debp-5 + w * 0x1.0ad3ae322da11p-6)
        let odd = z * (0x1.555555555550dp-2 + w * (0x1.24924920083ffp-3 + w * (0x1.745cdc54c206ep-4 + w * oddTail)))
        let evenTail = -0x1.3b0f2af749a6dp-4 + w * (-0x1.dde2d52defd9ap-5 + w * -0x1.2b4442c6a6c2fp-5)
        let even = w * (-0x1.999999998ebc4p-3 + w * (-0x1.c71c6fe231671p-4 + w * evenTail))
        return odd + even
    }

    /// The angle of the point (x, y) in −π…π, from the positive x axis towards the positive y axis; both are finite.
    ///
    /// The origin has the angle 0, and a point on the negative x axis π: the sign of a zero does not count. The error
    /// stays below 2 units in the last place.
    public static func atan2(_ y: Double, _ x: Double) -> Double {
        invariant(y.isFinite && x.isFinite, "the point (\(x), \(y)) has no angle")
        if y == 0 { return x < 0 ? pi : 0 }
        let angle: Double
        if x == 0 || y.magnitude / x.magnitude > 0x1p60 {
            angle = halfPi.high
        } else if x > 0 {
            angle = atan(y.magnitude / x)
        } else {
            angle = pi - (atan(y.magnitude / -x) - 2 * halfPi.low)
        }
        return y < 0 ? -angle : angle
    }

    /// π/2 in two parts.
    @inline(__always)
    private static var halfPi: (high: Double, low: Double) { (0x1.921fb54442d18p0, 0x1.1a62633145c07p-54) }
}

extension PortableMath {
    /// The largest angle in magnitude that the trigonometric functions accept, in radians.
    @inlinable
    public static var angleLimit: Double { 1e6 }

    /// The sine of an angle in radians, of at most `angleLimit` in magnitude.
    public static func sin(_ x: Double) -> Double {
        let (quadrant, high, low) = reduced(x)
        let value = quadrant & 1 == 0 ? shortSine(high, low) : shortCosine(high, low)
        return quadrant & 2 == 0 ? value : -value
    }

    /// The cosine of an angle in radians, of at most `angleLimit` in magnitude.
    public static func cos(_ x: Double) -> Double {
        let (quadrant, high, low) = reduced(x)
        let value = quadrant & 1 == 0 ? shortCosine(high, low) : shortSine(high, low)
        return (quadrant &+ 1) & 2 == 0 ? value : -value
    }

    /// The tangent of an angle in radians, of at most `angleLimit` in magnitude; the error stays below 2 units in the
    /// last place.
    public static func tan(_ x: Double) -> Double {
        let (quadrant, high, low) = reduced(x)
        let sine = shortSine(high, low)
        let cosine = shortCosine(high, low)
        return quadrant & 1 == 0 ? sine / cosine : -cosine / sine
    }

    /// The angle less the nearest multiple of π/2, in two parts, and that multiple's number.
    ///
    /// π/2 is taken in three exact parts of 33 bits and a tail (Cody and Waite), so that nothing cancels: 151 bits hold
    /// for every double below 10⁶, since none of them is closer than 2⁻⁶⁰ or so to a multiple of π/2.
    ///
    /// Source: fdlibm, e_rem_pio2.c.
    private static func reduced(_ x: Double) -> (quadrant: Int, high: Double, low: Double) {
        invariant(x.magnitude <= angleLimit, "an angle of \(x) rad is outside of ±\(angleLimit)")
        if x.magnitude <= 0x1.921fb54442d18p-1 { return (0, x, 0) }
        let count = nearest(x * 0x1.45f306dc9c883p-1)
        var rest = x - count * 0x1.921fb544p0
        // Second and third part of π/2, each taken off with its rounding error.
        var previous = rest
        var part = count * 0x1.0b4611a6p-34
        rest = previous - part
        var tail = count * 0x1.3198a2e037073p-69 - ((previous - rest) - part)
        var high = rest - tail
        if high.magnitude < x.magnitude * 0x1p-48 {
            previous = rest
            part = count * 0x1.3198a2ep-69
            rest = previous - part
            tail = count * 0x1.b839a252049c1p-104 - ((previous - rest) - part)
            high = rest - tail
        }
        return (Int(count), high, (rest - high) - tail)
    }

    /// The sine of high + low, of at most π/4 in magnitude.
    ///
    /// Source: fdlibm, k_sin.c.
    @inline(__always)
    private static func shortSine(_ high: Double, _ low: Double) -> Double {
        let z = high * high
        let w = z * z
        let r =
            0x1.111111110f8a6p-7 + z * (-0x1.a01a019c161d5p-13 + z * 0x1.71de357b1fe7dp-19)
            + z * w * (-0x1.ae5e68a2b9cebp-26 + z * 0x1.5d93a5acfd57cp-33)
        let v = z * high
        return high - ((z * (0.5 * low - v * r) - low) - v * -0x1.5555555555549p-3)
    }

    /// The cosine of high + low, of at most π/4 in magnitude.
    ///
    /// Source: fdlibm, k_cos.c.
    @inline(__always)
    private static func shortCosine(_ high: Double, _ low: Double) -> Double {
        let z = high * high
        let w = z * z
        let r =
            z * (0x1.555555555554cp-5 + z * (-0x1.6c16c16c15177p-10 + z * 0x1.a01a019cb159p-16))
            + w * w * (-0x1.27e4f809c52adp-22 + z * (0x1.1ee9ebdb4b1c4p-29 + z * -0x1.8fae9be8838d4p-37))
        let half = 0.5 * z
        let rest = 1 - half
        return rest + (((1 - rest) - half) + (z * r - high * low))
    }
}

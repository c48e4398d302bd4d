/// Elementary functions made of + − × ÷ √ and bit operations alone.
///
/// The C library's versions differ in the last bit between versions and processors, which is enough to shift an event
/// by a nanosecond and a whole run with it. These are the same everywhere.
///
/// - No fused multiply-add: whether the processor has one must not show. Swift never fuses by itself.
/// - Every coefficient is a hexadecimal literal. A decimal one passes through an 80-bit format on Intel processors and
///   not on others, so that its last bit could differ.
/// - A value outside a function's domain is a bug of the caller and stops the run. Results that are too large are
///   infinite, and results that are too small are zero.
/// - The error stays below 1 unit in the last place, and below 2 where a function says so.
///
/// The approximations are those of fdlibm, the Freely Distributable LIBM (Sun Microsystems, 1993): the same reductions
/// and the same minimax coefficients, arranged anew.
public enum PortableMath {
    /// The natural logarithm of a positive, finite number.
    public static func log(_ x: Double) -> Double {
        invariant(x > 0 && x < .infinity, "the logarithm of \(x) does not exist")
        var exponent = 0
        var bits = x.bitPattern
        if bits < 0x0010_0000_0000_0000 {
            bits = (x * 0x1p54).bitPattern
            exponent = -54
        }
        let (power, fraction) = split(bits)
        return logarithm(onePlus: fraction, exponent: Double(exponent + power), correction: 0)
    }

    /// The natural logarithm of 1 + x for x > −1, exact to the last place also where x is tiny.
    public static func log1p(_ x: Double) -> Double {
        invariant(x > -1 && x < .infinity, "the logarithm of 1 + \(x) does not exist")
        if x.magnitude < 0x1p-54 { return x }
        if x > -0.29289 && x < 0.41421 { return logarithm(onePlus: x, exponent: 0, correction: 0) }
        let sum = 1 + x
        let (power, fraction) = split(sum.bitPattern)
        // What the rounding of 1 + x lost, relative to it.
        let lost = power >= 2 ? 1 - (sum - x) : x - (sum - 1)
        return logarithm(onePlus: fraction, exponent: Double(power), correction: power < 54 ? lost / sum : 0)
    }

    /// Splits the bits of a normal number into 2^power × (1 + fraction) with 1 + fraction in [√½, √2).
    @inline(__always)
    private static func split(_ bits: UInt64) -> (power: Int, fraction: Double) {
        let rootOfHalf: UInt64 = 0x3FE6_A09E_0000_0000
        let shifted = bits &+ (0x3FF0_0000_0000_0000 &- rootOfHalf)
        let significand = Double(bitPattern: (shifted & 0x000F_FFFF_FFFF_FFFF) &+ rootOfHalf)
        return (Int(shifted &>> 52) &- 1023, significand - 1)
    }

    /// exponent × ln 2 + ln(1 + f) + correction, by s = f ÷ (2 + f) and a polynomial in s².
    ///
    /// Source: fdlibm, e_log.c.
    @inline(__always)
    private static func logarithm(onePlus f: Double, exponent: Double, correction: Double) -> Double {
        let half = 0.5 * f * f
        let s = f / (2 + f)
        let z = s * s
        let w = z * z
        let even = w * (0x1.999999997fa04p-2 + w * (0x1.c71c51d8e78afp-3 + w * 0x1.39a09d078c69fp-3))
        let oddTail = 0x1.7466496cb03dep-3 + w * 0x1.2f112df3e5244p-3
        let odd = z * (0x1.5555555555593p-1 + w * (0x1.2492494229359p-2 + w * oddTail))
        let low = s * (half + (even + odd)) + (exponent * naturalLogOf2.low + correction)
        return low - half + f + exponent * naturalLogOf2.high
    }

    /// ln 2 in two parts; multiples of the high one up to 2¹¹ are exact.
    @inline(__always)
    static var naturalLogOf2: (high: Double, low: Double) { (0x1.62e42feep-1, 0x1.a39ef35793c76p-33) }

    /// The number with the low 32 bits of its significand cleared, so that products of two such numbers are exact.
    @inline(__always)
    static func high(_ x: Double) -> Double { Double(bitPattern: x.bitPattern & 0xFFFF_FFFF_0000_0000) }

    /// The nearest whole number of one below 2⁵¹ in magnitude, without a call into the C library.
    @inline(__always)
    static func nearest(_ x: Double) -> Double { (x + 0x1.8p52) - 0x1.8p52 }

    /// x × 2^power; too large becomes infinite, too small becomes zero.
    @inline(__always)
    static func scaled(_ x: Double, by power: Int) -> Double {
        if power >= -1022 && power <= 1023 { return x * powerOf2(power) }
        if power > 1023 { return x * 0x1p1023 * powerOf2(min(power - 1023, 1023)) }
        return x * powerOf2(max(power + 1000, -1022)) * 0x1p-1000
    }

    @inline(__always)
    private static func powerOf2(_ power: Int) -> Double { Double(bitPattern: UInt64(power &+ 1023) &<< 52) }
}

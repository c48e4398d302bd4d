/// Elementary functions made of + − × ÷ √ and bit operations alone.
///
/// The C library's versions differ in the last bit between versions and processors, which is enough to shift an event by a
/// nanosecond and a whole run with it. These are the same everywhere.
public enum PortableMath {
    /// The natural logarithm of a positive, finite number.
    public static func log(_ x: Double) -> Double {
        precondition(x > 0 && x.isFinite, "the logarithm of \(x) does not exist")
        var exponent = Double(x.exponent)
        var fraction = x.significand
        if fraction > 1.4142135623730951 {
            fraction *= 0.5
            exponent += 1
        }
        let s = (fraction - 1) / (fraction + 1)
        let z = s * s
        var sum = 0.0
        var k = 25.0
        while k >= 1 {
            sum = sum * z + 1 / k
            k -= 2
        }
        return 2 * s * sum + exponent * 0.6931471805599453
    }
}

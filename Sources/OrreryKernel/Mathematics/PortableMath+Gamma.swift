extension PortableMath {
    /// The logarithm of the gamma function of a positive, finite number; its error is below 10⁻¹⁴, relative to the
    /// value or to 1.
    public static func logGamma(_ x: Double) -> Double {
        invariant(x > 0 && x < .infinity, "the logarithm of the gamma function of \(x) does not exist")
        var shifted = x
        var product = 1.0
        while shifted < 10 {
            product *= shifted
            shifted += 1
        }
        let value = (shifted - 0.5) * (log(shifted) - 1) - 0.5 + halfLogOf2Pi + stirlingSeries(shifted)
        return product == 1 ? value : value - log(product)
    }

    /// The difference of log k! from Stirling's formula (k + ½) log k − k + ½ log 2π, for a whole k ≥ 1.
    static func stirlingError(_ k: Double) -> Double {
        k >= 10 ? stirlingSeries(k) : logGamma(k + 1) - ((k + 0.5) * log(k) - k + halfLogOf2Pi)
    }

    /// ½ log 2π.
    static var halfLogOf2Pi: Double { 0x1.d67f1c864beb5p-1 }

    /// Stirling's series for x ≥ 10: the sum of Bernoulli's B₂ₖ ÷ (2k (2k − 1) x²ᵏ⁻¹).
    private static func stirlingSeries(_ x: Double) -> Double {
        let z = 1 / (x * x)
        let tail = 0x1.b951e2b18ff23p-11 + z * (-0x1.f6ab0d9993c7dp-10 + z * 0x1.a41a41a41a41ap-8)
        let middle = 0x1.a01a01a01a01ap-11 + z * (-0x1.3813813813814p-11 + z * tail)
        return (0x1.5555555555555p-4 + z * (-0x1.6c16c16c16c17p-9 + z * middle)) / x
    }
}

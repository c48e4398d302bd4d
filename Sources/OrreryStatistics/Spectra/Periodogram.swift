/// How the variance of an evenly spaced series is shared out among its Fourier frequencies, and the strongest of them.
///
/// The series is taken without its mean. Whether the strongest frequency is more than chance says R. A. Fisher's test:
/// of m frequencies of white noise, the largest holds more than a share g of all power with a probability of at most
/// m (1 − g)^(m − 1), the first term of his exact sum.
///
/// Source: R. A. Fisher, "Tests of significance in harmonic analysis", Proceedings of the Royal Society A 125 (1929);
/// P. J. Brockwell, R. A. Davis, "Time Series: Theory and Methods" (2nd edition, 1991), section 10.2.
public struct Periodogram: Sendable {
    /// The power at 1, 2, 3 … cycles in the whole series.
    public let powers: [Double]
    /// How many values the series has.
    public let count: Int

    /// The periodogram of finite values, in their order.
    public init(_ values: [Double]) {
        count = values.count
        let mean = values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count)
        powers = GSLBridge.spectrum(values.map { $0 - mean })
    }

    /// The strongest frequency.
    public struct Peak: Sendable {
        /// How often it fits into the series.
        public let cycles: Int
        /// How many values one period lasts.
        public let period: Double
        /// Its share of all power, from 0 to 1.
        public let share: Double
        /// How likely white noise has as strong a peak, at most.
        public let pValue: Double
    }

    /// The strongest frequency that fits into the series at least so often; nil if nothing varies.
    public func peak(fromCycles least: Int = 1) -> Peak? {
        let total = powers.reduce(0, +)
        let candidates = powers.indices.filter { $0 + 1 >= least }
        guard total > 0, let place = candidates.max(by: { powers[$0] < powers[$1] }), powers[place] > 0 else {
            return nil
        }
        let share = powers[place] / total
        var chance = Double(powers.count)
        for _ in 1..<max(2, powers.count) { chance *= 1 - share }
        return Peak(
            cycles: place + 1, period: Double(count) / Double(place + 1), share: share, pValue: min(1, chance))
    }
}

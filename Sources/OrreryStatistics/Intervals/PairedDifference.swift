/// How much a second setting differs from a first on average, measured with the same seeds in both.
///
/// A seed brings both settings the same arrivals and the same weather. Its two values are subtracted before anything
/// is averaged, so what the seed did to both cancels; the interval is Student's over the differences, one for each
/// seed. Seeds with a value in only one setting have no pair and are left out.
///
/// One pair has a difference and no interval: one value says nothing about its spread. Two or more equal differences
/// have a standard deviation of 0, so the interval has a width of 0 and covers that difference and no other value.
/// That is what Student's formula gives and says what was seen: a setting against itself differs by exactly 0 and is
/// never called different, while a whole item more in every seed is. Over few seeds such equality can be chance.
///
/// Source: A. M. Law, "Simulation Modeling and Analysis" (5th edition, 2015), sections 10.2.1 (paired-t interval) and
/// 11.2 (common random numbers).
public struct PairedDifference: Sendable {
    /// The mean of second − first with its interval; its count is the number of pairs.
    public let estimate: Estimate

    /// The difference between two settings, each with its finite value for each seed that has one.
    public init(from first: [UInt64: Double], to second: [UInt64: Double], confidence: Double = 0.95) {
        // In the order of the seeds, because the last bits of a sum depend on its order.
        let differences = first.keys.sorted().compactMap { seed -> Double? in
            guard let before = first[seed], let after = second[seed] else { return nil }
            return after - before
        }
        estimate = Estimate(differences, confidence: confidence)
    }

    /// How likely as large a mean difference is by chance, if there is none: Student's paired test, two-sided, in 0…1.
    ///
    /// Nil for fewer than two pairs. Equal differences, of which the comment above speaks, have no spread to compare
    /// with: where they are 0 the probability is 1, else it is that of the sign test, 2^(1 − pairs), so that two runs
    /// that each have one item more show nothing.
    public var pValue: Double? {
        guard let mean = estimate.mean, let deviation = estimate.standardDeviation else { return nil }
        if deviation == 0 { return mean == 0 ? 1 : Double(sign: .plus, exponent: 1 - estimate.count, significand: 1) }
        let count = Double(estimate.count)
        let statistic = mean.magnitude / deviation * count.squareRoot()
        return min(1, 2 * GSLBridge.studentTail(statistic, freedom: count - 1))
    }
}

/// What changes from a first setting to a second one, measured with the same seeds in both: level, ratio and spread.
///
/// The difference and the ratio speak of the level, the spread is reported apart: a remedy can leave the mean and make
/// bad runs rarer. One comparison raises a false alarm as often as its error says; several need `HolmCorrection`.
public struct PairedComparison: Sendable {
    /// The mean of second − first with its interval and its p-value.
    public let difference: PairedDifference
    /// The mean of the second as a multiple of the mean of the first; nil without pairs, or where the first is zero.
    public let ratio: RatioOfMeans?
    /// How the spread over seeds changes; nil for fewer than three pairs, or where one of the two does not vary.
    public let spread: SpreadChange?
    /// The variance of the difference between the two values of a seed; nil for fewer than two pairs.
    public let pairedVariance: Double?
    /// The variance that this difference would have between values of different seeds: the sum of both settings'
    /// variances; nil for fewer than two pairs.
    public let unpairedVariance: Double?
    /// The variance of a difference between unpaired values, divided by that between paired ones.
    ///
    /// It says by how much sharing seeds sharpened the comparison; its reciprocal is the share of replications that
    /// sharing leaves necessary. For equal variances and a correlation ρ between the two settings it is 1 / (1 − ρ).
    /// Nil for fewer than two pairs, or where all differences are equal.
    ///
    /// Source: A. M. Law, "Simulation Modeling and Analysis" (5th edition, 2015), section 11.2.
    public let varianceReduction: Double?

    /// The comparison of two settings, each with its finite value for each seed that has one.
    ///
    /// Seeds with a value in only one of the two are left out.
    public init(from first: [UInt64: Double], to second: [UInt64: Double], confidence: Double = 0.95) {
        let pairs = PairedMoments(from: first, to: second)
        difference = PairedDifference(from: first, to: second, confidence: confidence)
        ratio = RatioOfMeans(pairs, confidence: confidence)
        spread = SpreadChange(pairs, confidence: confidence)
        let paired = difference.estimate.standardDeviation.map { $0 * $0 }
        let unpaired = pairs.count > 1 ? pairs.firstVariance + pairs.secondVariance : nil
        pairedVariance = paired
        unpairedVariance = unpaired
        varianceReduction = paired.flatMap { paired in unpaired.flatMap { paired > 0 ? $0 / paired : nil } }
    }
}

/// The pairs of two settings in the order of their seeds, with their means, variances and covariance.
struct PairedMoments {
    let first: [Double]
    let second: [Double]
    let firstMean: Double
    let secondMean: Double
    /// With n − 1 below, like the next two; 0 for fewer than two pairs.
    let firstVariance: Double
    let secondVariance: Double
    let covariance: Double

    var count: Int { first.count }

    init(from before: [UInt64: Double], to after: [UInt64: Double]) {
        let seeds = before.keys.sorted().filter { after[$0] != nil }
        first = seeds.compactMap { before[$0] }
        second = seeds.compactMap { after[$0] }
        firstMean = Estimate(first).mean ?? 0
        secondMean = Estimate(second).mean ?? 0
        let freedom = Double(max(1, seeds.count - 1))
        var sums = (first: 0.0, second: 0.0, both: 0.0)
        for (one, other) in zip(first, second) {
            sums.first += (one - firstMean) * (one - firstMean)
            sums.second += (other - secondMean) * (other - secondMean)
            sums.both += (one - firstMean) * (other - secondMean)
        }
        firstVariance = sums.first / freedom
        secondVariance = sums.second / freedom
        covariance = sums.both / freedom
    }
}

/// The mean of a second setting as a multiple of the mean of a first, from pairs, with Fieller's interval.
///
/// It is the ratio of the two means and not the mean of ratios, so that a seed with a tiny first value does not decide
/// everything. The interval holds every ratio r for which the mean of second − r · first is compatible with zero; it
/// is exact for normal values and takes the correlation of the pairs into account. Where the first mean itself cannot
/// be told from zero, the ratios compatible with the data reach to infinity, and there is no interval.
///
/// Source: E. C. Fieller, "Some problems in interval estimation", Journal of the Royal Statistical Society B 16 (1954).
public struct RatioOfMeans: Sendable, Equatable {
    /// The second mean divided by the first.
    public let ratio: Double
    /// The interval of the true ratio; nil for fewer than two pairs, and where the first mean cannot be told from zero.
    public let interval: ClosedRange<Double>?

    /// The ratio of pairs; nil without pairs, or where the first mean is zero.
    init?(_ pairs: PairedMoments, confidence: Double) {
        guard pairs.count > 0, pairs.firstMean != 0 else { return nil }
        ratio = pairs.secondMean / pairs.firstMean
        interval = RatioOfMeans.interval(pairs, ratio: ratio, confidence: confidence)
    }

    private static func interval(_ pairs: PairedMoments, ratio: Double, confidence: Double) -> ClosedRange<Double>? {
        guard pairs.count >= 2 else { return nil }
        let count = Double(pairs.count)
        let quantile = GSLBridge.studentQuantile(0.5 + 0.5 * confidence, freedom: count - 1)
        // Fieller's g: how far the first mean is from certain, where 1 means that it may be zero.
        let spread = quantile * quantile / count
        let doubt = spread * pairs.firstVariance / (pairs.firstMean * pairs.firstMean)
        guard doubt < 1 else { return nil }
        // The variance of second − ratio · first, from its values: from the variances it would cancel away.
        let deviations = Estimate(zip(pairs.first, pairs.second).map { $1 - ratio * $0 }).standardDeviation ?? 0
        var centre = ratio
        var variance = deviations * deviations
        if pairs.firstVariance > 0 {
            let slope = pairs.covariance / pairs.firstVariance
            centre -= doubt * slope
            variance -= doubt * max(0, pairs.secondVariance - slope * pairs.covariance)
        }
        let half = (spread * max(0, variance)).squareRoot() / pairs.firstMean.magnitude
        return (centre - half) / (1 - doubt)...(centre + half) / (1 - doubt)
    }
}

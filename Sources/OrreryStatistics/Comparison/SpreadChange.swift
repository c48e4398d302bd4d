/// How much more or less a second setting varies over the seeds than a first, tested on pairs (Pitman and Morgan).
///
/// Two paired variances are equal exactly if the sum and the difference of the pairs are uncorrelated, which Student's
/// test of a correlation tells. It assumes normal values and is misled by heavy tails: where one run in fifty is ten
/// times larger than the others, it is a hint and not a proof.
///
/// Sources: E. J. G. Pitman, "A note on normal correlation", Biometrika 31 (1939); W. A. Morgan, "A test for the
/// significance of the difference between the two variances in a sample from a normal bivariate population", Biometrika
/// 31 (1939).
public struct SpreadChange: Sendable, Equatable {
    /// The standard deviation of the second as a multiple of that of the first.
    public let ratio: Double
    /// The interval of the true ratio of standard deviations.
    public let interval: ClosedRange<Double>
    /// How likely as large a change is by chance, if there is none: two-sided, in 0…1.
    public let pValue: Double

    /// The change of spread of pairs; nil for fewer than three, or where one of the two does not vary.
    init?(_ pairs: PairedMoments, confidence: Double) {
        guard pairs.count >= 3, pairs.firstVariance > 0, pairs.secondVariance > 0 else { return nil }
        let freedom = Double(pairs.count - 2)
        let variances = pairs.secondVariance / pairs.firstVariance
        ratio = variances.squareRoot()
        let explained = pairs.covariance / pairs.firstVariance * (pairs.covariance / pairs.secondVariance)
        let unexplained = max(0, 1 - explained)

        // Student's statistic of the correlation between sums and differences, in terms of the ratio.
        let distance = ratio - 1 / ratio
        let statistic =
            distance == 0 ? 0 : 0.5 * distance.magnitude * freedom.squareRoot() / unexplained.squareRoot()
        pValue = statistic.isFinite ? min(1, 2 * GSLBridge.studentTail(statistic, freedom: freedom)) : 0

        let quantile = GSLBridge.studentQuantile(0.5 + 0.5 * confidence, freedom: freedom)
        let excess = 2 * unexplained * quantile * quantile / freedom
        let reach = (1 + excess + (excess * (2 + excess)).squareRoot()).squareRoot()
        interval = ratio / reach...ratio * reach
    }
}

import OrreryKernel

/// What several values tell about later ones that are made with other chances: by how much a mean differs although
/// nothing changed.
///
/// A gate keeps a few values and compares later ones with them. Where only chance is new, the two means differ by
/// noise, which must not disturb it: ``tolerance(of:)`` is so wide that a difference beyond it is excluded in all but
/// about one such case in two thousand. A change that is wider than this is not excluded, and is found.
public enum UnchangedMean {
    /// One-sided confidence with which a difference is excluded.
    public static let confidence = 0.95

    /// How often a change must be excluded where there is none, as the level of a Student interval.
    private static let reliability = 0.9998

    /// Twice half the width of the values' 99.98 % interval; nil for fewer than two values.
    ///
    /// For n normal values on both sides, independent of each other, the mean of the differences and half the width of
    /// its interval reach beyond this in 0.02 to 0.05 % of cases, for n from 60 down to 4 (a million draws and more for
    /// each). Pairs that share a seed differ less, so it happens less often.
    public static func tolerance(of values: [Double]) -> Double? {
        Estimate(values, confidence: reliability).halfWidth.map { 2 * $0 }
    }

    /// Whether a mean of second − first beyond the tolerance upwards is excluded; nil for fewer than two pairs.
    public static func excludes(_ difference: Estimate, above tolerance: Double) -> Bool? {
        reach(difference).map { $0 < tolerance }
    }

    /// How many pairs exclude a mean beyond the tolerance upwards, or else show the difference with this error, if mean
    /// and spread stay as they are; nil for fewer than two pairs, or if more than so many are needed.
    public static func pairsNeeded(
        _ difference: Estimate, above tolerance: Double, error: Double, atMost limit: Int = 10_000
    ) -> Int? {
        guard let mean = difference.mean, let deviation = difference.standardDeviation else { return nil }
        return (2...limit).first { count in
            let noise = deviation / Double(count).squareRoot()
            if mean < tolerance { return mean + quantile(count, confidence) * noise < tolerance }
            // Equal differences are told by the sign test, as in `PairedDifference`.
            if deviation == 0 { return Double(sign: .plus, exponent: 1 - count, significand: 1) <= error }
            return mean > quantile(count, 1 - error / 2) * noise
        }
    }

    /// The upper end of the one-sided interval of the mean.
    private static func reach(_ difference: Estimate) -> Double? {
        guard let mean = difference.mean, let deviation = difference.standardDeviation else { return nil }
        return mean + quantile(difference.count, confidence) * deviation / Double(difference.count).squareRoot()
    }

    private static func quantile(_ count: Int, _ probability: Double) -> Double {
        GSLBridge.studentQuantile(probability, freedom: Double(count - 1))
    }
}

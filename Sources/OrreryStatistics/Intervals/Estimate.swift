import OrreryKernel

/// A mean over independent values, one per replication, with a Student-t interval.
///
/// The values must be independent: the customers of one run are not, the runs of an experiment are. With fewer than two
/// values there is no interval, and none is invented.
///
/// Source: A. M. Law, "Simulation Modeling and Analysis" (5th edition, 2015), section 4.5.
public struct Estimate: Sendable {
    /// How many values there are.
    public let count: Int
    /// The mean of the values; nil without values.
    public let mean: Double?
    /// The standard deviation over the values, with n − 1 below; nil for fewer than two values.
    public let standardDeviation: Double?
    /// The confidence of the interval, in 0…1.
    public let confidence: Double
    /// Half the width of the interval; nil for fewer than two values.
    public let halfWidth: Double?

    /// The estimate from the finite values of independent replications, in the order of the replications.
    public init(_ values: [Double], confidence: Double = 0.95) {
        invariant(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1, not at \(confidence)")
        count = values.count
        self.confidence = confidence
        let moments = Estimate.moments(values)
        mean = moments.mean
        standardDeviation = moments.variance?.squareRoot()
        halfWidth = standardDeviation.map { deviation in
            let count = Double(values.count)
            let quantile = GSLBridge.studentQuantile(0.5 + 0.5 * confidence, freedom: count - 1)
            return quantile * deviation / count.squareRoot()
        }
    }

    /// The interval that holds the true mean with the confidence; nil for fewer than two values.
    public var interval: ClosedRange<Double>? {
        guard let mean, let halfWidth else { return nil }
        return mean - halfWidth...mean + halfWidth
    }

    /// The same for the values with the other sign.
    public var negated: Estimate { Estimate(negating: self) }

    /// Half the width of the interval relative to the mean; nil without an interval, and infinite around zero.
    public var relativeHalfWidth: Double? {
        guard let mean, let halfWidth else { return nil }
        if halfWidth == 0 { return 0 }
        return halfWidth / mean.magnitude
    }

    private init(negating other: Estimate) {
        count = other.count
        mean = other.mean.map { -$0 }
        standardDeviation = other.standardDeviation
        confidence = other.confidence
        halfWidth = other.halfWidth
    }

    /// The mean and the variance in two passes, which lose nothing to cancellation.
    private static func moments(_ values: [Double]) -> (mean: Double?, variance: Double?) {
        for value in values { invariant(value.isFinite, "an estimate cannot be made from \(value)") }
        guard let first = values.first else { return (nil, nil) }
        let count = Double(values.count)
        let mean = first + values.reduce(0) { $0 + ($1 - first) } / count
        if values.count < 2 { return (mean, nil) }
        return (mean, values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (count - 1))
    }
}

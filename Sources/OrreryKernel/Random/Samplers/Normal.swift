/// The bell curve.
///
/// Its samples can be negative; a negative duration counts as no time, so that the mean of such durations is larger
/// than `mean`. Use a gamma or a lognormal distribution where that matters.
public struct Normal: Sampler {
    /// The expected value.
    public let mean: Double
    /// The square root of the variance.
    public let standardDeviation: Double
    /// The square of the standard deviation.
    public var variance: Double { standardDeviation * standardDeviation }

    /// A normal distribution, in the unit of the quantity.
    public init(mean: Double, standardDeviation: Double) {
        invariant(standardDeviation >= 0, "a standard deviation cannot be \(standardDeviation)")
        self.mean = mean
        self.standardDeviation = standardDeviation
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        mean + standardDeviation * stream.standardNormal()
    }

    private static let mean = Parameter<SampledQuantity>("mean", range: .sampledAny, summary: "the expected value")
    private static let deviation = Parameter<SampledQuantity>(
        "standard-deviation", range: .sampledNonNegative, summary: "the square root of the variance")

    static let kind = Kind<any Sampler>(
        "normal", summary: "the bell curve; a negative duration counts as no time",
        parameters: [mean.spec, deviation.spec]
    ) { Normal(mean: $0[mean].amount, standardDeviation: $0[deviation].amount) }
}

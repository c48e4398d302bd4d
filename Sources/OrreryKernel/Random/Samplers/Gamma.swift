/// A positive quantity between the exponential (cv 1) and the constant (cv 0), or more variable than both.
public struct Gamma: Sampler {
    /// The expected value.
    public let mean: Double
    /// The standard deviation relative to the mean.
    public let variation: Double
    /// The square of the standard deviation.
    public var variance: Double { mean * variation * (mean * variation) }
    private let shape: Double
    private let scale: Double

    /// A gamma distribution with this mean, in the unit of the quantity, and coefficient of variation.
    public init(mean: Double, variation: Double) {
        invariant(mean >= 0 && variation >= 0, "a gamma distribution of mean \(mean) and cv \(variation)")
        self.mean = mean
        self.variation = variation
        // At this shape the sample is the mean itself, which is what a cv of 0 asks for.
        shape = min(1 / (variation * variation), 1e100)
        scale = mean / shape
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        variation == 0 ? mean : scale * stream.standardGamma(shape: shape)
    }

    private static let mean = Parameter<SampledQuantity>("mean", range: .sampledPositive, summary: "the expected value")
    private static let cv = Parameter<Double>(
        "cv", range: .variation, summary: "the standard deviation relative to the mean; 0 means constant")

    static let kind = Kind<any Sampler>(
        "gamma", summary: "positive, with any mean and variation", parameters: [mean.spec, cv.spec]
    ) { Gamma(mean: $0[mean].amount, variation: $0[cv]) }
}

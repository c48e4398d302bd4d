/// A positive quantity whose logarithm is normal: a product of many small influences, such as a service time.
public struct Lognormal: Sampler {
    /// The expected value.
    public let mean: Double
    /// The standard deviation relative to the mean.
    public let variation: Double
    /// The square of the standard deviation.
    public var variance: Double { mean * variation * (mean * variation) }
    private let sigma: Double
    private let shift: Double

    /// A lognormal distribution with this mean, in the unit of the quantity, and coefficient of variation.
    public init(mean: Double, variation: Double) {
        invariant(mean >= 0 && variation >= 0, "a lognormal distribution of mean \(mean) and cv \(variation)")
        self.mean = mean
        self.variation = variation
        let logVariance = PortableMath.log1p(variation * variation)
        sigma = logVariance.squareRoot()
        shift = -0.5 * logVariance
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        mean * PortableMath.exp(sigma * stream.standardNormal() + shift)
    }

    private static let mean = Parameter<SampledQuantity>("mean", range: .sampledPositive, summary: "the expected value")
    private static let cv = Parameter<Double>(
        "cv", range: .variation, summary: "the standard deviation relative to the mean; 0 means constant")

    static let kind = Kind<any Sampler>(
        "lognormal", summary: "a product of many small influences", parameters: [mean.spec, cv.spec]
    ) { Lognormal(mean: $0[mean].amount, variation: $0[cv]) }
}

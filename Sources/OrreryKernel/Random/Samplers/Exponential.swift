/// The memoryless distribution: the gaps of a Poisson process.
public struct Exponential: Sampler {
    /// The expected value.
    public let mean: Double
    /// The square of the mean.
    public var variance: Double { mean * mean }

    /// An exponential distribution with this mean, in the unit of the quantity.
    public init(mean: Double) {
        self.mean = mean
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double { mean * stream.standardExponential() }

    private static let mean = Parameter<SampledQuantity>("mean", range: .sampledPositive, summary: "the expected value")

    static let kind = Kind<any Sampler>(
        "exponential", summary: "memoryless: the gaps of a Poisson process", parameters: [mean.spec]
    ) { Exponential(mean: $0[mean].amount) }
}

/// One of two exponential distributions, a short or a long one: more variable than the exponential.
///
/// Both contribute half of the mean ("balanced means").
///
/// Source: W. J. Stewart, "Probability, Markov Chains, Queues, and Simulation" (2009), section 7.6.
public struct HyperExponential: Sampler {
    /// The expected value.
    public let mean: Double
    /// The standard deviation relative to the mean, at least 1.
    public let variation: Double
    /// The square of the standard deviation.
    public var variance: Double { mean * variation * (mean * variation) }
    /// The share of samples from the distribution with the longer mean, at most ½.
    public let longShare: Double
    /// The mean of the distribution with the shorter mean.
    public var shortMean: Double { 0.5 * mean / (1 - longShare) }
    /// The mean of the distribution with the longer mean.
    public var longMean: Double { 0.5 * mean / longShare }

    /// A hyper-exponential distribution with this mean, in the unit of the quantity, and coefficient of variation.
    public init(mean: Double, variation: Double) {
        invariant(variation >= 1, "a hyper-exponential distribution has a cv of at least 1, not \(variation)")
        self.mean = mean
        self.variation = variation
        let square = variation * variation
        longShare = 1 / ((square + 1) * (1 + ((square - 1) / (square + 1)).squareRoot()))
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        let isLong = stream.unit() < longShare
        return (isLong ? longMean : shortMean) * stream.standardExponential()
    }

    private static let mean = Parameter<SampledQuantity>("mean", range: .sampledPositive, summary: "the expected value")
    private static let cv = Parameter<Double>(
        "cv", range: .within(1...1000), summary: "the standard deviation relative to the mean; 1 means exponential")

    static let kind = Kind<any Sampler>(
        "hyper-exponential", summary: "a mixture of short and long exponentials, with balanced means",
        source: "W. J. Stewart, Probability, Markov Chains, Queues, and Simulation (2009), 7.6",
        parameters: [mean.spec, cv.spec]
    ) { HyperExponential(mean: $0[mean].amount, variation: $0[cv]) }
}

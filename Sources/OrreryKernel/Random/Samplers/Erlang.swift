/// The time of several exponential stages one after the other, each with the same mean.
public struct Erlang: Sampler {
    /// The expected value of all stages together.
    public let mean: Double
    /// How many stages there are.
    public let stages: Int
    /// The square of the mean, divided by the number of stages.
    public var variance: Double { mean * mean / Double(stages) }

    /// An Erlang distribution with this mean in all, in the unit of the quantity, over this many stages.
    public init(mean: Double, stages: Int) {
        invariant(stages >= 1, "an Erlang distribution cannot have \(stages) stages")
        self.mean = mean
        self.stages = stages
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        mean / Double(stages) * stream.standardGamma(shape: Double(stages))
    }

    private static let mean = Parameter<SampledQuantity>(
        "mean", range: .sampledPositive, summary: "the expected value of all stages together")
    private static let stages = Parameter<Int>(
        "stages", range: .within(1...1e9), summary: "how many exponential stages follow one another")

    static let kind = Kind<any Sampler>(
        "erlang", summary: "several exponential stages, one after the other", parameters: [mean.spec, stages.spec]
    ) { Erlang(mean: $0[mean].amount, stages: $0[stages]) }
}

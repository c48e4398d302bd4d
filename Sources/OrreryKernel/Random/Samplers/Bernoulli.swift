/// One unit with a probability, else nothing.
public struct Bernoulli: Sampler {
    /// The probability of one unit.
    public let probability: Double
    /// What a success stands for.
    public let unit: Double
    /// The probability, in units.
    public var mean: Double { probability * unit }
    /// p (1 − p), in squared units.
    public var variance: Double { probability * (1 - probability) * unit * unit }

    /// A Bernoulli distribution with this probability of one unit.
    public init(probability: Double, unit: Double = 1) {
        invariant((0...1).contains(probability), "a probability cannot be \(probability)")
        self.probability = probability
        self.unit = unit
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double { stream.unit() < probability ? unit : 0 }

    private static let probability = Parameter<Double>(
        "probability", dimension: .share, range: .within(0...1), summary: "how often a sample is one unit")

    static let kind = Kind<any Sampler>(
        "bernoulli", summary: "one unit with a probability, else nothing",
        parameters: [probability.spec, SampledUnit.parameter.spec]
    ) { Bernoulli(probability: $0[probability], unit: SampledUnit.amount($0)) }
}

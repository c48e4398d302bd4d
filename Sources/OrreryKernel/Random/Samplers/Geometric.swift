/// How many trials fail before the first success.
public struct Geometric: Sampler {
    /// The probability that a trial succeeds.
    public let probability: Double
    /// What one failure stands for.
    public let unit: Double
    /// (1 − p) ÷ p, in units.
    public var mean: Double { (1 - probability) / probability * unit }
    /// (1 − p) ÷ p², in squared units.
    public var variance: Double { (1 - probability) / probability / probability * unit * unit }
    /// −1 ÷ log(1 − p): the mean of the exponential distribution whose whole part this is.
    private let scale: Double

    /// A geometric distribution with this probability of success in each trial.
    public init(probability: Double, unit: Double = 1) {
        invariant(probability > 0 && probability <= 1, "a probability of success cannot be \(probability)")
        self.probability = probability
        self.unit = unit
        scale = probability == 1 ? 0 : -1 / PortableMath.log1p(-probability)
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        unit * (scale * stream.standardExponential()).rounded(.down)
    }

    private static let probability = Parameter<Double>(
        "probability", dimension: .share, range: .within(1e-12...1), summary: "how often a trial succeeds")

    static let kind = Kind<any Sampler>(
        "geometric", summary: "how many trials fail before the first success",
        parameters: [probability.spec, SampledUnit.parameter.spec]
    ) { Geometric(probability: $0[probability], unit: SampledUnit.amount($0)) }
}

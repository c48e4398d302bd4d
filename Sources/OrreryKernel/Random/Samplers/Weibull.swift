/// A lifetime whose hazard falls (shape below 1), stays (1: exponential) or rises (above 1) with age.
public struct Weibull: Sampler {
    /// The value that 63.2 % of all samples stay below.
    public let scale: Double
    /// The exponent of the hazard, plus 1.
    public let shape: Double
    /// The scale times Γ(1 + 1/shape).
    public var mean: Double { scale * PortableMath.exp(PortableMath.logGamma(1 + 1 / shape)) }
    /// The squared scale times Γ(1 + 2/shape) − Γ(1 + 1/shape)².
    public var variance: Double {
        let second = PortableMath.logGamma(1 + 2 / shape) - 2 * PortableMath.logGamma(1 + 1 / shape)
        return mean * mean * max(0, PortableMath.expm1(second))
    }

    /// A Weibull distribution with this scale, in the unit of the quantity, and shape.
    public init(scale: Double, shape: Double) {
        invariant(shape > 0, "a Weibull distribution cannot have the shape \(shape)")
        self.scale = scale
        self.shape = shape
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double {
        scale * PortableMath.pow(stream.standardExponential(), 1 / shape)
    }

    private static let scale = Parameter<SampledQuantity>(
        "scale", range: .sampledPositive, summary: "the value that 63.2 % of all samples stay below")
    private static let shape = Parameter<Double>(
        "shape", range: .within(0.1...1000), summary: "below 1 the hazard falls with age, above 1 it rises")

    static let kind = Kind<any Sampler>(
        "weibull", summary: "lifetimes with falling or rising hazard", parameters: [scale.spec, shape.spec]
    ) { Weibull(scale: $0[scale].amount, shape: $0[shape]) }
}

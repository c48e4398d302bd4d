/// A heavy tail: the share of samples above x falls like a power of x.
public struct Pareto: Sampler {
    /// The smallest value.
    public let minimum: Double
    /// The power: the smaller, the heavier the tail.
    public let shape: Double
    /// Infinite up to shape 1.
    public var mean: Double { shape > 1 ? minimum * shape / (shape - 1) : .infinity }
    /// Infinite up to shape 2.
    public var variance: Double {
        shape > 2 ? minimum * minimum * shape / ((shape - 1) * (shape - 1) * (shape - 2)) : .infinity
    }

    /// A Pareto distribution from this minimum on, in the unit of the quantity.
    public init(minimum: Double, shape: Double) {
        invariant(shape > 0, "a Pareto distribution cannot have the shape \(shape)")
        self.minimum = minimum
        self.shape = shape
    }

    /// One sample; it stays below e⁴⁰⁰ minima, which at the smallest shape cuts off less than 10⁻¹⁷ of the tail.
    public func sample(using stream: inout RandomStream) -> Double {
        minimum * PortableMath.exp(min(stream.standardExponential() / shape, 400))
    }

    private static let minimum = Parameter<SampledQuantity>(
        "minimum", range: .sampledPositive, summary: "the smallest value")
    private static let shape = Parameter<Double>(
        "shape", range: .within(0.1...1000),
        summary: "the power of the tail; the mean is infinite up to 1, the variance up to 2")

    static let kind = Kind<any Sampler>(
        "pareto", summary: "a heavy tail that falls like a power", parameters: [minimum.spec, shape.spec]
    ) { Pareto(minimum: $0[minimum].amount, shape: $0[shape]) }
}

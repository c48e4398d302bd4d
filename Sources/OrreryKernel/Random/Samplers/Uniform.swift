/// Every value between two bounds is equally likely.
public struct Uniform: Sampler {
    /// The smallest value.
    public let minimum: Double
    /// The largest value.
    public let maximum: Double
    /// The middle.
    public var mean: Double { 0.5 * (minimum + maximum) }
    /// A twelfth of the squared width.
    public var variance: Double { (maximum - minimum) * (maximum - minimum) / 12 }

    /// A uniform distribution between two bounds, in the unit of the quantity.
    public init(minimum: Double, maximum: Double) {
        invariant(minimum <= maximum, "a uniform distribution cannot reach from \(minimum) to \(maximum)")
        self.minimum = minimum
        self.maximum = maximum
    }

    /// One sample.
    public func sample(using stream: inout RandomStream) -> Double { minimum + (maximum - minimum) * stream.unit() }

    private static let lower = Parameter<SampledQuantity>("minimum", range: .sampledAny, summary: "the smallest value")
    private static let upper = Parameter<SampledQuantity>("maximum", range: .sampledAny, summary: "the largest value")

    static let kind = Kind<any Sampler>(
        "uniform", summary: "every value between two bounds is equally likely", parameters: [lower.spec, upper.spec],
        conflict: { values in
            let (minimum, maximum) = (values[lower], values[upper])
            return minimum.amount <= maximum.amount
                ? nil : "the minimum \(minimum.text) lies above the maximum \(maximum.text)"
        },
        make: { Uniform(minimum: $0[lower].amount, maximum: $0[upper].amount) })
}

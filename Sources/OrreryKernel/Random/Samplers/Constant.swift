/// Always the same value.
public struct Constant: Sampler {
    /// The value.
    public let mean: Double
    /// There is none.
    public var variance: Double { 0 }

    /// The value, in the unit of the quantity.
    public init(_ value: Double) {
        mean = value
    }

    /// The value; nothing is drawn.
    public func sample(using stream: inout RandomStream) -> Double { mean }

    private static let value = Parameter<SampledQuantity>(
        "value", range: .sampledNonNegative, summary: "the value itself")

    static let kind = Kind<any Sampler>(
        "constant", summary: "always the same value; a bare quantity means the same", parameters: [value.spec]
    ) { Constant($0[value].amount) }
}

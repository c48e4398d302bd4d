/// What a parameter is: its key, what it measures, its default, its range, and where the default comes from.
///
/// The decoder, the validation, `orrery explain`, the JSON Schema and the reference page all read this one declaration.
public struct ParameterSpec: Sendable {
    /// The key in the scenario file.
    public let key: String
    /// What it measures.
    public let dimension: Dimension
    /// The value where the scenario gives none; a parameter without a default is required, unless it is optional.
    public let fallback: ParameterValue?
    /// Whether the parameter may be left out although it has no default.
    public let isOptional: Bool
    /// The values it may take; for a distribution, the values that its mean may take.
    public let range: ParameterRange
    /// One line on what it means.
    public let summary: String
    /// Where the default or the model comes from; empty where the user must decide.
    public let source: String

    /// Which way it is a capacity of the network; nil for what is none.
    public fileprivate(set) var capacity: CapacityDirection?

    /// Whether a scenario must give it.
    public var isRequired: Bool { fallback == nil && !isOptional }
}

/// Which way a parameter is a capacity: what more of it, or less, lets a network carry.
public enum CapacityDirection: Sendable {
    /// More of it carries more: workers, room, rates.
    case more
    /// Less of it carries more: costs and times of service.
    case less
}

/// The values a parameter may take, in the base unit of its dimension.
public struct ParameterRange: Sendable {
    /// The smallest value, if there is one.
    public let minimum: Double?
    /// Whether the smallest value itself is allowed.
    public let includesMinimum: Bool
    /// The largest value, if there is one.
    public let maximum: Double?

    /// Everything that is written without a sign or as zero.
    public static let nonNegative = ParameterRange(minimum: 0, includesMinimum: true, maximum: nil)
    /// Everything above zero.
    public static let positive = ParameterRange(minimum: 0, includesMinimum: false, maximum: nil)
    /// Everything.
    public static let any = ParameterRange(minimum: nil, includesMinimum: true, maximum: nil)

    /// From a minimum to a maximum, both included.
    public static func within(_ bounds: ClosedRange<Double>) -> ParameterRange {
        ParameterRange(minimum: bounds.lowerBound, includesMinimum: true, maximum: bounds.upperBound)
    }

    /// Above a minimum that is itself excluded, up to a maximum that is included.
    public static func above(_ minimum: Double, upTo maximum: Double) -> ParameterRange {
        ParameterRange(minimum: minimum, includesMinimum: false, maximum: maximum)
    }

    /// Whether a magnitude lies in the range; not-a-number never does.
    public func contains(_ magnitude: Double) -> Bool {
        if let minimum, !(includesMinimum ? magnitude >= minimum : magnitude > minimum) { return false }
        if let maximum, !(magnitude <= maximum) { return false }
        return magnitude.isFinite
    }
}

/// A parameter whose values have a type: declared once, read with that type.
///
/// ```swift
/// static let exposure = Parameter<Duration>("exposure", default: .seconds(60), range: …, summary: "…")
/// let time = values[exposure]      // a Duration
/// ```
public struct Parameter<Value: ParameterType>: Sendable {
    /// The declaration without the type.
    public private(set) var spec: ParameterSpec

    /// A parameter of this type.
    ///
    /// Without a default, a scenario must give it.
    public init(
        _ key: String, dimension: Dimension? = nil, default fallback: Value? = nil, range: ParameterRange = .any,
        summary: String, source: String = ""
    ) {
        let dimension = dimension ?? Value.dimension
        var value = fallback?.parameterValue
        if dimension == .share, case .number(let share) = value { value = .share(share) }
        spec = ParameterSpec(
            key: key, dimension: dimension, fallback: value, isOptional: false, range: range, summary: summary,
            source: source)
    }

    /// A parameter that may be left out; its absence has a meaning of its own, which the summary states.
    public init(
        optional key: String, dimension: Dimension? = nil, range: ParameterRange = .any, summary: String,
        source: String = ""
    ) {
        spec = ParameterSpec(
            key: key, dimension: dimension ?? Value.dimension, fallback: nil, isOptional: true, range: range,
            summary: summary, source: source)
    }
}

extension Parameter {
    /// The same parameter, declared as a capacity: a diagnosis may ask what a little more, or less, of it would bring.
    public func asCapacity(_ direction: CapacityDirection = .more) -> Parameter {
        var parameter = self
        parameter.spec.capacity = direction
        return parameter
    }
}

/// The decoded parameters of one component: every required one is there, every value is in its range.
public struct ParameterValues: Sendable {
    private let values: [String: ParameterValue]

    /// Values by key, as a decoder that has checked them gives them.
    public init(_ values: [String: ParameterValue]) {
        self.values = values
    }

    /// The value of a parameter; asking for one that is neither given nor has a default is a bug.
    public subscript<Value>(parameter: Parameter<Value>) -> Value {
        guard let value = self[optional: parameter] else {
            violation("the parameter \(parameter.spec.key) has no value")
        }
        return value
    }

    /// The value of a parameter, or nil if it was left out.
    public subscript<Value>(optional parameter: Parameter<Value>) -> Value? {
        guard let value = values[parameter.spec.key] ?? parameter.spec.fallback else { return nil }
        guard let typed = Value(value) else {
            violation("the parameter \(parameter.spec.key) holds \(value), which is not \(Value.self)")
        }
        return typed
    }
}

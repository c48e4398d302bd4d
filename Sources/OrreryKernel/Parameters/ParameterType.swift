/// A Swift type that parameters can have.
public protocol ParameterType: Sendable {
    /// What values of the type measure.
    static var dimension: Dimension { get }
    /// The typed value, if the decoded one has this type.
    init?(_ value: ParameterValue)
    /// The decoded value of a typed one.
    var parameterValue: ParameterValue { get }
}

extension Duration: ParameterType {
    /// A length of time.
    public static var dimension: Dimension { .duration }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .duration(let duration) = value else { return nil }
        self = duration
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .duration(self) }
}

extension ByteCount: ParameterType {
    /// An amount of data.
    public static var dimension: Dimension { .size }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .size(let size) = value else { return nil }
        self = size
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .size(self) }
}

extension DataRate: ParameterType {
    /// A speed of data transfer.
    public static var dimension: Dimension { .rate }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .rate(let rate) = value else { return nil }
        self = rate
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .rate(self) }
}

extension Int: ParameterType {
    /// A whole number of things.
    public static var dimension: Dimension { .count }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .count(let count) = value else { return nil }
        self = count
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .count(self) }
}

extension Double: ParameterType {
    /// A plain number.
    public static var dimension: Dimension { .number }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        switch value {
        case .number(let number), .share(let number): self = number
        default: return nil
        }
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .number(self) }
}

extension String: ParameterType {
    /// A text; choices are texts with a dimension of their own.
    public static var dimension: Dimension { .text }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .text(self) }
}

extension CalendarDate: ParameterType {
    /// A day.
    public static var dimension: Dimension { .date }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .date(let date) = value else { return nil }
        self = date
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .date(self) }
}

extension Distribution: ParameterType {
    /// A distribution of lengths of time; state another dimension where the parameter is declared.
    public static var dimension: Dimension { .distribution(of: .duration) }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .distribution(let distribution) = value else { return nil }
        self = distribution
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .distribution(self) }
}

extension SampledQuantity: ParameterType {
    /// The dimension of whatever is sampled.
    public static var dimension: Dimension { .sampled }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .sampled(let quantity) = value else { return nil }
        self = quantity
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .sampled(self) }
}

extension [Double]: ParameterType {
    /// Plain numbers.
    public static var dimension: Dimension { .numbers }

    /// The typed value, if the decoded one has this type.
    public init?(_ value: ParameterValue) {
        guard case .list(let numbers) = value else { return nil }
        self = numbers
    }

    /// The decoded value.
    public var parameterValue: ParameterValue { .list(self) }
}

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

    public init?(_ value: ParameterValue) {
        guard case .duration(let duration) = value else { return nil }
        self = duration
    }

    public var parameterValue: ParameterValue { .duration(self) }
}

extension ByteCount: ParameterType {
    /// An amount of data.
    public static var dimension: Dimension { .size }

    public init?(_ value: ParameterValue) {
        guard case .size(let size) = value else { return nil }
        self = size
    }

    public var parameterValue: ParameterValue { .size(self) }
}

extension DataRate: ParameterType {
    /// A speed of data transfer.
    public static var dimension: Dimension { .rate }

    public init?(_ value: ParameterValue) {
        guard case .rate(let rate) = value else { return nil }
        self = rate
    }

    public var parameterValue: ParameterValue { .rate(self) }
}

extension Int: ParameterType {
    /// A whole number of things.
    public static var dimension: Dimension { .count }

    public init?(_ value: ParameterValue) {
        guard case .count(let count) = value else { return nil }
        self = count
    }

    public var parameterValue: ParameterValue { .count(self) }
}

extension Double: ParameterType {
    /// A plain number.
    public static var dimension: Dimension { .number }

    public init?(_ value: ParameterValue) {
        switch value {
        case .number(let number), .share(let number): self = number
        default: return nil
        }
    }

    public var parameterValue: ParameterValue { .number(self) }
}

extension String: ParameterType {
    /// A text; choices are texts with a dimension of their own.
    public static var dimension: Dimension { .text }

    public init?(_ value: ParameterValue) {
        guard case .text(let text) = value else { return nil }
        self = text
    }

    public var parameterValue: ParameterValue { .text(self) }
}

extension CalendarDate: ParameterType {
    /// A day.
    public static var dimension: Dimension { .date }

    public init?(_ value: ParameterValue) {
        guard case .date(let date) = value else { return nil }
        self = date
    }

    public var parameterValue: ParameterValue { .date(self) }
}

extension Distribution: ParameterType {
    /// A distribution of lengths of time; state another dimension where the parameter is declared.
    public static var dimension: Dimension { .distribution(of: .duration) }

    public init?(_ value: ParameterValue) {
        guard case .distribution(let distribution) = value else { return nil }
        self = distribution
    }

    public var parameterValue: ParameterValue { .distribution(self) }
}

extension SampledQuantity: ParameterType {
    /// The dimension of whatever is sampled.
    public static var dimension: Dimension { .sampled }

    public init?(_ value: ParameterValue) {
        guard case .sampled(let quantity) = value else { return nil }
        self = quantity
    }

    public var parameterValue: ParameterValue { .sampled(self) }
}

extension [Double]: ParameterType {
    /// Plain numbers.
    public static var dimension: Dimension { .numbers }

    public init?(_ value: ParameterValue) {
        guard case .list(let numbers) = value else { return nil }
        self = numbers
    }

    public var parameterValue: ParameterValue { .list(self) }
}

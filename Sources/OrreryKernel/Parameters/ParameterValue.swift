/// A value that a scenario gives to a parameter, in its type.
public enum ParameterValue: Sendable {
    case duration(Duration)
    case size(ByteCount)
    case rate(DataRate)
    case count(Int)
    case number(Double)
    case share(Double)
    case date(CalendarDate)
    case text(String)
    case distribution(Distribution)
    /// A quantity inside a distribution, in the base unit of whatever is sampled.
    case sampled(SampledQuantity)
    case list([Double])

    /// The size of the value in the base unit of its dimension (seconds, bytes, bit/s, 1), for comparison with a range; nil
    /// for values that have no size.
    public var magnitude: Double? {
        switch self {
        case .duration(let duration): duration.seconds
        case .size(let size): Double(size.bytes)
        case .rate(let rate): Double(rate.bitsPerSecond)
        case .count(let count): Double(count)
        case .number(let number), .share(let number): number
        case .sampled(let quantity): quantity.amount
        case .date, .text, .distribution, .list: nil
        }
    }
}

extension ParameterValue: CustomStringConvertible {
    /// The value as a scenario file would write it.
    public var description: String {
        switch self {
        case .duration(let duration): duration.description
        case .size(let size): size.description
        case .rate(let rate): rate.description
        case .count(let count): count.description
        case .number(let number): DecimalText.trimmed(number)
        case .share(let share): DecimalText.percent(share)
        case .date(let date): date.description
        case .text(let text): text
        case .distribution(let distribution): distribution.text
        case .sampled(let quantity): quantity.text
        case .list(let numbers): "[" + numbers.map(DecimalText.trimmed).joined(separator: ", ") + "]"
        }
    }
}

/// A quantity inside a distribution: a number in the base unit of whatever is sampled, and how the scenario wrote it.
public struct SampledQuantity: Sendable {
    /// The amount in the base unit: seconds, bytes, or 1.
    public let amount: Double
    /// The amount with its unit.
    public let text: String

    /// An amount in the base unit, and its text.
    public init(_ amount: Double, text: String) {
        self.amount = amount
        self.text = text
    }
}

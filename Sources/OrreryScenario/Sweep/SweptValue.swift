import OrreryKernel

/// A value that a swept parameter takes: its text, and the number and unit in it if it is a quantity.
public struct SweptValue: Hashable, Sendable {
    /// The value as an override would write it: `12`, `10ms`, `kafka`.
    public let text: String
    /// The number in front of the unit; nil for a word.
    public let number: Double?
    /// The unit behind the number; empty for a plain number and for a word.
    public let unit: String

    /// The value that a scalar of a file states.
    init(_ text: String) {
        if DecimalNumber.begins(text), let quantity = try? QuantityText(text, dimension: .number) {
            self.init(quantity.number, unit: quantity.unit)
        } else {
            self.init(text: text, number: nil, unit: "")
        }
    }

    /// A quantity.
    init(_ decimal: DecimalNumber, unit: String) {
        self.init(text: decimal.text + unit, number: decimal.double, unit: unit)
    }

    private init(text: String, number: Double?, unit: String) {
        (self.text, self.number, self.unit) = (text, number, unit)
    }

    /// A quantity whatever unit it is written in: `1s` and `1000ms` are the same.
    struct Amount: Hashable {
        /// The number of the dimension among those that have units.
        let dimension: Int
        /// In the dimension's base unit.
        let size: Double
    }

    /// How much it is; nil for a word.
    var amount: Amount? {
        guard number != nil else { return nil }
        for (index, dimension) in [Dimension.number, .duration, .size, .rate, .share].enumerated() {
            if let size = try? ScalarDecoder.amount(text, dimension) { return Amount(dimension: index, size: size) }
        }
        return nil
    }

    /// The number exactly; nil for a word.
    var decimal: DecimalNumber? {
        guard number != nil else { return nil }
        return (try? QuantityText(text, dimension: .number))?.number
    }
}

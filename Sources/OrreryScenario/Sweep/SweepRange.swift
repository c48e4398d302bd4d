import OrreryKernel

/// A range of values as it is written: `5..40`, `10ms..40ms step 5ms`, `1..1000 times 10`.
///
/// Both ends belong to it; the upper one is left out if no step ends there. The numbers are exact decimals, and the
/// unit, which both ends and the step share, stands in every value.
struct SweepRange {
    /// The values, rising.
    let values: [SweptValue]

    /// Whether a scalar is a range: it begins with a number and holds two dots.
    static func isRange(_ text: String) -> Bool {
        DecimalNumber.begins(text) && SweepRange.halves(text) != nil
    }

    /// Reads a range of at most this many values.
    init(_ text: String, limit: Int) throws(ValueFlaw) {
        guard let (first, rest) = SweepRange.halves(text) else { throw SweepRange.malformed }
        let words = rest.split(separator: " ").map(String.init)
        let keyword = words.firstIndex { $0 == "step" || $0 == "times" }
        let lower = try SweepRange.quantity(first)
        let upper = try SweepRange.quantity(words[..<(keyword ?? words.count)].joined(separator: " "))
        guard lower.unit == upper.unit else { throw SweepRange.mixedUnits }
        guard let order = lower.number.compared(with: upper.number) else { throw SweepRange.inexact }
        guard order <= 0 else {
            throw ValueFlaw(
                category: .inconsistent, problem: "runs backwards", allowed: "the smaller end stands first")
        }
        let next = try SweepRange.step(words, keyword, from: lower)
        var values: [SweptValue] = []
        var number = lower.number
        while let order = number.compared(with: upper.number), order <= 0 {
            guard values.count < limit else {
                throw ValueFlaw(
                    category: .outOfRange, problem: "has too many values", allowed: "at most \(limit)")
            }
            values.append(SweptValue(number, unit: lower.unit))
            guard let following = next(number) else { throw SweepRange.inexact }
            number = following
        }
        self.values = values
    }

    /// What leads from a value to the next.
    private static func step(
        _ words: [String], _ keyword: Int?, from lower: QuantityText
    ) throws(ValueFlaw) -> (DecimalNumber) -> DecimalNumber? {
        guard let keyword else {
            guard lower.unit.isEmpty, let one = DecimalNumber(digits: 1, exponent: 0) else {
                throw ValueFlaw(
                    category: .missing, problem: "has a unit and no step",
                    allowed: "write for instance 10ms..40ms step 5ms")
            }
            return { $0.adding(one) }
        }
        let length = try quantity(words[(keyword + 1)...].joined(separator: " "))
        guard words[keyword] == "times" else {
            guard length.unit == lower.unit else { throw mixedUnits }
            guard length.number.digits > 0 else {
                throw ValueFlaw(
                    category: .outOfRange, problem: "has the step \(length.number.text)", allowed: "more than 0")
            }
            return { $0.adding(length.number) }
        }
        guard length.unit.isEmpty, length.number.double.map({ $0 > 1 }) ?? false else {
            throw ValueFlaw(
                category: .outOfRange, problem: "has a factor that is none",
                allowed: "a plain number above 1, for instance times 10")
        }
        guard lower.number.digits > 0 else {
            throw ValueFlaw(
                category: .outOfRange, problem: "begins at \(lower.number.text), which no factor makes larger",
                allowed: "more than 0")
        }
        return { $0.multiplied(by: length.number) }
    }

    /// What stands before and behind the two dots.
    private static func halves(_ text: String) -> (first: String, rest: String)? {
        let bytes = Array(text.utf8)
        let dot = UInt8(ascii: ".")
        guard let index = bytes.indices.dropLast().first(where: { bytes[$0] == dot && bytes[$0 + 1] == dot })
        else { return nil }
        return (
            String(decoding: bytes[..<index], as: UTF8.self), String(decoding: bytes[(index + 2)...], as: UTF8.self)
        )
    }

    private static func quantity(_ text: String) throws(ValueFlaw) -> QuantityText {
        let words = text.split(separator: " ").joined(separator: " ")
        do throws(ValueFlaw) {
            return try QuantityText(words, dimension: .number)
        } catch {
            throw ValueFlaw(
                category: error.category,
                problem: "has '\(WrittenValue.shown(words))' in it, which \(error.problem)", allowed: example)
        }
    }

    private static let example = "write for instance 5..40 step 5, 10ms..40ms step 5ms, or 1..1000 times 10"
    private static let malformed = ValueFlaw(category: .malformed, problem: "is not a range", allowed: example)
    private static let mixedUnits = ValueFlaw(
        category: .unit, problem: "mixes units",
        allowed: "both ends and the step have the same, as in 0.5s..2s step 0.5s")
    private static let inexact = ValueFlaw(
        category: .outOfRange, problem: "has values with more digits than can be kept")
}

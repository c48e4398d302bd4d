import OrreryKernel

/// Turns the text of a scalar into a value of a dimension.
enum ScalarDecoder {
    /// The value; `sampled` is the dimension of what is sampled, inside a distribution.
    static func value(_ text: String, _ dimension: Dimension, sampled: Dimension = .number) throws(ValueFlaw)
        -> ParameterValue
    {
        switch dimension {
        case .duration:
            return .duration(Duration(nanoseconds: try whole(text, dimension, scale: 1e9, smallest: "nanosecond")))
        case .size: return .size(ByteCount(try whole(text, dimension, scale: 1, smallest: "byte")))
        case .rate:
            return .rate(DataRate(bitsPerSecond: try whole(text, dimension, scale: 1, smallest: "bit per second")))
        case .count: return .count(try count(text))
        case .number: return .number(try amount(text, dimension))
        case .share: return .share(try amount(text, dimension))
        case .date: return .date(try date(text))
        case .choice(let words): return .text(try choice(text, words))
        case .text: return .text(text)
        case .sampled:
            let quantity = try QuantityText(text, dimension: sampled)
            return .sampled(SampledQuantity(try amount(text, sampled), text: quantity.number.text + quantity.unit))
        case .numbers, .distribution: throw ValueFlaw(category: .wrongType, problem: "is not \(dimension.phrase)")
        }
    }

    /// A plain number, or a quantity in the base unit of its dimension.
    static func amount(_ text: String, _ dimension: Dimension) throws(ValueFlaw) -> Double {
        let quantity = try QuantityText(text, dimension: dimension)
        let size = try unitSize(quantity, text, dimension)
        let amount: Double? =
            switch dimension {
            case .share: quantity.number.shifted(by: -2)
            case .duration:
                quantity.number.times(Int64((size * 1e9).rounded())).map { Double($0) / 1e9 }
                    ?? quantity.number.double.map { $0 * size }
            case .size, .rate:
                quantity.number.times(Int64(size)).map(Double.init) ?? quantity.number.double.map { $0 * size }
            case .count: Double(try count(text))
            default: quantity.number.double
            }
        guard let amount, amount.isFinite else { throw ValueFlaw(category: .outOfRange, problem: "is out of range") }
        return amount
    }

    /// A quantity in whole parts of the smallest unit, of which `scale` make a base unit.
    private static func whole(_ text: String, _ dimension: Dimension, scale: Double, smallest: String) throws(ValueFlaw)
        -> Int64
    {
        let quantity = try QuantityText(text, dimension: dimension)
        let size = try unitSize(quantity, text, dimension)
        if let whole = quantity.number.times(Int64((size * scale).rounded())) { return whole }
        guard let double = quantity.number.double, abs(double * size * scale) < 0x1p62 else {
            throw ValueFlaw(category: .outOfRange, problem: "is out of range")
        }
        throw ValueFlaw(category: .malformed, problem: "is not a whole number of \(smallest)s")
    }

    /// The size of the unit that was written, in the base unit.
    private static func unitSize(_ quantity: QuantityText, _ text: String, _ dimension: Dimension) throws(ValueFlaw)
        -> Double
    {
        let units = dimension.units
        let names = units.map(\.name)
        if units.isEmpty {
            guard quantity.unit.isEmpty else {
                throw ValueFlaw(
                    category: .malformed, problem: "is not \(dimension.phrase)",
                    allowed: "write for instance \(dimension.example)")
            }
            return 1
        }
        if let unit = units.first(where: { $0.name == quantity.unit }) { return unit.size }
        let allowed = names.joined(separator: ", ")
        if quantity.unit.isEmpty { throw ValueFlaw(category: .unit, problem: "needs a unit", allowed: allowed) }
        throw ValueFlaw(
            category: .unit, problem: "has the wrong unit", allowed: "\(dimension.phrase) takes \(allowed)",
            nearest: NearestName.find(quantity.unit, among: names))
    }

    private static func count(_ text: String) throws(ValueFlaw) -> Int {
        let quantity = try QuantityText(text, dimension: .count)
        _ = try unitSize(quantity, text, .count)
        if let count = quantity.number.times(1) { return Int(count) }
        guard let double = quantity.number.double, abs(double) < 0x1p62 else {
            throw ValueFlaw(category: .outOfRange, problem: "is out of range")
        }
        throw ValueFlaw(
            category: .malformed, problem: "is not a whole number",
            allowed: "write for instance \(Dimension.count.example)")
    }

    private static func date(_ text: String) throws(ValueFlaw) -> CalendarDate {
        guard let date = CalendarDate(text) else {
            throw ValueFlaw(
                category: .malformed, problem: "is not a date",
                allowed: "year-month-day, for instance \(Dimension.date.example)")
        }
        return date
    }

    private static func choice(_ text: String, _ words: [String]) throws(ValueFlaw) -> String {
        guard words.contains(text) else {
            throw ValueFlaw(
                category: .unknownName, problem: "is not known", allowed: words.joined(separator: ", "),
                nearest: NearestName.find(text, among: words))
        }
        return text
    }
}

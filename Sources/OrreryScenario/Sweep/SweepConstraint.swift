import OrreryKernel

/// A condition that keeps a point in a sweep: `system.workers.count <= 2 * fleet.domes.count`.
///
/// Each side is a product of plain numbers, at most one quantity with a unit, and swept parameters. Both sides must
/// come to the same unit; numbers are compared exactly.
struct SweepConstraint {
    /// The condition as it is written.
    let text: String
    private let left: [Factor]
    private let comparison: Comparison
    private let right: [Factor]

    private enum Comparison: String, CaseIterable {
        case less = "<"
        case lessOrEqual = "<="
        case greater = ">"
        case greaterOrEqual = ">="
        case equal = "=="
        case unequal = "!="
    }

    private enum Factor {
        case quantity(DecimalNumber, unit: String)
        /// The parameter's number among those that are swept.
        case parameter(Int)
    }

    /// A condition to show.
    static let example = "system.workers.count <= 2 * fleet.domes.count"

    /// Reads a condition on these parameters.
    init(_ text: String, on parameters: [SweepParameter]) throws(ValueFlaw) {
        let isSign: (Character) -> Bool = { "<>=!".contains($0) }
        guard let start = text.firstIndex(where: isSign) else {
            throw ValueFlaw(
                category: .malformed, problem: "is not a condition",
                allowed: "write for instance \(SweepConstraint.example)")
        }
        let end = text[start...].firstIndex { !isSign($0) } ?? text.endIndex
        guard let comparison = Comparison(rawValue: String(text[start..<end])) else {
            throw ValueFlaw(
                category: .malformed, problem: "has the comparison '\(text[start..<end])', which is none",
                allowed: Comparison.allCases.map(\.rawValue).joined(separator: ", "))
        }
        self.text = text
        self.comparison = comparison
        left = try SweepConstraint.factors(text[..<start], parameters)
        right = try SweepConstraint.factors(text[end...], parameters)
    }

    /// Whether the values of a point, in the order of the parameters, meet the condition.
    func holds(_ values: [SweptValue]) throws(ValueFlaw) -> Bool {
        let (left, right) = (try product(left, values), try product(right, values))
        guard left.unit == right.unit else {
            throw ValueFlaw(
                category: .unit,
                problem: "compares \(SweepConstraint.named(left.unit)) with \(SweepConstraint.named(right.unit))",
                allowed: "both sides in the same unit")
        }
        guard let order = left.number.compared(with: right.number) else { throw SweepConstraint.inexact }
        return switch comparison {
        case .less: order < 0
        case .lessOrEqual: order <= 0
        case .greater: order > 0
        case .greaterOrEqual: order >= 0
        case .equal: order == 0
        case .unequal: order != 0
        }
    }

    private func product(
        _ factors: [Factor], _ values: [SweptValue]
    ) throws(ValueFlaw) -> (number: DecimalNumber, unit: String) {
        var product = DecimalNumber(digits: 1, exponent: 0)
        var unit = ""
        for factor in factors {
            let (number, own): (DecimalNumber?, String) =
                switch factor {
                case .quantity(let number, let unit): (number, unit)
                case .parameter(let index): (values[index].decimal, values[index].unit)
                }
            guard unit.isEmpty || own.isEmpty else {
                throw ValueFlaw(category: .unit, problem: "multiplies two quantities with units")
            }
            unit += own
            product = number.flatMap { number in product?.multiplied(by: number) }
        }
        guard let product else { throw SweepConstraint.inexact }
        return (product, unit)
    }

    private static func factors(
        _ text: Substring, _ parameters: [SweepParameter]
    ) throws(ValueFlaw) -> [Factor] {
        var factors: [Factor] = []
        for part in text.split(separator: "*", omittingEmptySubsequences: false) {
            let word = part.split(separator: " ").joined(separator: " ")
            guard !DecimalNumber.begins(word) else {
                let quantity = try QuantityText(word, dimension: .number)
                factors.append(.quantity(quantity.number, unit: quantity.unit))
                continue
            }
            guard let index = parameters.firstIndex(where: { $0.path == word }) else {
                let paths = parameters.map(\.path)
                throw ValueFlaw(
                    category: .unknownName, problem: "names '\(WrittenValue.shown(word))', which is not swept",
                    allowed: "numbers and \(paths.joined(separator: ", "))",
                    nearest: NearestName.find(word, among: paths))
            }
            guard parameters[index].values.allSatisfy({ $0.number != nil }) else {
                throw ValueFlaw(category: .wrongType, problem: "compares \(word), whose values are not all numbers")
            }
            factors.append(.parameter(index))
        }
        return factors
    }

    private static func named(_ unit: String) -> String { unit.isEmpty ? "a plain number" : unit }

    private static let inexact = ValueFlaw(
        category: .outOfRange, problem: "has numbers with more digits than can be kept")
}

/// A decimal number as it is written: digits times a power of ten, without rounding.
struct DecimalNumber {
    /// The digits, with their sign, as one whole number.
    let digits: Int128
    /// The power of ten that the digits are multiplied by.
    let exponent: Int
    /// The nearest floating-point number; nil if it is too large for one.
    let double: Double?
    /// The number as it is written.
    let text: String

    /// What is wrong with a text that is not such a number.
    enum Flaw: Error {
        case notANumber
        case leadingZero
        case leadingPlus
        case notFinite
        case tooLong
    }

    /// The largest power of ten, up or down, that is kept exactly.
    private static let exponentLimit = 400

    /// A number: an optional minus, digits without a leading zero, an optional fraction, an optional exponent.
    init(_ text: String) throws(Flaw) {
        guard text.utf8.count <= 400 else { throw .tooLong }
        if text.hasPrefix("+") { throw .leadingPlus }
        var rest = Array(text.utf8)[...]
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative { rest.removeFirst() }
        let whole = DecimalNumber.takeDigits(&rest)
        guard !whole.isEmpty else { throw .notANumber }
        guard whole.count == 1 || whole.first != 0 else { throw .leadingZero }
        var fraction: [Int128] = []
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = DecimalNumber.takeDigits(&rest)
            guard !fraction.isEmpty else { throw .notANumber }
        }
        let power = try DecimalNumber.takeExponent(&rest)
        guard rest.isEmpty else { throw .notANumber }
        while fraction.last == 0 { fraction.removeLast() }
        let all = whole + fraction
        guard all.drop(while: { $0 == 0 }).count <= 30 else { throw .tooLong }
        let magnitude = all.reduce(Int128(0)) { $0 * 10 + $1 }
        digits = isNegative ? -magnitude : magnitude
        exponent = power - fraction.count
        self.text = text
        let nearest = Double(text)
        double = nearest.flatMap { $0.isFinite ? $0 + 0 : nil }
    }

    /// The number times a whole number, if the product is whole and not huge.
    func times(_ factor: Int64) -> Int64? {
        var (product, isTooLarge) = digits.multipliedReportingOverflow(by: Int128(factor))
        guard product != 0 else { return 0 }
        guard !isTooLarge, abs(exponent) <= DecimalNumber.exponentLimit else { return nil }
        for _ in 0..<abs(exponent) {
            if exponent > 0 {
                let (next, overflow) = product.multipliedReportingOverflow(by: 10)
                guard !overflow else { return nil }
                product = next
            } else {
                guard product % 10 == 0 else { return nil }
                product /= 10
            }
        }
        return Int64(exactly: product)
    }

    /// The number times a whole power of ten.
    func shifted(by power: Int) -> Double? {
        Double("\(digits)e\(exponent + power)").flatMap { $0.isFinite ? $0 + 0 : nil }
    }

    /// The decimal text of a number with its point moved to the right.
    static func text(of number: Double, shiftedBy power: Int) -> String {
        guard let decimal = try? DecimalNumber(number.description), let shifted = decimal.shifted(by: power) else {
            return number.description
        }
        let text = shifted.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// Whether a text begins as a number does.
    static func begins(_ text: String) -> Bool {
        text.unicodeScalars.first.map { ("0"..."9").contains($0) || ["-", "+", "."].contains($0) } ?? false
    }

    private static func takeDigits(_ rest: inout ArraySlice<UInt8>) -> [Int128] {
        let taken = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        rest = rest.dropFirst(taken.count)
        return taken.map { Int128($0 - UInt8(ascii: "0")) }
    }

    private static func takeExponent(_ rest: inout ArraySlice<UInt8>) throws(Flaw) -> Int {
        guard rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") else { return 0 }
        rest.removeFirst()
        let isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
        let digits = takeDigits(&rest)
        guard !digits.isEmpty else { throw .notANumber }
        let power = digits.prefix(6).reduce(0) { $0 * 10 + Int($1) }
        return isNegative ? -power : power
    }
}

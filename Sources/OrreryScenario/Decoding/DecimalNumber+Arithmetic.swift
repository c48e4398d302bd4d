/// Exact sums, products and comparisons, so that steps of 0.1 do not drift; nil where the digits would not fit.
extension DecimalNumber {
    /// The number that these digits times a power of ten make; nil if its text would be longer than a number may be.
    init?(digits: Int128, exponent: Int) {
        var (digits, exponent) = (digits, digits == 0 ? 0 : exponent)
        while digits != 0, digits % 10 == 0 {
            digits /= 10
            exponent += 1
        }
        guard let number = try? DecimalNumber(DecimalNumber.text(digits, exponent)) else { return nil }
        self = number
    }

    /// The exact sum.
    func adding(_ other: DecimalNumber) -> DecimalNumber? {
        guard let (left, right, exponent) = aligned(with: other) else { return nil }
        let (sum, isTooLarge) = left.addingReportingOverflow(right)
        return isTooLarge ? nil : DecimalNumber(digits: sum, exponent: exponent)
    }

    /// The exact product.
    func multiplied(by other: DecimalNumber) -> DecimalNumber? {
        let (product, isTooLarge) = digits.multipliedReportingOverflow(by: other.digits)
        return isTooLarge ? nil : DecimalNumber(digits: product, exponent: exponent + other.exponent)
    }

    /// Whether it is less than, equal to or greater than another: below, at or above zero.
    func compared(with other: DecimalNumber) -> Int? {
        guard let (left, right, _) = aligned(with: other) else { return nil }
        return left < right ? -1 : left > right ? 1 : 0
    }

    /// The digits of both in units of the same power of ten.
    private func aligned(with other: DecimalNumber) -> (left: Int128, right: Int128, exponent: Int)? {
        let lowest = min(digits == 0 ? other.exponent : exponent, other.digits == 0 ? exponent : other.exponent)
        guard let left = widened(to: lowest), let right = other.widened(to: lowest) else { return nil }
        return (left, right, lowest)
    }

    private func widened(to lowest: Int) -> Int128? {
        guard digits != 0 else { return 0 }
        guard exponent - lowest <= 38 else { return nil }
        var widened = digits
        for _ in lowest..<exponent {
            let (next, isTooLarge) = widened.multipliedReportingOverflow(by: 10)
            guard !isTooLarge else { return nil }
            widened = next
        }
        return widened
    }

    /// The digits with their point, as people write them: `0.3`, `1000`.
    private static func text(_ digits: Int128, _ exponent: Int) -> String {
        guard (-30...30).contains(exponent) else { return "\(digits)e\(exponent)" }
        let sign = digits < 0 ? "-" : ""
        let all = String(digits.magnitude)
        if exponent >= 0 { return sign + all + String(repeating: "0", count: digits == 0 ? 0 : exponent) }
        let padded = String(repeating: "0", count: max(0, 1 - exponent - all.count)) + all
        return sign + padded.dropLast(-exponent) + "." + padded.suffix(-exponent)
    }
}

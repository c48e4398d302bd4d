import OrreryKernel

/// Digits for people: rounded, grouped in threes, the same on every machine and in every locale.
enum Numerals {
    /// What stands for a figure that does not exist.
    static let absent = "–"

    /// 10 to this whole power, correctly rounded.
    static func powerOfTen(_ exponent: Int) -> Double {
        Double("1e\(exponent)") ?? .infinity
    }

    /// The decimal logarithm of a positive number.
    static func decimalLogarithm(_ number: Double) -> Double {
        PortableMath.log(number) / 2.302585092994046
    }

    /// The number with this many significant digits: what is left no longer depends on the last bits of a calculation.
    static func rounded(_ number: Double, digits: Int) -> Double {
        guard number != 0, number.isFinite else { return number }
        let decimals = digits - 1 - Int(decimalLogarithm(abs(number)).rounded(.down))
        let scale = powerOfTen(abs(decimals))
        return decimals >= 0 ? (number * scale).rounded() / scale : (number / scale).rounded() * scale
    }

    /// The number with exactly this many digits after the point: `1,234.50`.
    static func fixed(_ number: Double, decimals: Int) -> String {
        guard number.isFinite else { return absent }
        let scaled = (abs(number) * powerOfTen(decimals)).rounded(.toNearestOrAwayFromZero)
        guard scaled < 9e17 else { return DecimalText.trimmed(number) }
        var digits = String(Int64(scaled))
        digits = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
        let whole = grouped(String(digits.dropLast(decimals)))
        let sign = number < 0 && scaled > 0 ? "−" : ""
        return sign + whole + (decimals > 0 ? "." + digits.suffix(decimals) : "")
    }

    /// The number with about three significant digits and without needless zeros: `0.0123`, `1.5`, `12.3`, `1,235`.
    static func significant(_ number: Double, digits: Int = 3) -> String {
        guard number.isFinite else { return absent }
        guard number != 0 else { return "0" }
        return trimmed(fixed(number, decimals: decimals(for: number, digits: digits)))
    }

    /// How many digits after the point show a number with this many significant digits, at most twelve.
    static func decimals(for number: Double, digits: Int) -> Int {
        guard number != 0, number.isFinite else { return 0 }
        let magnitude = Int(decimalLogarithm(abs(number)).rounded(.down))
        let decimals = max(0, digits - 1 - magnitude)
        return min(12, decimals)
    }

    /// The text without zeros at the end of the fraction.
    static func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        let kept = text.reversed().drop { $0 == "0" }
        return String((kept.first == "." ? kept.dropFirst() : kept).reversed())
    }

    /// A short machine-readable form with four significant digits for scripts: `1234`, `0.5`, `-2`.
    static func compact(_ number: Double) -> String {
        let text = significant(number, digits: 4)
        return text.replacing(",", with: "").replacing("−", with: "-")
    }

    private static func grouped(_ digits: String) -> String {
        var text = ""
        for (position, digit) in digits.enumerated() {
            if position > 0, (digits.count - position).isMultiple(of: 3) { text.append(",") }
            text.append(digit)
        }
        return text
    }
}

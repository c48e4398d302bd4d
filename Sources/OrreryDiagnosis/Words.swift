public import OrreryKernel

/// Numbers as sentences need them, the same on every machine.
public enum Words {
    /// A whole number with its digits in groups of three: `1,048,576`.
    public static func grouped(_ number: Int64) -> String {
        let digits = Array(String(number.magnitude))
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0 && (digits.count - index) % 3 == 0 { text += "," }
            text.append(digit)
        }
        return text
    }

    /// A count or a level, rounded to a whole number, with its digits in groups of three.
    static func grouped(_ number: Double) -> String { grouped(Int64(number.rounded())) }

    /// A share as a percentage with one decimal: `61.3 %`; what is above zero but rounds to it is `below 0.1 %`.
    public static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded()
        if share > 0 && tenths == 0 { return "below 0.1 %" }
        return DecimalText.trimmed(tenths / 10) + " %"
    }

    /// A number with one decimal: `1.7`.
    static func decimal(_ number: Double) -> String { DecimalText.trimmed((number * 10).rounded() / 10) }

    /// A length of time as people say it: `0.4 s`, `83 s`, `12 min`, `7.4 h`, `3.1 days`.
    public static func time(_ duration: Duration) -> String {
        let seconds = duration.seconds
        switch seconds {
        case ..<10: return decimal(seconds) + " s"
        case ..<180: return DecimalText.trimmed(seconds.rounded()) + " s"
        case ..<7200: return DecimalText.trimmed((seconds / 60).rounded()) + " min"
        case ..<172_800: return decimal(seconds / 3600) + " h"
        default: return decimal(seconds / 86_400) + " days"
        }
    }

    /// Names in a row: `one`, `one and two`, `one, two and three`, and of more than four the first three.
    static func list(_ names: [String]) -> String {
        let shown = names.count > 4 ? Array(names.prefix(3)) + ["\(names.count - 3) more"] : names
        guard let last = shown.last, shown.count > 1 else { return shown.first ?? "" }
        return shown.dropLast().joined(separator: ", ") + " and " + last
    }
}

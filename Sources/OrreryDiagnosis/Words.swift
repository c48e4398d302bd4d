import OrreryKernel

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

    /// A share as a percentage with one decimal: `61.3 %`; what is above zero but rounds to it is `below 0.1 %`.
    public static func percent(_ share: Double) -> String {
        let tenths = (share * 1000).rounded()
        if share > 0 && tenths == 0 { return "below 0.1 %" }
        return DecimalText.trimmed(tenths / 10) + " %"
    }
}

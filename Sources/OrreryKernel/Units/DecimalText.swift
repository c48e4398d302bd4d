/// Short decimal text for numbers, the same on every machine.
public enum DecimalText {
    /// The shortest text that reads back as the same number, without a trailing `.0`: `2`, `0.25`, `1.5`.
    public static func trimmed(_ number: Double) -> String {
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }
}

/// Short decimal text for numbers, the same on every machine.
public enum DecimalText {
    /// The shortest text that reads back as the same number, without a trailing `.0`: `2`, `0.25`, `1.5`.
    public static func trimmed(_ number: Double) -> String {
        let text = number.description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// A share in percent: the text a scenario file gave, where `share × 100` would show how it rounds.
    ///
    /// 0.07 × 100 is 7.000000000000001; but 7 % is 0.07 again, so `7%` is the text.
    static func percent(_ share: Double) -> String {
        let product = share * 100
        guard product.magnitude < 1e6 else { return trimmed(product) + "%" }
        let billionths = Int64(product * 1e9 + (product < 0 ? -0.5 : 0.5))
        let short = Double(billionths) / 1e9
        return trimmed(short / 100 == share || short * 0.01 == share ? short : product) + "%"
    }

    /// A whole amount in the first of these units, largest first, that shows it exactly with at most one decimal; nil
    /// if none does.
    ///
    /// All in integers, because a large amount does not fit into a floating-point number. Every size is a multiple of
    /// ten.
    static func withUnit(_ amount: Int64, units: [(name: String, size: UInt64)]) -> String? {
        let magnitude = amount.magnitude
        for unit in units where magnitude >= unit.size && magnitude % (unit.size / 10) == 0 {
            let tenth = magnitude % unit.size / (unit.size / 10)
            let sign = amount < 0 ? "-" : ""
            return sign + String(magnitude / unit.size) + (tenth == 0 ? "" : ".\(tenth)") + unit.name
        }
        return nil
    }
}

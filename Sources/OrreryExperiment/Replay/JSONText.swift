/// Pieces of JSON that are written line by line, where a tree of values would be as large as the text.
enum JSONText {
    /// A string with its quotes.
    static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"", "\\": quoted += "\\" + String(scalar)
            case "\u{0}"..."\u{1F}", "\u{7F}":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    /// A whole number with its point moved so many places to the left, exactly: `decimal(1250, shift: 3)` is `1.25`.
    static func decimal(_ number: Int64, shift: Int) -> String {
        let digits = String(number.magnitude)
        let padded = String(repeating: "0", count: max(0, shift + 1 - digits.count)) + digits
        let fraction = String(padded.suffix(shift).reversed().drop { $0 == "0" }.reversed())
        return (number < 0 ? "-" : "") + padded.dropLast(shift) + (fraction.isEmpty ? "" : "." + fraction)
    }
}

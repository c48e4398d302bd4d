/// Reads a number with at most one decimal and a unit back into a whole amount, all in integers.
enum QuantityText {
    struct Unreadable: Error {
        let text: String
    }

    static func amount(_ text: String, sizes: [String: Int64]) throws -> Int64 {
        let number = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        let parts = number.split(separator: ".")
        guard let size = sizes[String(text.dropFirst(number.count))], let whole = parts.first.flatMap({ Int64($0) })
        else {
            throw Unreadable(text: text)
        }
        guard parts.count == 2 else { return whole * size }
        guard parts[1].count == 1, let tenth = Int64(parts[1]) else { throw Unreadable(text: text) }
        return whole * size + tenth * (size / 10)
    }
}

/// Blanks out what is not code: comments, and the letters of strings, but not the code inside `\( … )`.
///
/// Knows nested block comments, strings over several lines and strings between number signs. Bytes become spaces one by
/// one and line breaks stay, so that a line of code keeps its number.
struct CodeScanner {
    private let bytes: [UInt8]
    private var place = 0
    private var output: [UInt8] = []

    static func code(of text: String) -> String {
        var scanner = CodeScanner(bytes: Array(text.utf8))
        scanner.output.reserveCapacity(scanner.bytes.count)
        scanner.copyCode(untilParenthesis: false)
        return String(decoding: scanner.output, as: UTF8.self)
    }

    private init(bytes: [UInt8]) {
        self.bytes = bytes
    }

    private mutating func copyCode(untilParenthesis: Bool) {
        var depth = 0
        while place < bytes.count {
            if starts(with: "//") {
                while place < bytes.count && bytes[place] != UInt8(ascii: "\n") { blank(1) }
            } else if starts(with: "/*") {
                blankBlockComment()
            } else if let signs = signsBeforeString() {
                blankString(signs: signs)
            } else {
                let byte = bytes[place]
                if byte == UInt8(ascii: "(") { depth += 1 }
                if byte == UInt8(ascii: ")") { depth -= 1 }
                output.append(byte)
                place += 1
                if untilParenthesis && depth < 0 { return }
            }
        }
    }

    private mutating func blankBlockComment() {
        var depth = 0
        repeat {
            if starts(with: "/*") {
                depth += 1
                blank(2)
            } else if starts(with: "*/") {
                depth -= 1
                blank(2)
            } else {
                blank(1)
            }
        } while depth > 0 && place < bytes.count
    }

    /// How many number signs stand before the quotation mark here; nil if no string begins here.
    private func signsBeforeString() -> Int? {
        var end = place
        while end < bytes.count && bytes[end] == UInt8(ascii: "#") { end += 1 }
        return end < bytes.count && bytes[end] == UInt8(ascii: "\"") ? end - place : nil
    }

    private mutating func blankString(signs: Int) {
        let hashes = String(repeating: "#", count: signs)
        blank(signs)
        let quote = starts(with: "\"\"\"") ? "\"\"\"" : "\""
        copy(quote.utf8.count)
        while place < bytes.count {
            if starts(with: quote + hashes) {
                copy(quote.utf8.count)
                blank(signs)
                return
            }
            if starts(with: "\\" + hashes + "(") {
                blank(signs + 2)
                copyCode(untilParenthesis: true)
            } else if starts(with: "\\" + hashes) {
                blank(signs + 2)
            } else {
                blank(1)
            }
        }
    }

    private func starts(with text: String) -> Bool { bytes[place...].starts(with: text.utf8) }

    private mutating func blank(_ count: Int) {
        for byte in bytes[place..<min(place + count, bytes.count)] {
            output.append(byte == UInt8(ascii: "\n") ? byte : UInt8(ascii: " "))
        }
        place = min(place + count, bytes.count)
    }

    private mutating func copy(_ count: Int) {
        output.append(contentsOf: bytes[place..<min(place + count, bytes.count)])
        place = min(place + count, bytes.count)
    }
}

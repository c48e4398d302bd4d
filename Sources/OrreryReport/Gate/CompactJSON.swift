/// JSON laid out for being read in a diff: what holds objects is broken into lines, everything else stands on one.
///
/// ```
/// { "figures": [                                         a list of objects is broken
///     { "figure": "items.lost", "values": [0, 0, 1] },   an object of plain values is one line
/// ```
struct CompactJSON {
    private let bytes: [UInt8]
    private var position = 0
    private var output: [UInt8] = []

    private init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// A valid JSON text without spaces, laid out.
    static func laidOut(_ text: String) -> String {
        var layout = CompactJSON(text)
        layout.value(indent: 0)
        return String(decoding: layout.output, as: UTF8.self) + "\n"
    }

    /// The first key that an object of a valid JSON text has twice, which readers of JSON pass over in silence; nil if
    /// none has.
    static func firstRepeatedKey(in text: String) -> String? {
        var scanner = CompactJSON(text)
        var open: [Set<String>] = []
        while let byte = scanner.peek {
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["): open.append([])
            case UInt8(ascii: "}"), UInt8(ascii: "]"): _ = open.popLast()
            case UInt8(ascii: "\""):
                let start = scanner.position
                scanner.string()
                let word = String(decoding: scanner.bytes[start..<scanner.position], as: UTF8.self)
                while let space = scanner.peek, space <= UInt8(ascii: " ") { scanner.position += 1 }
                guard scanner.peek == UInt8(ascii: ":"), !open.isEmpty else { continue }
                if !open[open.count - 1].insert(word).inserted { return word }
                continue
            default: break
            }
            scanner.position += 1
        }
        return nil
    }

    private var peek: UInt8? { position < bytes.count ? bytes[position] : nil }

    /// Writes the value that begins here.
    private mutating func value(indent: Int) {
        guard let first = peek else { return }
        guard first == UInt8(ascii: "{") || first == UInt8(ascii: "["), holdsObjects else { return line() }
        let inner = indent + 2
        take()
        while let byte = peek, byte != UInt8(ascii: "}"), byte != UInt8(ascii: "]") {
            if byte == UInt8(ascii: ",") { take() }
            breakLine(inner)
            if first == UInt8(ascii: "{") {
                string(writing: true)
                take()
                output.append(UInt8(ascii: " "))
            }
            value(indent: inner)
        }
        breakLine(indent)
        take()
    }

    /// Writes the value that begins here in one line.
    private mutating func line() {
        var depth = 0
        while let byte = peek {
            switch byte {
            case UInt8(ascii: "\""): string(writing: true)
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                take()
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                if depth == 0 { return }
                depth -= 1
                take()
            case UInt8(ascii: ","), UInt8(ascii: ":"):
                if depth == 0 { return }
                take()
                output.append(UInt8(ascii: " "))
            default: take()
            }
        }
    }

    /// Whether the container that begins here holds another object.
    private var holdsObjects: Bool {
        var scanner = self
        var depth = 0
        while let byte = scanner.peek {
            switch byte {
            case UInt8(ascii: "\""):
                scanner.string()
                continue
            case UInt8(ascii: "{"):
                if depth > 0 { return true }
                depth += 1
            case UInt8(ascii: "["): depth += 1
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                depth -= 1
                if depth == 0 { return false }
            default: break
            }
            scanner.position += 1
        }
        return false
    }

    /// Passes over the string that begins here.
    private mutating func string(writing isWriting: Bool = false) {
        let start = position
        position += 1
        while let byte = peek, byte != UInt8(ascii: "\"") { position += byte == UInt8(ascii: "\\") ? 2 : 1 }
        position = min(bytes.count, position + 1)
        if isWriting { output += bytes[start..<position] }
    }

    private mutating func take() {
        output.append(bytes[position])
        position += 1
    }

    private mutating func breakLine(_ indent: Int) {
        output.append(UInt8(ascii: "\n"))
        output += Array(repeating: UInt8(ascii: " "), count: indent)
    }
}

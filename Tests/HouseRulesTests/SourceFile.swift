/// A file of the checkout: its path from the root, its text, and its code without comments and strings.
struct SourceFile {
    let path: String
    let text: String
    /// The text with every comment and the letters of every string blanked out; line and brace structure stay.
    let code: String
    let lines: [Substring]
    let codeLines: [Substring]

    init(_ path: String, _ text: String) {
        self.path = path
        self.text = text
        code = path.hasSuffix(".swift") ? CodeScanner.code(of: text) : text
        lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        codeLines = code.split(separator: "\n", omittingEmptySubsequences: false)
    }

    /// The folder below `Sources` or `Tests`, if the file lies there.
    var target: String? {
        let parts = path.split(separator: "/")
        return parts.count > 2 && (parts[0] == "Sources" || parts[0] == "Tests") ? String(parts[1]) : nil
    }

    var isSwift: Bool { path.hasSuffix(".swift") }
    var isSource: Bool { isSwift && path.hasPrefix("Sources/") }
    /// Swift that is written by hand and must obey the rules of form.
    var isCode: Bool { isSource || isSwift && (path.hasPrefix("Tests/") || path == "Package.swift") }
    var name: Substring { path.split(separator: "/").last ?? "" }

    func violation(line: Int, _ reason: String) -> Violation { Violation(path: path, line: line, reason: reason) }
}

/// A place that breaks a rule, and what to do about it.
struct Violation: CustomStringConvertible {
    let path: String
    let line: Int
    let reason: String

    var description: String { "\(path):\(line): \(reason)" }
}

extension StringProtocol {
    /// Whether this word occurs, not as a part of a longer one.
    ///
    /// A word may begin or end with a sign, as `try!` does.
    func mentions(_ word: String) -> Bool { !places(of: word).isEmpty }

    /// Where a word occurs, not as a part of a longer one.
    func places(of word: String) -> [Index] {
        let bytes = Array(utf8)
        let word = Array(word.utf8)
        guard let first = word.first, let last = word.last, bytes.count >= word.count else { return [] }
        var found: [Index] = []
        for start in 0...(bytes.count - word.count) where bytes[start] == first {
            let end = start + word.count
            guard bytes[start..<end].elementsEqual(word) else { continue }
            let isInsideBefore = first.isPartOfWord && start > 0 && bytes[start - 1].isPartOfWord
            let isInsideAfter = last.isPartOfWord && end < bytes.count && bytes[end].isPartOfWord
            if !isInsideBefore && !isInsideAfter { found.append(utf8.index(startIndex, offsetBy: start)) }
        }
        return found
    }
}

extension UInt8 {
    /// Whether the byte is a part of a letter, a digit or an underscore.
    var isPartOfWord: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), 0x80...: true
        default: false
        }
    }
}

extension Character {
    var isPartOfWord: Bool { isLetter || isNumber || self == "_" }
}

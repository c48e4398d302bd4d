/// A first look at the text, before the YAML library sees it: how deeply it is nested, and where aliases are.
///
/// The library composes values by recursion and hashes whole keys, so that a short text with aliases in aliases ("a
/// billion laughs") would keep it busy for years. Therefore the star of everything that may be an alias is replaced by
/// a character that the text does not hold: the library sees plain scalars, and `TreeBuilder` resolves them with a
/// bound. A star that was none is put back. Columns stay as they are.
struct TextScan {
    /// How many levels of mappings and lists a scenario may have.
    static let depthLimit = 64

    /// The text with the stars replaced.
    private(set) var scalars: [Unicode.Scalar]
    /// What stands for a star.
    let aliasMark: Unicode.Scalar
    /// Private-use characters that the text does not hold, for other marks.
    private(set) var freeMarks: [Unicode.Scalar]
    /// Where the nesting becomes too deep; nil if it does not.
    private(set) var tooDeep: (line: Int, column: Int)?

    private var line = 1
    private var column = 1
    private var quote: Unicode.Scalar?
    private var flowDepth = 0
    /// The columns at which the enclosing block mappings and lists begin.
    private var indents: [Int] = []
    private var isAtLineStart = true

    init(_ text: String) {
        scalars = Array(text.unicodeScalars)
        let used = Set(scalars.filter { (0xE000...0xF8FF).contains($0.value) })
        freeMarks = (UInt32(0xE000)...0xF8FF).lazy.compactMap(Unicode.Scalar.init).filter { !used.contains($0) }
            .prefix(128).map(\.self)
        aliasMark = freeMarks.popLast() ?? "\u{F8FF}"
        scan()
    }

    /// The place of a line and a column in the scalars, where line breaks are those of the YAML library.
    static func index(of place: (line: Int, column: Int), in scalars: [Unicode.Scalar]) -> Int? {
        var line = 1
        var index = 0
        while line < place.line, index < scalars.count {
            if isBreak(scalars, index) { line += 1 }
            index += 1
        }
        index += place.column - 1
        return line == place.line && scalars.indices.contains(index) ? index : nil
    }

    /// Whether a line ends with this scalar.
    static func isBreak(_ scalars: [Unicode.Scalar], _ index: Int) -> Bool {
        switch scalars[index] {
        case "\n", "\u{85}", "\u{2028}", "\u{2029}": true
        case "\r": index + 1 == scalars.count || scalars[index + 1] != "\n"
        default: false
        }
    }

    private mutating func scan() {
        var index = 0
        while index < scalars.count, tooDeep == nil {
            if TextScan.isBreak(scalars, index) {
                (line, column, isAtLineStart) = (line + 1, 1, true)
                index += 1
                continue
            }
            let next = step(index)
            column += next - index
            index = next
        }
    }

    /// Looks at one scalar, or at two that belong together; returns the index of the next.
    private mutating func step(_ index: Int) -> Int {
        let scalar = scalars[index]
        let isTokenStart = startsToken(index)
        if let quote {
            if scalar == "\\", quote == "\"" { return endOfPair(index) }
            guard scalar == quote else { return index + 1 }
            if quote == "'", index + 1 < scalars.count, scalars[index + 1] == "'" { return index + 2 }
            self.quote = nil
            return index + 1
        }
        if scalar == "*", isTokenStart { scalars[index] = aliasMark }
        if scalar == "#", isTokenStart { return endOfLine(index) }
        if isAtLineStart, scalar != " ", scalar != "\t" { noteIndent(index) }
        switch scalar {
        case "\"", "'": if isTokenStart { quote = scalar }
        case "[", "{": if isTokenStart || flowDepth > 0 { flowDepth += 1 }
        case "]", "}": flowDepth = max(0, flowDepth - 1)
        default: break
        }
        if indents.count + flowDepth > TextScan.depthLimit + 2 { tooDeep = (line, column) }
        return index + 1
    }

    /// Notes where the first word of a line begins; after `- ` and `? ` another level may begin.
    private mutating func noteIndent(_ index: Int) {
        isAtLineStart = false
        guard flowDepth == 0 else { return }
        while let last = indents.last, last >= column { indents.removeLast() }
        indents.append(column)
        let isNested = scalars[index] == "-" || scalars[index] == "?"
        isAtLineStart = isNested && index + 1 < scalars.count && scalars[index + 1] == " "
    }

    /// Whether a quote, a bracket or a star here would mean something.
    private func startsToken(_ index: Int) -> Bool {
        guard index > 0 else { return true }
        switch scalars[index - 1] {
        case " ", "\t", "\n", "\r", "\u{85}", "\u{2028}", "\u{2029}": return true
        case "[", "{", ",", ":", "]", "}": return scalars[index] != "#"
        default: return false
        }
    }

    private func endOfPair(_ index: Int) -> Int {
        index + 1 < scalars.count && !TextScan.isBreak(scalars, index + 1) ? index + 2 : index + 1
    }

    private func endOfLine(_ index: Int) -> Int {
        var end = index
        while end < scalars.count, !TextScan.isBreak(scalars, end) { end += 1 }
        return end
    }
}

/// Files, functions and lines stay short, and a file is named for what is in it.
enum FormRules {
    static let lineLimit = 120
    static let functionLimit = 60
    static let fileLimit = 500

    /// Lines that are too long.
    ///
    /// A line that is nothing but text for people may run on: a sentence cut into pieces is harder to read and to find.
    static func longLines(in file: SourceFile) -> [Violation] {
        guard file.isCode else { return [] }
        return zip(file.lines, file.codeLines).enumerated().compactMap { number, line in
            line.0.count <= lineLimit || isText(line.0, code: line.1)
                ? nil : file.violation(line: number + 1, "\(line.0.count) columns; the limit is \(lineLimit)")
        }
    }

    /// Whether a line is one string literal, or lies within one of several lines.
    private static func isText(_ line: Substring, code: Substring) -> Bool {
        let text = line.drop { $0.isWhitespace || "+?:".contains($0) }
        return text.hasPrefix("\"") || code.allSatisfy(\.isWhitespace) && !text.hasPrefix("//")
    }

    static func longFiles(in file: SourceFile) -> [Violation] {
        guard file.isCode else { return [] }
        let count = file.lines.count - (file.lines.last?.isEmpty == true ? 1 : 0)
        return count <= fileLimit ? [] : [file.violation(line: count, "\(count) lines; the limit is \(fileLimit)")]
    }

    static func longFunctions(in file: SourceFile) -> [Violation] {
        guard file.isCode else { return [] }
        return FunctionFinder.functions(in: file.code).compactMap { function in
            guard function.lineCount > functionLimit else { return nil }
            return file.violation(
                line: function.line, "\(function.name) has \(function.lineCount) lines; the limit is \(functionLimit)")
        }
    }

    static func strangeNames(in file: SourceFile) -> [Violation] {
        guard file.isSource, HouseTable.filesWithoutTheirType[file.path] == nil else { return [] }
        let stem = file.name.dropLast(6)
        guard let type = stem.split(separator: "+").first?.split(separator: ".").last else { return [] }
        let keywords = ["struct", "enum", "class", "actor", "protocol", "extension", "typealias"]
        let declared = keywords.contains { keyword in
            file.code.places(of: keyword).contains { place in
                let rest = file.code[place...].dropFirst(keyword.count).drop(while: \.isWhitespace)
                let name = rest.prefix { $0.isPartOfWord || $0 == "." }
                return name == type || name.hasSuffix("." + type)
            }
        }
        return declared ? [] : [file.violation(line: 1, "declares or extends no type named \(type)")]
    }
}

/// Finds functions, initialisers, subscripts and computed properties in code from which strings and comments are gone.
enum FunctionFinder {
    struct Function {
        let name: String
        let line: Int
        let lineCount: Int
    }

    static func functions(in code: String) -> [Function] {
        let characters = Array(code)
        var functions: [Function] = []
        var line = 1
        for (place, character) in characters.enumerated() {
            if character == "\n" { line += 1 }
            guard let keyword = keyword(at: place, in: characters),
                let open = bodyStart(after: place + keyword.count, keyword: keyword, in: characters)
            else { continue }
            let close = matchingBrace(of: open, in: characters)
            let breaks = characters[place..<close].count { $0 == "\n" }
            let head = characters[place..<open].prefix { $0 != "\n" && $0 != "(" && $0 != "{" }
            functions.append(Function(name: String(head), line: line, lineCount: breaks + 1))
        }
        return functions
    }

    private static func keyword(at place: Int, in characters: [Character]) -> String? {
        guard "fidsv".contains(characters[place]) else { return nil }
        let before = place > 0 ? characters[place - 1] : " "
        guard !before.isPartOfWord, before != ".", before != "`" else { return nil }
        return ["func", "init", "deinit", "subscript", "var"].first { word in
            let end = place + word.count
            guard end < characters.count, characters[place..<end].elementsEqual(word) else { return false }
            return !characters[end].isPartOfWord
        }
    }

    /// Where the body opens: the first brace outside of parentheses, unless the declaration ends before.
    private static func bodyStart(after start: Int, keyword: String, in characters: [Character]) -> Int? {
        var depth = 0
        var place = start
        while place < characters.count {
            switch characters[place] {
            case "(", "[": depth += 1
            case ")", "]": depth -= 1
            case "{" where depth == 0: return place
            case "}" where depth == 0, ";" where depth == 0: return nil
            case "=" where depth == 0 && keyword == "var": return nil
            case "\n" where depth == 0 && !continues(after: place, keyword: keyword, in: characters): return nil
            default: break
            }
            if depth < 0 { return nil }
            place += 1
        }
        return nil
    }

    /// Whether a declaration goes on behind a line break.
    private static func continues(after place: Int, keyword: String, in characters: [Character]) -> Bool {
        let rest = characters[place...].drop(while: \.isWhitespace)
        if rest.first == "{" { return true }
        let words = ["where", "->", "throws", "async", "rethrows"]
        return keyword != "var" && words.contains { rest.starts(with: $0) }
    }

    private static func matchingBrace(of open: Int, in characters: [Character]) -> Int {
        var depth = 0
        for place in open..<characters.count {
            if characters[place] == "{" { depth += 1 }
            if characters[place] == "}" { depth -= 1 }
            if depth == 0 { return place }
        }
        return characters.count
    }
}

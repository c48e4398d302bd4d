import Yams

/// Reads a YAML text into a tree whose scalars are still text, and reports everything that is wrong with the text as
/// YAML.
///
/// This and `TreeBuilder` are the only files that know the YAML library. They never ask the library what a scalar
/// means: `no`, `22:00` and `010` would come back as false, 1320 and 8.
struct YAMLReader {
    /// The largest text that is read, in bytes.
    static let sizeLimit = 1 << 20
    /// How often the text may be composed anew to find another duplicate key.
    private static let roundLimit = 100
    /// How many bytes may be composed in all rounds together.
    private static let workLimit = 16 << 20

    private let place: (Int, Int) -> ScenarioPlace
    private var faults: [ScenarioFault] = []
    private var builder: TreeBuilder

    /// The tree of a text, nil if there is none, and the faults; `place` says where a line and a column are.
    static func read(
        _ text: String, place: @escaping (_ line: Int, _ column: Int) -> ScenarioPlace
    ) -> (tree: TreeNode?, faults: [ScenarioFault]) {
        guard text.utf8.count <= sizeLimit else {
            let problem = "the file is too large: \(text.utf8.count) bytes; at most \(sizeLimit) are read"
            return (nil, [ScenarioFault(place: place(1, 1), path: "", category: .syntax, problem: problem)])
        }
        let scan = TextScan(text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text)
        if let (line, column) = scan.tooDeep {
            let problem = "nested more deeply than \(TextScan.depthLimit) levels"
            return (nil, [ScenarioFault(place: place(line, column), path: "", category: .syntax, problem: problem)])
        }
        var reader = YAMLReader(place: place, builder: TreeBuilder(aliasMark: scan.aliasMark, place: place))
        let tree = reader.compose(scan)
        return (tree, reader.faults)
    }

    /// Composes the text; while a key is there twice, hides its first occurrence and composes again.
    private mutating func compose(_ scan: TextScan) -> TreeNode? {
        var scalars = scan.scalars
        var marks = scan.freeMarks
        for round in 1...YAMLReader.roundLimit {
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            do {
                let parser = try Parser(yaml: text, encoding: .utf8)
                guard let root = try parser.singleRoot() else { return nil }
                let tree = withExtendedLifetime(parser) { builder.tree(of: root) }
                faults += builder.faults
                return tree
            } catch let error as YamlError {
                guard case .duplicatedKeysInMapping(let keys, let context) = error else {
                    note(error, scalars)
                    break
                }
                let isLastRound = round * scalars.count > YAMLReader.workLimit || round == YAMLReader.roundLimit
                guard let key = keys.first, !isLastRound, let mark = marks.popLast(),
                    hide(key, at: context.mark, with: mark, in: &scalars)
                else {
                    note(
                        context.mark.line, context.mark.column, .duplicateKey,
                        "the key '\(WrittenValue.shown(keys.first ?? ""))' is given twice")
                    break
                }
                continue
            } catch {
                note(1, 1, .syntax, "the text cannot be read: \(error)")
            }
            break
        }
        for key in builder.hidden {
            note(key.line, key.column, .duplicateKey, "the key '\(WrittenValue.shown(key.text))' is given twice")
        }
        return nil
    }

    /// Puts a mark in the place of a key's first character; false if that would change what the text means.
    private mutating func hide(
        _ key: String, at mark: Mark, with replacement: Unicode.Scalar, in scalars: inout [Unicode.Scalar]
    ) -> Bool {
        guard var index = TextScan.index(of: (mark.line, mark.column), in: scalars) else { return false }
        let first = scalars[index]
        if first == "\"" || first == "'" {
            index += 1
            guard index < scalars.count, scalars[index] != first, scalars[index] != "\\", scalars[index] != "'" else {
                return false
            }
        } else if key.unicodeScalars.first != first {
            return false
        }
        guard !TextScan.isBreak(scalars, index) else { return false }
        scalars[index] = replacement
        if !builder.hidden.contains(where: { $0.line == mark.line && $0.column == mark.column }) {
            builder.hidden.append(HiddenKey(line: mark.line, column: mark.column, text: key))
        }
        return true
    }

    /// Puts an error of the library into words of ours.
    private mutating func note(_ error: YamlError, _ scalars: [Unicode.Scalar]) {
        switch error {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _):
            if hasTabIndent(scalars, line: mark.line) {
                note(mark.line, mark.column, .syntax, "a tab in the indentation; YAML is indented with spaces")
            } else {
                let hint = problem.hasPrefix("mapping values") ? "; a text that holds ': ' needs quotes" : ""
                note(mark.line, mark.column, .syntax, "this is not YAML: \(problem)\(hint)")
            }
        case .composer(_, let problem, let mark, _):
            let isSecondDocument = problem.contains("another document")
            note(
                mark.line, mark.column, .syntax,
                isSecondDocument
                    ? "a second document begins here; a scenario file holds one" : "this is not YAML: \(problem)")
        case .reader(let problem, let offset, _, _):
            let (line, column) = lineAndColumn(ofByte: offset ?? 0, scalars)
            note(line, column, .syntax, "this is not YAML: \(problem)")
        default: note(1, 1, .syntax, "the text cannot be read: \(error)")
        }
    }

    private mutating func note(_ line: Int, _ column: Int, _ category: ScenarioFault.Category, _ problem: String) {
        faults.append(ScenarioFault(place: place(line, column), path: "", category: category, problem: problem))
    }

    private func hasTabIndent(_ scalars: [Unicode.Scalar], line: Int) -> Bool {
        guard let start = TextScan.index(of: (line, 1), in: scalars) else { return false }
        return scalars[start...].prefix { $0 == " " || $0 == "\t" }.contains("\t")
    }

    private func lineAndColumn(ofByte offset: Int, _ scalars: [Unicode.Scalar]) -> (line: Int, column: Int) {
        var (line, column, bytes) = (1, 1, 0)
        for index in scalars.indices {
            if bytes >= offset { break }
            bytes += UTF8.width(scalars[index])
            if TextScan.isBreak(scalars, index) { (line, column) = (line + 1, 1) } else { column += 1 }
        }
        return (line, column)
    }
}

/// Words that have no place in finished code.
enum LanguageRules {
    /// Spelt in two halves, so that this file keeps its own rule.
    private static let reminders = ["TO" + "DO", "FIX" + "ME", "XX" + "X"]

    static func reminders(in file: SourceFile) -> [Violation] {
        file.lines.enumerated().flatMap { number, line in
            reminders.filter { line.mentions($0) }.map {
                file.violation(line: number + 1, "\($0): do it now, or write down in docs/ why not")
            }
        }
    }

    static func traps(in file: SourceFile) -> [Violation] {
        guard file.isCode, file.path != HouseTable.trap else { return [] }
        return words(["try!", "fatalError("], in: file) { _ in
            "use typed throws for a bad input and invariant, with the values, for a bug"
        }
    }

    static func prints(in file: SourceFile) -> [Violation] {
        guard file.isSource, HouseTable.row(of: file.target)?.prints != true else { return [] }
        return words(["print(", "debugPrint(", "dump("], in: file) { _ in "only the command talks to the terminal" }
    }

    static func unsafeCode(in file: SourceFile) -> [Violation] {
        guard file.isCode, file.path != "Package.swift", HouseTable.unsafeFiles[file.path] == nil else { return [] }
        return words(["unsafe", "@unsafe", "nonisolated(unsafe)", "unowned(unsafe)"], in: file) { _ in
            "one dangerous thing, one file: see HouseTable.unsafeFiles"
        }
    }

    static func uncheckedSendable(in file: SourceFile) -> [Violation] {
        guard file.isCode else { return [] }
        return file.codeLines.indices.compactMap { number in
            guard file.codeLines[number].mentions("@unchecked") else { return nil }
            let above = file.lines[max(0, number - 5)...number].filter { $0.contains("//") }.joined(separator: " ")
                .lowercased()
            if above.mentions("unchecked"), above.mentions("because") { return nil }
            return file.violation(line: number + 1, "say above it in a comment: unchecked because …")
        }
    }

    private static func words(
        _ words: [String], in file: SourceFile, reason: (String) -> String
    ) -> [Violation] {
        file.codeLines.enumerated().flatMap { number, line in
            words.filter { word in
                line.places(of: word).contains { !line[..<$0].hasSuffix(".") && !line[..<$0].hasSuffix("func ") }
            }.map { file.violation(line: number + 1, "\($0): \(reason($0))") }
        }
    }
}

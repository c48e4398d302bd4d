/// A target imports only what its row names: nothing imports upward.
enum ImportRules {
    static func upwardImports(in file: SourceFile) -> [Violation] {
        guard file.isSource, let target = file.target else { return [] }
        guard let row = HouseTable.row(of: target) else {
            return target == "CGSL" ? [] : [file.violation(line: 1, "\(target) has no row in HouseTable")]
        }
        return imports(of: file).compactMap { line, module in
            if row.dependencies.contains(module) || row.toolchain.contains(module) { return nil }
            return file.violation(line: line, "\(target) may not import \(module); see docs/ARCHITECTURE.md")
        }
    }

    /// The modules that a file imports, with the line of each.
    static func imports(of file: SourceFile) -> [(line: Int, module: String)] {
        let kinds: Set<Substring> = ["struct", "class", "enum", "protocol", "func", "var", "let", "typealias"]
        return file.codeLines.enumerated().compactMap { number, line in
            let words = line.split(separator: " ")
            guard let place = words.firstIndex(of: "import"),
                words[..<place].allSatisfy({
                    $0.hasPrefix("@") || ["public", "internal", "package", "private"].contains($0)
                })
            else { return nil }
            let path = words[(place + 1)...].drop(while: kinds.contains)
            guard let module = path.first?.split(separator: ".").first else { return nil }
            return (number + 1, String(module))
        }
    }

    /// Where `Package.swift` and the house's table disagree about what a target depends on.
    static func disagreements(in manifest: SourceFile) -> [Violation] {
        HouseTable.rows.compactMap { row in
            guard let stated = dependencies(of: row.target, in: manifest.text) else {
                return manifest.violation(line: 1, "has no target \(row.target)")
            }
            if stated == row.dependencies { return nil }
            let difference = stated.symmetricDifference(row.dependencies).sorted().joined(separator: ", ")
            return manifest.violation(line: 1, "\(row.target) differs from HouseTable in \(difference)")
        }
    }

    /// The names in the list that follows `dependencies:` of a target; none if its row has no such list.
    private static func dependencies(of target: String, in manifest: String) -> Set<String>? {
        let starts = manifest.places(of: "name: \"\(target)\",") + manifest.places(of: "name: \"\(target)\")")
        let place = starts.first { start in
            !manifest[..<start].hasSuffix("Package(\n    ") && !manifest[..<start].hasSuffix(".executable(")
        }
        guard let place else { return nil }
        let rest = manifest[place...].dropFirst(7 + target.count)
        guard rest.first == "," || rest.first == "\"" else { return [] }
        let row = rest.dropFirst(rest.first == "," ? 1 : 2).drop(while: \.isWhitespace)
        guard row.hasPrefix("dependencies: [") else { return [] }
        let list = row.dropFirst(15).prefix { $0 != "]" }
        let aliases = ["grdb": "GRDB", "yams": "Yams", "arguments": "ArgumentParser"]
        let names = list.split(separator: ",").map { $0.filter { !$0.isWhitespace && $0 != "\"" } }
        return Set(names.filter { !$0.isEmpty }.map { aliases[$0] ?? $0 })
    }
}

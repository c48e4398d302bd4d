/// What is committed is source, small, and free of the machine it was written on.
enum RepositoryRules {
    static let sizeLimit = 512 * 1024

    static func strayFiles(among paths: [String]) -> [Violation] {
        paths.compactMap { path in
            let parts = path.split(separator: "/")
            let isBuilt = parts.contains(".build") || parts.contains(".swiftpm") || path.hasPrefix("Reports/out/")
            let isResolved = parts.last == "Package.resolved"
            guard isBuilt || isResolved else { return nil }
            return Violation(path: path, line: 1, reason: "is made by the build; git should not have it")
        }
    }

    static func largeFiles(sizes: [(path: String, size: Int)]) -> [Violation] {
        sizes.filter { $0.size > sizeLimit }.map {
            Violation(path: $0.path, line: 1, reason: "\($0.size) bytes; the limit is \(sizeLimit)")
        }
    }

    /// Absolute paths of a machine; spelt in two halves, so that this file keeps its own rule.
    private static let machinePaths = ["/wo" + "rk/", "/ro" + "ot/", "/ho" + "me/", "/Us" + "ers/"]

    static func machinePaths(in file: SourceFile) -> [Violation] {
        file.lines.enumerated().flatMap { number, line in
            machinePaths.filter { path in stands(path, in: line) }.map {
                file.violation(line: number + 1, "\($0)… exists on one machine only")
            }
        }
    }

    /// Whether a path begins at its slash, and is no part of a longer relative path or of an address.
    private static func stands(_ path: String, in line: Substring) -> Bool {
        line.places(of: path).contains { place in
            guard place > line.startIndex else { return true }
            let before = line[line.index(before: place)]
            return !before.isPartOfWord && !"./-~}".contains(before)
        }
    }
}

import Foundation

/// The checkout that these tests belong to.
struct Checkout: Sendable {
    /// Where it lies.
    let root: URL
    /// The paths of the tracked files and of new files that git does not ignore; nil where there is no git.
    let tracked: [String]?

    /// Read once for all rules.
    static let current = Checkout(
        root: URL(filePath: #filePath).resolvingSymlinksInPath().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent())

    init(root: URL) {
        self.root = root
        let listing = Command.run(
            "git", ["-C", root.path(), "ls-files", "--cached", "--others", "--exclude-standard", "-z"])
        tracked = listing.status == 0 ? listing.output.split(separator: "\0").map(String.init).sorted() : nil
    }

    /// Every file of the project: what git knows, or all that lies in the project's folders.
    var paths: [String] {
        let paths = tracked ?? walk()
        return paths.filter { FileManager.default.fileExists(atPath: root.appending(path: $0).path()) }
    }

    /// The Swift files.
    var swiftFiles: [SourceFile] {
        paths.filter { $0.hasSuffix(".swift") }.compactMap(file)
    }

    /// Every file that is text.
    var textFiles: [SourceFile] {
        paths.compactMap(file)
    }

    func size(of path: String) -> Int {
        let attributes = try? FileManager.default.attributesOfItem(atPath: root.appending(path: path).path())
        return (attributes?[.size] as? Int) ?? 0
    }

    private func file(_ path: String) -> SourceFile? {
        guard let data = try? Data(contentsOf: root.appending(path: path)), !data.prefix(8000).contains(0),
            let text = String(data: data, encoding: .utf8)
        else { return nil }
        return SourceFile(path, text)
    }

    private func walk() -> [String] {
        let folders = ["Sources", "Tests", "scripts", "docs", "Scenarios", "Reports/baselines", ".ci"]
        var found = ["Package.swift", "README.md", "CHANGELOG.md", "LICENSE", ".gitignore", ".swift-format"]
        for folder in folders {
            let inside = FileManager.default.enumerator(atPath: root.appending(path: folder).path())
            while let path = inside?.nextObject() as? String { found.append(folder + "/" + path) }
        }
        return found.sorted()
    }
}

/// Runs a program to its end.
enum Command {
    static func run(_ program: String, _ arguments: [String]) -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = FileHandle.nullDevice
        process.standardInput = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return (127, "") }
        let data = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: data ?? Data(), as: UTF8.self))
    }
}

import Foundation

/// Programs beside this one that some tests need.
///
/// On a developer's machine a test whose program is missing is skipped with a reason; in CI nothing is.
enum Tool {
    private static let isContinuousIntegration = ProcessInfo.processInfo.environment["CI"] != nil

    /// Whether tests with Chromium run.
    static let hasChromium = isContinuousIntegration || browser != nil

    /// Whether tests with python's jsonschema run.
    static let hasPythonSchema =
        isContinuousIntegration || (try? run("python3", ["-c", "import jsonschema"]).status) == 0

    /// Whether tests with xmllint run.
    static let hasXMLLint = isContinuousIntegration || (try? run("xmllint", ["--version"]).status) == 0

    /// The Python in which `scripts/setup test` has put what is in no package of Debian.
    static let python = root.appendingPathComponent(".build/tests/venv/bin/python").path

    /// Whether tests with Python's junitparser run.
    static let hasJUnitParser = isContinuousIntegration || (try? run(python, ["-c", "import junitparser"]).status) == 0

    /// Whether tests with Prometheus run.
    static let hasPrometheus =
        isContinuousIntegration
        || ["promtool", "prometheus"].allSatisfy { (try? run($0, ["--version"]).status) == 0 }

    /// The folder of the checkout.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// Whether tests with python3 run.
    static let hasPython = isContinuousIntegration || (try? run("python3", ["--version"]).status) == 0

    /// Whether tests with pdftotext run.
    static let hasPDFText = isContinuousIntegration || (try? run("pdftotext", ["-v"]).status) == 0

    /// The script of axe-core, which `scripts/setup test` installs; nil without it.
    static let axe: URL? = {
        let libraries = root.appendingPathComponent(".build/tests/venv/lib")
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
        return versions.sorted().map { version in
            libraries.appendingPathComponent("\(version)/site-packages/axe_playwright_python/axe.min.js")
        }.first { FileManager.default.fileExists(atPath: $0.path) }
    }()

    /// Whether tests with axe-core run.
    static let hasAxe = isContinuousIntegration || axe != nil

    /// The name of the browser; nil if there is none.
    static let browser = ["chromium", "chromium-browser", "google-chrome"].first {
        (try? run($0, ["--version"]).status) == 0
    }

    /// Runs a program to its end; what it wrote to both outputs comes back.
    static func run(_ name: String, _ arguments: [String]) throws -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = [name] + arguments
        let output = Pipe()
        process.standardOutput = output
        process.standardError = output
        try process.run()
        let text = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return (process.terminationStatus, String(decoding: text, as: UTF8.self))
    }
}

/// A folder that goes away with the test.
final class TemporaryFolder {
    /// Its place.
    let url: URL

    init() throws {
        url = FileManager.default.temporaryDirectory.appendingPathComponent("orrery-report-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    /// Writes a file and returns its path.
    func write(_ text: String, as name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }
}

import Foundation
import Testing

/// The built program, run as a process of its own, as a user would.
struct OrreryProcess {
    /// What a process left behind.
    struct Outcome {
        let status: Int32
        let output: String
        let errors: String
    }

    /// The program that was built together with these tests.
    static let built = OrreryProcess(
        path: Bundle.allBundles.map(\.bundleURL).first { $0.pathExtension == "xctest" }
            .map { $0.deletingLastPathComponent().appending(path: "orrery").path }
            ?? URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "orrery").path
    )

    /// The checkout.
    static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent()

    /// The program's file.
    let path: String

    /// Runs the program in a folder (the checkout, if none is named) and waits for its end.
    func run(
        _ arguments: [String], in folder: URL = root, environment: [String: String] = [:],
        whileRunning: (Process) throws -> Void = { _ in }
    ) throws -> Outcome {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.currentDirectoryURL = folder
        let scratch = try Scratch()
        // Runs that a command keeps in its usual place vanish with the process.
        let own = ["XDG_CACHE_HOME": scratch.folder.path].merging(environment) { $1 }
        process.environment = ProcessInfo.processInfo.environment.merging(own) { $1 }
        let files = ["output", "errors"].map { scratch.folder.appending(path: $0) }
        for file in files { try Data().write(to: file) }
        process.standardOutput = try FileHandle(forWritingTo: files[0])
        process.standardError = try FileHandle(forWritingTo: files[1])
        process.standardInput = FileHandle.nullDevice
        try process.run()
        try whileRunning(process)
        process.waitUntilExit()
        let texts = try files.map { String(decoding: try Data(contentsOf: $0), as: UTF8.self) }
        return Outcome(
            status: process.terminationReason == .uncaughtSignal
                ? -process.terminationStatus : process.terminationStatus,
            output: texts[0], errors: texts[1])
    }

    /// Runs the program and reads one value of its JSON result.
    func fingerprint(_ arguments: [String], environment: [String: String] = [:]) throws -> String {
        let outcome = try run(["run"] + arguments + ["--json", "--quiet"], environment: environment)
        try #require([0, 99].contains(outcome.status), "\(arguments): \(outcome.errors)")
        let result = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        return try #require(result?["fingerprint"] as? String)
    }
}

/// A folder of its own that vanishes with the test.
final class Scratch {
    let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "orrery-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    /// Writes a file into the folder and says where it is.
    func write(_ text: String, to name: String) throws -> String {
        let url = folder.appending(path: name)
        try Data(text.utf8).write(to: url)
        return url.path
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }
}

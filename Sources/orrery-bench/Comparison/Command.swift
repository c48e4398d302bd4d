import Foundation

/// Another program that is run to its end.
enum Command {
    /// The file of this program.
    static var thisProgram: String { Bundle.main.executablePath ?? CommandLine.arguments[0] }

    /// Runs a command, looked up as a shell does, with its errors going where ours go.
    static func run(_ command: [String], hidesErrors: Bool = false) -> (status: Int32, output: String) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = command
        let pipe = Pipe()
        process.standardOutput = pipe
        if hidesErrors { process.standardError = FileHandle.nullDevice }
        process.standardInput = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            return (127, "\(error)")
        }
        let data = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        let text = String(decoding: data, as: UTF8.self)
        return (process.terminationStatus, text.trimmingCharacters(in: .newlines))
    }

    /// The first line that a command prints; "unknown" if it fails.
    static func firstLine(_ command: [String]) -> String {
        let outcome = run(command, hidesErrors: true)
        let line = outcome.output.split(separator: "\n" as Character).first.map { String($0) }
        return outcome.status == 0 ? line ?? "unknown" : "unknown"
    }
}

import Foundation
import OrreryExperiment
import OrreryReport

/// A result that `-o json` wrote, read back.
enum StoredResult {
    /// The result of an experiment in a file, or why there is none.
    static func load(_ path: String) throws(CommandFailure) -> ExperimentResult {
        let data = try data(of: path)
        do {
            return try ResultFile.decode(data)
        } catch {
            throw CommandFailure(status: .badInput, message: "\(path): \(error)")
        }
    }

    /// The result of an experiment, a sweep or a capacity search in a file, or why there is none.
    static func loadAny(_ path: String) throws(CommandFailure) -> any Reportable {
        let data = try data(of: path)
        do {
            return try ResultFile.decodeAny(data)
        } catch {
            throw CommandFailure(status: .badInput, message: "\(path): \(error)")
        }
    }

    private static func data(of path: String) throws(CommandFailure) -> Data {
        do {
            return try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure(status: .inputNotFound, message: "\(path) cannot be read: \(OutputFile.reason(error))")
        }
    }
}

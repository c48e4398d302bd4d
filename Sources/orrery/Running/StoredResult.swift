import Foundation
import OrreryExperiment
import OrreryReport

/// A result that `-o json` wrote, read back.
enum StoredResult {
    /// The result in a file, or why there is none.
    static func load(_ path: String) throws(CommandFailure) -> ExperimentResult {
        let data: Data
        do {
            data = try Data(contentsOf: URL(fileURLWithPath: path))
        } catch {
            throw CommandFailure(status: .inputNotFound, message: "\(path) cannot be read: \(OutputFile.reason(error))")
        }
        do {
            return try ResultFile.decode(data)
        } catch {
            throw CommandFailure(status: .badInput, message: "\(path): \(error)")
        }
    }
}

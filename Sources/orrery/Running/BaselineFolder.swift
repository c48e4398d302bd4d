import Foundation
import OrreryExperiment
import OrreryReport

/// The folder that holds baselines, one file for each scenario.
struct BaselineFolder {
    /// The folder's path.
    let path: String

    /// The file of a scenario, by the name that its outputs have.
    func file(for scenario: ScenarioFile) -> String { "\(folder)/\(scenario.name).json" }

    private var folder: String { path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path }

    /// The files of all baselines, in the order of their names.
    func files() throws(CommandFailure) -> [String] {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: path)
        } catch {
            throw CommandFailure(
                status: .inputNotFound,
                message: "\(path): there is no such folder of baselines; orrery baseline save SCENARIO makes it")
        }
        let files = names.filter { $0.hasSuffix(".json") && !$0.hasPrefix(".") }.sorted()
        guard !files.isEmpty else {
            throw CommandFailure(
                status: .inputNotFound, message: "\(path) holds no baseline; orrery baseline save SCENARIO makes one")
        }
        return files.map { "\(folder)/\($0)" }
    }

    /// The baseline in a file, or why there is none.
    static func load(_ file: String) throws(CommandFailure) -> GateBaseline {
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure(
                status: .inputNotFound,
                message: InputFile.notFound(file, kind: "baseline") + "; orrery baseline save makes one")
        }
        let text = try InputFile.text(at: file, kind: "baseline", mebibytesMax: 64)
        do {
            return try BaselineText.decode(Data(text.utf8))
        } catch {
            throw CommandFailure(status: .badInput, message: "\(file): \(error)")
        }
    }
}

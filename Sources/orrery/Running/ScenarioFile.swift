import Foundation
import OrreryScenario

/// A scenario as the command line names it: a YAML file, or a story's folder that holds `scenario.yaml`.
struct ScenarioFile {
    /// The path of the file.
    let path: String
    /// The name for outputs: the folder's or the file's, without its ending.
    let name: String

    /// The file that an argument names.
    init(argument: String) throws {
        guard !argument.isEmpty else {
            throw CommandFailure(status: .usage, message: "the name of a scenario is empty")
        }
        let url = URL(fileURLWithPath: argument)
        if OutputFile.isFolder(argument) {
            path = (argument.hasSuffix("/") ? argument : argument + "/") + "scenario.yaml"
            name = url.lastPathComponent
        } else {
            path = argument
            let stem = url.deletingPathExtension().lastPathComponent
            name = stem == "scenario" ? url.deletingLastPathComponent().lastPathComponent : stem
        }
        guard FileManager.default.fileExists(atPath: path) else {
            let message =
                path == argument
                ? InputFile.notFound(path, kind: "scenario") : ScenarioFile.noScenario(in: argument)
            throw CommandFailure(status: .inputNotFound, message: message)
        }
    }

    /// The decoded scenario, or all its faults at once.
    func decode(overrides: [Override]) throws -> Scenario {
        try Scenario.decode(try text(), file: path, overrides: overrides)
    }

    /// What is in it.
    func text() throws -> String {
        try InputFile.text(at: path, kind: "scenario", mebibytesMax: 1)
    }

    /// The scenario with all points of its sweep, for these variants or for all, or all faults at once.
    func decodeSweep(
        overrides: [Override], options: [Override], optionName: String, variants: [String]
    ) throws -> Sweep {
        let text = try text()
        do {
            let sweep = try Sweep.decode(
                text, file: path, overrides: overrides, options: options, optionName: optionName, variants: variants)
            try sweep.scenario.checkVariants(variants)
            return sweep
        } catch let error as ScenarioFaults {
            // Who names a variant that there is none of must not be told of the faults of others.
            try (try? decode(overrides: overrides))?.checkVariants(variants)
            // Options that contradict each other are no fault of the file.
            guard error.faults.allSatisfy({ $0.category == .replaced && $0.line == nil }) else {
                throw CommandFailure(status: .badInput, message: FaultText.joined([error.description]))
            }
            throw CommandFailure(status: .usage, message: "the options contradict each other\n\(error.description)")
        }
    }

    /// What to say of a folder without a scenario: which scenarios it does hold.
    private static func noScenario(in folder: String) -> String {
        let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let held = names.filter {
            $0.hasSuffix(".yaml") || FileManager.default.fileExists(atPath: "\(folder)/\($0)/scenario.yaml")
        }
        let shown = held.prefix(8).joined(separator: ", ") + (held.count > 8 ? ", …" : "")
        return "\(folder): the folder holds no scenario.yaml" + (held.isEmpty ? "" : "; name one of \(shown) in it")
    }
}

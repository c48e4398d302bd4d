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
                ? ScenarioFile.notFound(path, argument: argument) : ScenarioFile.noScenario(in: argument)
            throw CommandFailure(status: .inputNotFound, message: message)
        }
    }

    /// The decoded scenario, or all its faults at once.
    func decode(overrides: [Override]) throws -> Scenario {
        try Scenario.decode(try text(), file: path, overrides: overrides)
    }

    /// What is in it.
    func text() throws -> String {
        let limit = 1 << 20
        let data: Data
        do {
            let handle = try FileHandle(forReadingFrom: URL(fileURLWithPath: path))
            defer { try? handle.close() }
            data = try handle.read(upToCount: limit + 1) ?? Data()
        } catch {
            throw CommandFailure(
                status: .inputNotFound, message: "\(path) cannot be read: \(error.localizedDescription)")
        }
        guard data.count <= limit else {
            throw CommandFailure(status: .badInput, message: "\(path) is larger than 1 MiB, which no scenario needs")
        }
        guard let text = String(validating: data, as: UTF8.self) else {
            throw CommandFailure(status: .badInput, message: "\(path) is not UTF-8 text")
        }
        return text
    }

    private static func notFound(_ path: String, argument: String) -> String {
        let folder = URL(fileURLWithPath: argument).deletingLastPathComponent().path
        let siblings = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
        let wanted = URL(fileURLWithPath: argument).lastPathComponent
        let suggestion = NearestName.find(wanted, among: siblings).map { "; did you mean \($0)?" } ?? ""
        return "\(path): no such scenario\(suggestion)"
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

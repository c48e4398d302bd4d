import ArgumentParser
import Foundation
import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryReport
import OrreryScenario

/// `orrery list`: what there is to name in scenarios and thresholds.
struct ListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List components, cameras, distributions, metrics, symptoms, formats, or scenarios.")

    @Argument(
        help: ArgumentHelp("One of \(Topic.allCases.map(\.rawValue).joined(separator: ", ")).", valueName: "topic"))
    var topic: Topic

    @Option(help: "Where scenarios are looked for.")
    var folder = "Scenarios"

    /// What can be listed.
    enum Topic: String, CaseIterable, ExpressibleByArgument {
        case components
        case cameras
        case distributions
        case metrics
        case symptoms
        case formats
        case scenarios
    }

    func run() throws {
        let rows = try rows()
        let width = rows.map(\.name.count).max() ?? 0
        for row in rows {
            try Terminal.print(row.name.padding(toLength: width + 2, withPad: " ", startingAt: 0) + row.summary)
        }
    }

    private func rows() throws -> [(name: String, summary: String)] {
        switch topic {
        case .components: ScenarioStructure.sections.map { ($0.path, $0.summary) }
        case .cameras:
            CameraCatalog.cameras.map {
                let size = Narration.megabytes($0.imageSize)
                return ($0.name, "\($0.summary): \($0.width) × \($0.height), \(size), read-out \($0.readOut)")
            }
        case .distributions: SamplerCatalog.kinds.kinds.map { ($0.name, $0.summary) }
        case .metrics: MetricCatalog.metrics.map { ($0.key, "\($0.summary) [\($0.unit.rawValue)]") }
        case .symptoms: SymptomCatalog.kinds.map { ($0.name, $0.summary) }
        case .formats: ReportFormat.all.map { ($0.name, $0.summary) }
        case .scenarios: try scenarios()
        }
    }

    /// Every scenario under the folder, with its name.
    private func scenarios() throws -> [(name: String, summary: String)] {
        guard OutputFile.isFolder(folder), let paths = FileManager.default.enumerator(atPath: folder) else {
            throw CommandFailure(status: .inputNotFound, message: "\(folder): no such folder")
        }
        let files = paths.compactMap { $0 as? String }.filter { $0.hasSuffix(".yaml") }.sorted()
        return try files.map { path in
            let file = try ScenarioFile(argument: "\(folder)/\(path)")
            let scenario = try? file.decode(overrides: [])
            return (file.path, scenario?.name ?? "has faults; see orrery validate \(file.path)")
        }
    }
}

import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryReport

/// `orrery report`: any report of a stored result, without running anything again.
struct ReportCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Make reports of stored results again; the bytes of the run's own.",
        discussion: """
            The results are files that -o json wrote.

            Exit codes: 0 written, 64 usage, 65 not a result of a version that is understood, 66 no such file, 73 cannot write.
            """)

    @Argument(help: ArgumentHelp("Files that -o json wrote.", valueName: "result"))
    var results: [String]

    @OptionGroup var output: OutputOptions

    func validate() throws {
        try output.check(scenarioCount: results.count)
        try output.checkNoShards()
    }

    func run() throws {
        let loaded = try results.map { path in
            (
                name: URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent,
                result: try StoredResult.loadAny(path)
            )
        }
        let targets = try loaded.map { try output.targets(for: $0.name) }
        try OutputOptions.checkDistinct(Array(targets.joined()), from: results)
        for target in targets.joined() { try target.checkWritable() }
        for (index, (name, result)) in loaded.enumerated() {
            try output.emit(result, targets: targets[index], name: name)
        }
    }
}

import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryReport
import OrreryScenario

/// The options that all verbs of `orrery baseline` share.
struct BaselineOptions: ParsableArguments {
    @Argument(
        help: ArgumentHelp(
            "YAML files, or folders that hold scenario.yaml; if none is named, all that have a baseline.",
            valueName: "scenario"))
    var scenarios: [String] = []

    @Option(help: ArgumentHelp("The folder that holds the baselines.", valueName: "folder"))
    var folder = "Reports/baselines"

    @Option(help: ArgumentHelp("How many seeds every variant is run with.", valueName: "count"))
    var seeds: Int?

    @Option(help: ArgumentHelp("The first seed.", valueName: "seed"))
    var seedBase: UInt64?

    @Option(
        help: ArgumentHelp(
            "Set a value of the scenario, for instance system.workers.count=8. Repeatable.", valueName: "path=value"))
    var set: [String] = []

    @OptionGroup var running: JobOptions
    @OptionGroup var keeping: StoreOptions

    @Option(help: "How to show progress on standard error: auto (a bar on a terminal), plain (lines), none.")
    var progress: ProgressBar.Style = .auto

    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    @Flag(help: "No colours, even on a terminal.")
    var noColor = false

    /// Stops on values that no run can have, and on what is named twice.
    func validate() throws {
        if let seeds, !(1...100_000).contains(seeds) {
            throw ValidationError("--seeds \(seeds) is out of range: at least 1 and at most 100000")
        }
        if let seedBase, seedBase > ReplicationOptions.seedLimit - UInt64(seeds ?? 100_000) {
            throw ValidationError("--seed-base \(seedBase) goes beyond \(ReplicationOptions.seedLimit)")
        }
        if folder.isEmpty { throw ValidationError("--folder: the name of the folder is empty") }
        try keeping.check()
    }

    /// The seeds of a scenario, where no baseline says which.
    func seeds(for scenario: Scenario) -> [UInt64] {
        let base = seedBase ?? scenario.seedBase
        return (0..<UInt64(seeds ?? scenario.seedCount)).map { base + $0 }
    }

    /// The scenarios with the files of their baselines; two that share a file are refused.
    func named() throws -> [(scenario: ScenarioFile, path: String, file: String)] {
        let folder = BaselineFolder(path: folder)
        let found = try scenarios.map { argument in
            let scenario = try ScenarioFile(argument: argument)
            return (scenario: scenario, path: argument, file: folder.file(for: scenario))
        }
        for (index, one) in found.enumerated() {
            if let other = found[..<index].first(where: { $0.file == one.file }) {
                throw CommandFailure(
                    status: .usage,
                    message: "\(other.path) and \(one.path) share the baseline \(one.file); name one of them")
            }
        }
        return found
    }

    /// The scenarios that have a baseline, or those that were named, as they are run to be compared.
    ///
    /// With `adopting` the command's seeds replace those of the baseline, and its settings join them.
    func stored(adopting: Bool = false) throws -> [BaselineRun] {
        let folder = BaselineFolder(path: folder)
        let entries =
            scenarios.isEmpty
            ? try folder.files().map { (scenario: ScenarioFile?.none, path: "", file: $0) }
            : try named().map { (scenario: ScenarioFile?.some($0.scenario), path: $0.path, file: $0.file) }
        return try entries.map { entry in
            let baseline = try BaselineFolder.load(entry.file)
            let run = try BaselineRun(
                entry.scenario ?? ScenarioFile(argument: baseline.path),
                path: entry.scenario == nil ? baseline.path : entry.path, file: entry.file,
                settings: baseline.settings + (adopting ? set : []), more: adopting ? [] : set,
                seeds: { _ in
                    let base = seedBase ?? baseline.seedBase
                    return (0..<UInt64(seeds ?? baseline.seedCount)).map { base + $0 }
                }, questions: baseline.capacities.map(BaselineRun.Question.init), baseline: baseline)
            if !adopting { try run.checkComparable() }
            return run
        }
    }

    /// Runs one scenario after the other and hands over what was measured; false if it was interrupted.
    func measure(
        _ runs: [BaselineRun], _ interruption: Interruption, then: (BaselineRun, GateMeasurement) throws -> Void
    ) async throws -> Bool {
        let archive = try keeping.open(isUsual: false).map { RunArchive([$0]) }
        for run in runs {
            if interruption.isRaised { return false }
            if !quiet { Terminal.narrate("\(run.path): \(run.experiment.runCount) runs\n") }
            let bar = ProgressBar(style: quiet ? .none : progress, runs: run.experiment.runCount)
            defer { bar.finish() }
            let replicator = running.replicator(archive, interruption, bar)
            guard let measurement = try await run.experiment.run(with: replicator) else { return false }
            bar.finish()
            try then(run, measurement)
        }
        return true
    }
}

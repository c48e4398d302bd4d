import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryReport
import OrreryScenario

/// `orrery run`: simulate every variant with every seed, say what happened, and write what is asked for.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Simulate every variant of a scenario; verdict; files with -o.",
        discussion: """
            Exit codes: 0 passed, 97 invalid, 99 thresholds broken, 64 usage, 65 bad scenario, 66 no such scenario, 73 cannot \
            write, 130 interrupted. See orrery explain exit-codes.
            """)

    @Argument(help: ArgumentHelp("YAML files, or folders that hold scenario.yaml.", valueName: "scenario"))
    var scenarios: [String]

    @OptionGroup var replication: ReplicationOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        try replication.check()
        try output.check(scenarioCount: scenarios.count)
    }

    func run() async throws {
        let loaded = try ScenarioLoader.load(
            scenarios, overrides: replication.overrides(), variants: replication.variant)
        for (_, scenario) in loaded { try replication.checkSeeds(of: scenario) }
        let targets = try loaded.map { try output.targets(for: $0.file.name) }
        try OutputOptions.checkDistinct(Array(targets.joined()), from: loaded.map(\.file.path))
        if replication.dryRun {
            for (_, scenario) in loaded { try Terminal.print(replication.plan(for: scenario)) }
            return
        }
        for target in targets.joined() { try target.checkWritable() }
        let interruption = Interruption()
        var statuses: [ExitStatus] = []
        for (index, (file, scenario)) in loaded.enumerated() where !interruption.isRaised {
            let experiment = Experiment(
                scenario: scenario, seeds: replication.seeds(for: scenario),
                command: replication.command(for: scenarios[index], scenario: scenario))
            let result = await simulate(experiment, interruption)
            try output.emit(result, targets: targets[index], name: file.name)
            statuses.append(ExitStatus(result.verdict.outcome))
        }
        if let status = interruption.status ?? statuses.max(by: { $0.severity < $1.severity }), status != .passed {
            throw status.code
        }
    }

    private func simulate(_ experiment: Experiment, _ interruption: Interruption) async -> ExperimentResult {
        let bar = ProgressBar(style: output.quiet ? .none : output.progress, runs: experiment.replications.count)
        let before = Effort.soFar
        let started = Date()
        let replicator = Replicator(
            jobs: replication.jobs, shouldStop: { interruption.isRaised },
            shouldAbandon: { interruption.isUrgent }, progress: { bar.update(run: $0, share: $1) })
        let result = await experiment.run(with: replicator)
        bar.finish()
        if !output.quiet {
            Terminal.narrate(
                Narration.effort(result, from: before, to: .soFar, elapsed: Date().timeIntervalSince(started)))
        }
        return result
    }
}

extension ProgressBar.Style: ExpressibleByArgument {}

extension ExitStatus {
    /// The status of a verdict.
    fileprivate init(_ outcome: ExperimentResult.Outcome) {
        switch outcome {
        case .passed: self = .passed
        case .failed: self = .thresholdsBroken
        case .invalid: self = .invalid
        }
    }

    /// Of several scenarios' statuses, the most severe is the command's.
    fileprivate var severity: Int {
        switch self {
        case .passed: 0
        case .invalid: 1
        default: 2
        }
    }
}

import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryModel
import OrreryReport
import OrreryScenario

/// `orrery sweep`: simulate every point of a sweep, and say where the network holds and how it scales.
struct SweepCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "sweep", abstract: "Simulate all points of a sweep; where the thresholds hold; scaling curve.",
        discussion: """
            The points are those of the scenario's section sweep, or of --sweep. Exit codes: 0 every point was judged, whatever \
            breaks where; 97 a point could not be judged; 64 usage, 65 bad scenario, 66 no such scenario, 73 cannot write, 130 \
            interrupted, with the points that were finished. See orrery explain exit-codes.
            """)

    @Argument(help: ArgumentHelp("A YAML file, or a folder that holds scenario.yaml.", valueName: "scenario"))
    var scenario: String

    @Option(
        help: ArgumentHelp(
            "Sweep this parameter instead of what the scenario says: 'system.workers.count=5..40 step 5', '…=1..1000 times 10', '…=[5, 9]', or 'constraints=…'. Repeatable: a grid.",
            valueName: "path=values"))
    var sweep: [String] = []

    @OptionGroup var replication: ReplicationOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var keeping: StoreOptions
    @OptionGroup var sharding: ShardOptions

    func validate() throws {
        try replication.check()
        try output.check(scenarioCount: 1)
        try keeping.check()
        try sharding.check(scenarioCount: 1, output)
    }

    func run() async throws {
        let file = try ScenarioFile(argument: scenario)
        let options = try Override.parse(sweep, option: "--sweep", example: "system.workers.count=5..40 step 5")
        let decoded = try file.decodeSweep(
            overrides: replication.overrides(), options: options, optionName: "--sweep", variants: replication.variant)
        let thresholds = decoded.points.flatMap(\.variants).flatMap(\.thresholds)
        if let threshold = BaselineFile.firstThatNeedsOne(thresholds) {
            throw CommandFailure(
                status: .usage,
                message: "'\(threshold.metric): \(threshold.text)' compares with a stored result, which no point of a "
                    + "sweep has; state a number, or compare with orrery run --baseline")
        }
        try replication.checkSeeds(of: decoded.scenario)
        let targets = try output.targets(for: file.name)
        try OutputOptions.checkDistinct(targets, from: [file.path])
        let experiment = SweepExperiment(
            sweep: decoded, seeds: replication.seeds(for: decoded.scenario),
            command: replication.command(
                "sweep", for: scenario, scenario: decoded.scenario, and: sweep.flatMap { ["--sweep", $0] }))
        if replication.dryRun { return try Terminal.print(plan(of: experiment)) }
        for target in targets { try target.checkWritable() }
        let interruption = Interruption()
        let store = try keeping.open(isUsual: true)
        if let shard = sharding.part {
            return try await ShardRun(
                replication: replication, output: output, sharding: sharding, interruption: interruption
            ).make(
                shard, of: .sweep(experiment), from: file, overrides: try replication.overrides(), options: options,
                keepingIn: store)
        }
        let archive = store.map { RunArchive([$0]) }
        let bar = ProgressBar(style: output.quiet ? .none : output.progress, runs: experiment.runCount)
        defer { bar.finish() }
        let (before, started) = (Effort.soFar, Date())
        let result = try await experiment.run(with: replication.running.replicator(archive, interruption, bar))
        bar.finish()
        if !output.quiet {
            let runs = result.variants.flatMap(\.points).reduce(0) { $0 + $1.replications + $1.overwhelmed }
            let elapsed = Date().timeIntervalSince(started)
            Terminal.narrate(
                Narration.effort(
                    runs: runs, kept: archive?.foundCount ?? 0, from: before, to: .soFar, elapsed: elapsed))
        }
        try output.emit(result, targets: targets, name: file.name)
        if let status = interruption.status { throw status.code }
        if result.verdict.outcome != .passed { throw ExitStatus.invalid.code }
    }

    /// What a sweep would do, in words.
    private func plan(of experiment: SweepExperiment) -> String {
        let (points, variants, seeds) = (
            experiment.sweep.points.count, experiment.sweep.points[0].variants.count, experiment.seeds.count
        )
        let heading =
            "\(experiment.sweep.scenario.name): \(experiment.runCount) runs: \(points) points × \(variants) variants × "
            + "\(seeds) seeds, \(replication.running.jobs) at a time"
        return ([heading] + experiment.sweep.points.map { "  " + $0.text }).joined(separator: "\n")
    }
}

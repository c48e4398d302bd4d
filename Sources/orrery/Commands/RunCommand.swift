import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryReport
import OrreryScenario
import OrreryStore

/// `orrery run`: simulate every variant with every seed, say what happened, and write what is asked for.
struct RunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "run", abstract: "Simulate every variant of a scenario; verdict; files with -o.",
        discussion: """
            Exit codes: 0 passed, 97 invalid or inconclusive, 99 thresholds broken, 64 usage, 65 bad scenario, 66 no such scenario, 73 cannot \
            write, 130 interrupted. See orrery explain exit-codes.
            """)

    @Argument(help: ArgumentHelp("YAML files, or folders that hold scenario.yaml.", valueName: "scenario"))
    var scenarios: [String]

    @Option(
        help: ArgumentHelp(
            "A stored result (JSON) with which thresholds such as 'mean <= @baseline + 5%' compare.",
            valueName: "result"))
    var baseline: String?

    @Flag(
        help: ArgumentHelp(
            "Run variants in trouble once more for each of their capacities, made a quarter better, and rank them.",
            discussion: "That takes as many runs as there are capacities, times the seeds; --dry-run says how many."))
    var relief = false

    @OptionGroup var replication: ReplicationOptions
    @OptionGroup var adaptive: PrecisionOptions
    @OptionGroup var output: OutputOptions
    @OptionGroup var keeping: StoreOptions
    @OptionGroup var sharding: ShardOptions

    func validate() throws {
        try replication.check()
        try output.check(scenarioCount: scenarios.count)
        try keeping.check()
        try sharding.check(scenarioCount: scenarios.count, output)
        if sharding.shard != nil && baseline != nil {
            throw ValidationError("a shard judges nothing; name the --baseline to orrery merge")
        }
        if sharding.shard != nil && relief {
            throw ValidationError("a shard judges nothing, so it cannot know whom --relief would help")
        }
        try adaptive.check(replication, isSharded: sharding.part != nil)
    }

    func run() async throws {
        let loaded = try ScenarioLoader.load(scenarios, overrides: overrides(), variants: replication.variant)
        for (_, scenario) in loaded {
            try replication.checkSeeds(
                of: scenario, atMost: adaptive.rule(firstSeeds: replication.count(for: scenario)))
        }
        // A shard judges nothing; whoever merges does.
        let stored = sharding.part == nil ? try BaselineFile.load(baseline, for: loaded.map(\.scenario)) : nil
        for (index, loaded) in loaded.enumerated() {
            _ = try BaselineFile.experiment(
                replication.experiment(loaded.scenario, from: scenarios[index], adaptive), path: baseline, stored)
        }
        let targets = try loaded.map { try output.targets(for: $0.file.name) }
        try OutputOptions.checkDistinct(Array(targets.joined()), from: loaded.map(\.file.path))
        if replication.dryRun {
            for (_, scenario) in loaded {
                var more = try adaptive.plan(for: scenario, replication)
                if relief {
                    let runs =
                        scenario.variants.reduce(0) { $0 + $1.capacities.count } * replication.count(for: scenario)
                    more.append(
                        "  --relief: at most \(runs) runs more, one for each capacity and seed of variants in trouble")
                }
                try Terminal.print(replication.plan(for: scenario, and: more))
            }
            return
        }
        for target in targets.joined() { try target.checkWritable() }
        let interruption = Interruption()
        let store = try keeping.open(isUsual: false)
        if let shard = sharding.part {
            let experiment = try replication.experiment(loaded[0].scenario, from: scenarios[0], adaptive)
            return try await ShardRun(
                replication: replication, output: output, sharding: sharding, interruption: interruption
            ).make(
                shard, of: .run(experiment), from: loaded[0].file, overrides: try overrides(), keepingIn: store)
        }
        let archive = store.map { RunArchive([$0]) }
        var statuses: [ExitStatus] = []
        for (index, loaded) in loaded.enumerated() where !interruption.isRaised {
            let pilot = replication.running.replicator(nil, interruption, ProgressBar(style: .none, runs: 0))
            guard let scenario = try await adaptive.settled(loaded, overrides(), replication, with: pilot) else {
                statuses.append(.invalid)
                continue
            }
            var experiment = try BaselineFile.experiment(
                replication.experiment(scenario, from: scenarios[index], adaptive), path: baseline, stored)
            if relief { experiment = experiment.askingForRelief(words: "--relief") }
            let result = try await simulate(experiment, archive, interruption)
            try output.emit(result, targets: targets[index], name: loaded.file.name)
            statuses.append(ExitStatus(result.verdict.outcome))
        }
        if let status = interruption.status ?? statuses.max(by: { $0.severity < $1.severity }), status != .passed {
            throw status.code
        }
    }

    private func overrides() throws -> [Override] {
        try replication.overrides() + Override.parse(adaptive.overrides)
    }

    private func simulate(
        _ experiment: Experiment, _ archive: RunArchive?, _ interruption: Interruption
    ) async throws -> ExperimentResult {
        let bar = ProgressBar(style: output.quiet ? .none : output.progress, runs: experiment.runsMax)
        defer { bar.finish() }
        let (before, keptBefore) = (Effort.soFar, archive?.foundCount ?? 0)
        let started = Date()
        let result = try await experiment.run(with: replication.running.replicator(archive, interruption, bar))
        bar.finish()
        if !output.quiet {
            let found = (archive?.foundCount ?? 0) - keptBefore
            if found > 0 {
                let runs = result.seeds.count * result.variants.count
                Terminal.narrate("\(found) of \(runs) runs were kept from before")
            } else {
                Terminal.narrate(
                    Narration.effort(result, from: before, to: .soFar, elapsed: Date().timeIntervalSince(started)))
            }
        }
        return result
    }
}

extension ProgressBar.Style: ExpressibleByArgument {}

extension ExitStatus {
    /// The status of a verdict.
    init(_ outcome: ExperimentResult.Outcome) {
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

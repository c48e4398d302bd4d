import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryStore

/// `orrery merge`: the result of an experiment whose runs were divided among several processes.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Put together what --shard k/n has divided; the bytes of the whole run.",
        discussion: """
            The shards are those of orrery run or sweep SCENARIO --shard k/n -o shard=FILE, all of them, in any order. Nothing is \
            run: what is missing is named.

            Exit codes: those of the whole command; 65 for shards that do not go together.
            """)

    @Argument(help: ArgumentHelp("The shard files.", valueName: "shard"))
    var shards: [String]

    @Option(
        help: ArgumentHelp(
            "A stored result (JSON) with which thresholds compare, as orrery run --baseline does.", valueName: "result")
    )
    var baseline: String?

    @OptionGroup var output: OutputOptions

    func validate() throws {
        try output.check(scenarioCount: 1)
        try output.checkNoShards()
    }

    func run() async throws {
        let merge: ShardMerge
        do {
            merge = try ShardMerge(of: try shards.map { try RunStore(at: $0, for: .reading) })
        } catch let error as ShardError {
            throw CommandFailure(status: .badInput, message: error.description)
        }
        let experiment = try judged(merge.experiment)
        let targets = try output.targets(for: merge.name)
        try OutputOptions.checkDistinct(targets, from: shards)
        for target in targets { try target.checkWritable() }
        let jobs = ProcessInfo.processInfo.activeProcessorCount
        let replicator = Replicator(jobs: jobs, archive: merge.archive)
        switch experiment {
        case .run(let experiment):
            let result = try await experiment.run(with: replicator)
            try output.emit(result, targets: targets, name: merge.name)
            let status = ExitStatus(result.verdict.outcome)
            if status != .passed { throw status.code }
        case .sweep(let experiment):
            let result = try await experiment.run(with: replicator)
            try output.emit(result, targets: targets, name: merge.name)
            if result.verdict.outcome != .passed { throw ExitStatus.invalid.code }
        }
    }

    /// The experiment, comparing with the baseline that is named.
    private func judged(_ experiment: DividedExperiment) throws -> DividedExperiment {
        switch experiment {
        case .run(let runs):
            let stored = try BaselineFile.load(baseline, for: [runs.scenario])
            return .run(try BaselineFile.experiment(runs, path: baseline, stored))
        case .sweep:
            guard baseline == nil else {
                throw CommandFailure(status: .usage, message: "--baseline goes with runs, and these are of a sweep")
            }
            return experiment
        }
    }
}

import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryStore

/// `orrery merge`: the result of an experiment whose runs were divided among several processes.
struct MergeCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "merge", abstract: "Put together what --shard k/n has divided; the bytes of the whole run.",
        discussion: """
            The shards are those of orrery run SCENARIO --shard k/n -o shard=FILE, all of them, in any order. Nothing is \
            run: what is missing is named.

            Exit codes: those of orrery run for the whole result; 65 for shards that do not go together.
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
        let stored = try BaselineFile.load(baseline, for: [merge.experiment.scenario])
        let experiment = try BaselineFile.experiment(merge.experiment, path: baseline, stored)
        let targets = try output.targets(for: merge.name)
        try OutputOptions.checkDistinct(targets, from: shards)
        for target in targets { try target.checkWritable() }
        let jobs = ProcessInfo.processInfo.activeProcessorCount
        let result = try await experiment.run(with: Replicator(jobs: jobs, archive: merge.archive))
        try output.emit(result, targets: targets, name: merge.name)
        let status = ExitStatus(result.verdict.outcome)
        if status != .passed { throw status.code }
    }
}

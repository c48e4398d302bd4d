import Foundation
import OrreryExperiment
import OrreryScenario
import OrreryStore

/// The runs of one part of an experiment, made and kept in a file for `orrery merge`.
struct ShardRun {
    let replication: ReplicationOptions
    let output: OutputOptions
    let sharding: ShardOptions
    let interruption: Interruption

    /// Makes the part of an experiment that was decoded with these overrides; the options are those that say what is
    /// swept.
    func make(
        _ shard: Shard, of experiment: DividedExperiment, from scenario: ScenarioFile, overrides: [Override],
        options: [Override] = [], keepingIn store: RunStore?
    ) async throws {
        let manifest = ShardManifest(
            shard, of: experiment, name: scenario.name, scenario: try scenario.text(),
            overrides: overrides, options: options)
        let path = sharding.path(for: manifest, output)
        let file = try ShardOptions.open(path, for: manifest, besides: [scenario.path, store?.path])
        let part = shard.part(of: experiment.replications)
        let bar = ProgressBar(style: output.quiet ? .none : output.progress, runs: part.count)
        defer { bar.finish() }
        var finished = 0
        let archive = RunArchive([file] + (store.map { [$0] } ?? []))
        try await replication.running.replicator(archive, interruption, bar).run(part) { _, outcome in
            if outcome != .abandoned { finished += 1 }
        }
        bar.finish()
        try Terminal.print("shard \(shard) of \(manifest.name): \(finished) of \(part.count) runs are in \(path)")
        if let status = interruption.status { throw status.code }
    }
}

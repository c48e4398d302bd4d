import Foundation
public import OrreryScenario
public import OrreryStore

/// What a shard file holds besides its runs: all that makes the experiment again.
public struct ShardManifest: Codable, Equatable, Sendable {
    /// Which part of the runs the file is for.
    public let shard: Shard
    /// The program that makes the runs, as ``ProgramBuild/current`` tells it.
    public let build: String
    /// The name for outputs.
    public let name: String
    /// The text of the scenario file.
    public let scenario: String
    /// The texts of the overrides, in their order.
    public let overrides: [String]
    /// Whether it is a sweep.
    public let isSweep: Bool
    /// The texts of the options that say what is swept; none if the scenario says it.
    public let options: [String]
    /// The variants that are run, in the scenario's order.
    public let variants: [String]
    /// The seeds.
    public let seeds: [UInt64]
    /// The command that makes the whole result.
    public let command: String

    /// The name under which a store keeps it.
    private static let note = "shard"

    /// The manifest of a part of an experiment, which was made of this text with these overrides.
    public init(
        _ shard: Shard, of experiment: DividedExperiment, name: String, scenario: String, overrides: [Override],
        options: [Override] = [], build: String = ProgramBuild.current
    ) {
        self.shard = shard
        self.build = build
        self.name = name
        self.scenario = scenario
        self.overrides = overrides.map(\.text)
        self.options = options.map(\.text)
        if case .sweep = experiment { isSweep = true } else { isSweep = false }
        variants = experiment.variants
        seeds = experiment.seeds
        command = experiment.command
    }

    /// The manifest of a shard file; nil if a store is none.
    public init?(in store: RunStore) throws(RunStoreError) {
        guard let note = try store.note(ShardManifest.note) else { return nil }
        self = try ShardManifest.decoded(note, in: store)
    }

    /// Puts it into a new shard file, unless there is one already; says which one is there.
    public func keep(in store: RunStore) throws(RunStoreError) -> ShardManifest {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys]
        guard let text = try? encoder.encode(self) else { return self }
        return try ShardManifest.decoded(try store.keepNote(text, ShardManifest.note), in: store)
    }

    /// The experiment whose runs are in the shards.
    public func experiment() throws(ScenarioFaults) -> DividedExperiment {
        let overrides = overrides.compactMap { Override($0) }
        if isSweep {
            let sweep = try Sweep.decode(
                scenario, file: name, overrides: overrides, options: options.compactMap { Override($0) },
                variants: variants)
            return .sweep(SweepExperiment(sweep: sweep, seeds: seeds, command: command))
        }
        var decoded = try Scenario.decode(scenario, file: name, overrides: overrides)
        decoded.variants = decoded.variants.filter { variants.contains($0.name) }
        return .run(Experiment(scenario: decoded, seeds: seeds, command: command))
    }

    /// What it does not have in common with the manifest of another shard, in words; nil if they go together.
    public func difference(from other: ShardManifest) -> String? {
        if scenario != other.scenario { return "another scenario file" }
        if overrides != other.overrides { return "other values set by --set or --duration" }
        if isSweep != other.isSweep { return isSweep ? "a sweep" : "runs without a sweep" }
        if options != other.options { return "another sweep" }
        if variants != other.variants { return "other variants" }
        if seeds != other.seeds { return "other seeds" }
        if shard.count != other.shard.count { return "a division into \(shard.count) parts, not \(other.shard.count)" }
        if build != other.build {
            return "another program: \(ProgramBuild.shortName(build)), not \(ProgramBuild.shortName(other.build))"
        }
        if name != other.name || command != other.command { return "another command: \(command)" }
        return nil
    }

    private static func decoded(_ note: Data, in store: RunStore) throws(RunStoreError) -> ShardManifest {
        do {
            return try JSONDecoder().decode(ShardManifest.self, from: note)
        } catch {
            throw .damaged(path: store.path, detail: "what it says of itself as a shard cannot be read")
        }
    }
}

import ArgumentParser
import OrreryExperiment
import OrreryStore

/// The option that divides the runs of an experiment among processes.
struct ShardOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Make only every n-th run, from the k-th on, and write them with -o shard=FILE; orrery merge puts them together.",
            valueName: "k/n"))
    var shard: String?

    /// The part to make; nil for the whole.
    var part: Shard? { shard.flatMap { Shard($0) } }

    /// Stops on a part that there cannot be, and on outputs that do not go with one.
    func check(scenarioCount: Int, _ output: OutputOptions) throws {
        guard let shard else { return try output.checkNoShards() }
        guard part != nil else {
            throw ValidationError(
                "--shard \(shard) is no part of a whole: 2/4 is the second of four, of at most \(Shard.limit)")
        }
        if scenarioCount > 1 { throw ValidationError("--shard divides one scenario, not \(scenarioCount)") }
        if output.wantsReports {
            throw ValidationError(
                "a shard is no whole result; write -o shard=FILE alone, and reports with orrery merge")
        }
        let count = output.shards.count
        if count != 1 { throw ValidationError("--shard \(shard) goes with one -o shard=FILE, not \(count)") }
        if output.shards.first == OutputOptions.shardKind + "=" {
            throw ValidationError("-o \(OutputOptions.shardKind)=: the path is empty")
        }
    }

    /// The file that `-o shard` names, or the usual one.
    func path(for manifest: ShardManifest, _ output: OutputOptions) -> String {
        let named = output.shards.first.flatMap { $0.split(separator: "=", maxSplits: 1).dropFirst().first }
        return named.map(String.init) ?? "\(manifest.name).\(manifest.shard.number)-of-\(manifest.shard.count).shard"
    }

    /// The shard's file: a new one, or one that was begun for the very same part.
    static func open(_ path: String, for manifest: ShardManifest, besides others: [String?]) throws -> RunStore {
        if let other = others.compactMap(\.self).first(where: { OutputFile.isSame($0, path) }) {
            throw CommandFailure(
                status: .usage, message: "\(other) and \(path) are the same file; give the shard a path of its own")
        }
        try OutputFile.checkWritable(path)
        let store = try RunStore(at: path)
        guard try ShardManifest(in: store) != nil || store.contents().builds.isEmpty else {
            throw CommandFailure(
                status: .badInput, message: "\(path) is a store of finished runs and no shard; name another file")
        }
        let kept = try manifest.keep(in: store)
        guard kept == manifest else {
            let difference = kept.difference(from: manifest) ?? "part \(kept.shard)"
            throw CommandFailure(
                status: .badInput,
                message: "\(path) is a shard of something else: it has \(difference); name another file, or delete it")
        }
        return store
    }
}

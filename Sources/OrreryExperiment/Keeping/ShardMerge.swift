import OrreryScenario
public import OrreryStore

/// Several shard files that together hold every run of an experiment.
public struct ShardMerge {
    /// The experiment that was divided.
    public let experiment: DividedExperiment
    /// The name for outputs.
    public let name: String
    /// All runs of it, so that a replicator that asks it runs nothing.
    public let archive: RunArchive

    /// A file and what it says of itself.
    private typealias Part = (store: RunStore, manifest: ShardManifest)

    /// Puts shards together, in any order.
    ///
    /// All must be there, once, complete, and of the same experiment, made by this very program.
    public init(of stores: [RunStore]) throws {
        let parts = try stores.map { store -> Part in
            guard let manifest = try ShardManifest(in: store) else { throw ShardError.noShard(path: store.path) }
            return (store, manifest)
        }
        guard let first = parts.first else { throw ShardError.missing(numbers: [1], count: 1) }
        try ShardMerge.check(parts, against: first)
        experiment = try first.manifest.experiment()
        name = first.manifest.name
        archive = RunArchive(stores)
        for part in parts { try ShardMerge.checkComplete(part, of: experiment) }
    }

    private static func check(_ parts: [Part], against first: Part) throws(ShardError) {
        if first.manifest.build != ProgramBuild.current {
            throw .otherProgram(path: first.store.path, build: first.manifest.build)
        }
        for (index, part) in parts.enumerated() {
            if let difference = part.manifest.difference(from: first.manifest) {
                throw .different(path: part.store.path, other: first.store.path, difference: difference)
            }
            if let twin = parts[..<index].first(where: { $0.manifest.shard == part.manifest.shard }) {
                throw .twice(paths: [twin.store.path, part.store.path], shard: part.manifest.shard)
            }
        }
        let count = first.manifest.shard.count
        let numbers = parts.map(\.manifest.shard.number)
        let missing = (1...count).filter { !numbers.contains($0) }
        if !missing.isEmpty { throw .missing(numbers: missing, count: count) }
    }

    private static func checkComplete(_ part: Part, of experiment: DividedExperiment) throws {
        let archive = RunArchive([part.store])
        let runs = part.manifest.shard.part(of: experiment.replications)
        let missing = try runs.filter { try !archive.holds($0) }
        guard missing.isEmpty else {
            throw ShardError.incomplete(
                path: part.store.path, shard: part.manifest.shard, missing: missing.count, planned: runs.count)
        }
    }
}

/// Why shards cannot be merged.
public enum ShardError: Error, Equatable, CustomStringConvertible {
    /// A store that is no part of anything.
    case noShard(path: String)
    /// It was made by another program than this one.
    case otherProgram(path: String, build: String)
    /// It belongs to another experiment than the first one.
    case different(path: String, other: String, difference: String)
    /// Two files are for the same part.
    case twice(paths: [String], shard: Shard)
    /// No file is for these parts.
    case missing(numbers: [Int], count: Int)
    /// Some runs of it were never finished.
    case incomplete(path: String, shard: Shard, missing: Int, planned: Int)

    /// What is wrong and what to do about it.
    public var description: String {
        switch self {
        case .noShard(let path):
            "\(path) keeps runs, but is no shard of an experiment; --shard k/n -o shard=FILE makes one"
        case .otherProgram(let path, let build):
            "\(path) was made by \(ProgramBuild.shortName(build)), and this is "
                + "\(ProgramBuild.shortName(ProgramBuild.current)); merge with the program that made it"
        case .different(let path, let other, let difference):
            "\(path) does not go with \(other): it has \(difference)"
        case .twice(let paths, let shard):
            "\(paths.joined(separator: " and ")) are both shard \(shard)"
        case .missing(let numbers, let count):
            "of \(count) shards \(ShardError.listed(numbers)) \(numbers.count == 1 ? "is" : "are") missing; "
                + "name \(numbers.count == 1 ? "it" : "them") too"
        case .incomplete(let path, let shard, let missing, let planned):
            "\(path) lacks \(missing) of the \(planned) runs of shard \(shard); "
                + "run the same command with --shard \(shard) once more, and it goes on from there"
        }
    }

    private static func listed(_ numbers: [Int]) -> String {
        let shown = numbers.prefix(8).map(String.init).joined(separator: ", ")
        return numbers.count > 8 ? shown + ", …" : shown
    }
}

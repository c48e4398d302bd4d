import Foundation
import OrreryKernel
public import OrreryStore
import Synchronization

/// The stores that a replicator asks before it runs something, and tells afterwards.
///
/// A run is a pure function of its plan, its seed and the program, so what comes out of a store is what a run would
/// have given; results never depend on what was found.
public final class RunArchive: Sendable {
    private let stores: [RunStore]
    private let build: String
    private let found = Atomic(0)

    /// An archive; what is in one store counts for all of them.
    public init(_ stores: [RunStore], build: String = ProgramBuild.current) {
        self.stores = stores
        self.build = build
    }

    /// How many runs were found in it so far.
    public var foundCount: Int { found.load(ordering: .relaxed) }

    /// Whether the outcome of a run is kept.
    public func holds(_ replication: Replication) throws(RunStoreError) -> Bool {
        guard let key = key(of: replication) else { return false }
        for store in stores where try store.record(of: key) != nil { return true }
        return false
    }

    /// What became of a run; nil if nobody has kept it.
    func outcome(of replication: Replication) throws(RunStoreError) -> RunOutcome? {
        guard let key = key(of: replication) else { return nil }
        for store in stores {
            guard let bytes = try store.record(of: key) else { continue }
            for other in stores where other !== store && other.purpose == .keeping { try other.keep(bytes, of: key) }
            found.add(1, ordering: .relaxed)
            return try decoded(bytes, key, from: store)
        }
        return nil
    }

    /// Keeps what became of a run, in every store.
    func keep(_ outcome: RunOutcome, of replication: Replication) throws(RunStoreError) {
        guard let key = key(of: replication), outcome != .abandoned else { return }
        for store in stores where store.purpose == .keeping {
            let bytes: Data
            do {
                bytes = try outcome.encoded()
            } catch {
                violation("the run with seed \(replication.seed) cannot be written: \(error)")
            }
            let kept = try store.keep(bytes, of: key)
            // Other versions of Foundation may write the same outcome in another order.
            if kept != bytes, try decoded(kept, key, from: store) != outcome {
                throw .contradicted(path: store.path, key: key)
            }
        }
    }

    /// The key of a run; nil for one that is no pure function of plan and seed.
    private func key(of replication: Replication) -> RunKey? {
        guard replication.tieSeed == nil, let digest = replication.planDigest else { return nil }
        return RunKey(plan: digest, seed: replication.seed, build: build)
    }

    private func decoded(_ bytes: Data, _ key: RunKey, from store: RunStore) throws(RunStoreError) -> RunOutcome {
        do {
            return try RunOutcome(encoded: bytes)
        } catch {
            throw .damaged(path: store.path, detail: "the run with seed \(key.seed) cannot be read: \(error)")
        }
    }
}

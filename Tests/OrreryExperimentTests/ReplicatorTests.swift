import OrreryDiagnosis
import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryTestSupport
import Synchronization
import Testing

@Suite("Replications run on all cores and merge in seed order")
struct ReplicatorTests {
    /// Runs of very different lengths, so that they do not finish in the order in which they start.
    private var list: [Replication] {
        (0..<40).map { index in
            let plan = Plans.station(
                interarrival: .exponential(mean: 1), service: .exponential(mean: 0.5),
                duration: .seconds(index.isMultiple(of: 5) ? 200_000 : 100))
            return Replication(variant: 0, plan: plan, seed: UInt64(index))
        }
    }

    @Test(
        "whatever the number of jobs, the recordings come in the order of the list and are the same",
        arguments: [1, 2, 7, 64])
    func order(jobs: Int) async throws {
        var seeds: [UInt64] = []
        var digest = Fingerprint()
        try await Replicator(jobs: jobs).run(list) { replication, outcome in
            guard case .finished(let record) = outcome else { return }
            #expect(replication.seed == record.seed)
            seeds.append(record.seed)
            digest.absorb(record.fingerprint)
        }
        #expect(seeds == (0..<40).map(UInt64.init))
        var expected = Fingerprint()
        for replication in list { expected.absorb(Network.run(replication.plan, seed: replication.seed).fingerprint) }
        #expect(digest == expected)
    }

    @Test("a stop lets the runs under way finish and starts no other; what comes is a beginning of the list")
    func stop() async throws {
        let started = Mutex(Set<Int>())
        let replicator = Replicator(
            jobs: 2, shouldStop: { started.withLock { $0.count } >= 5 },
            progress: { index, _ in _ = started.withLock { $0.insert(index) } })
        var seeds: [UInt64] = []
        try await replicator.run(list) { replication, _ in seeds.append(replication.seed) }
        #expect(seeds.count >= 5 && seeds.count < 12)
        #expect(seeds == (0..<UInt64(seeds.count)).map { $0 })
        #expect(started.withLock { $0.count } == seeds.count)
    }

    @Test("runs under way are given up when asked, and said to be so")
    func abandon() async throws {
        let calls = Mutex(0)
        let replicator = Replicator(
            jobs: 1,
            shouldAbandon: {
                calls.withLock { calls in
                    calls += 1
                    return calls > 3
                }
            })
        var abandoned = 0
        try await replicator.run(Array(list.prefix(1))) { _, outcome in
            if case .abandoned = outcome { abandoned += 1 }
        }
        #expect(abandoned == 1 && calls.withLock { $0 } == 4)
    }

    @Test("progress of every run ends at one")
    func progress() async throws {
        let shares = Mutex([Int: Double]())
        let replicator = Replicator(jobs: 2, progress: { index, share in shares.withLock { $0[index] = share } })
        try await replicator.run(Array(list.prefix(8))) { _, _ in }
        #expect(shares.withLock { $0.count } == 8)
        #expect(shares.withLock { $0.values.allSatisfy { $0 == 1 } })
    }
}

import Foundation
import OrreryKernel
import OrreryModel
import OrreryStore
import OrreryTestSupport
import Testing

@testable import OrreryExperiment

@Suite("An archive of runs")
struct RunArchiveTests {
    private let folder: URL

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "orrery-archive-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    }

    private func store(_ name: String, for purpose: RunStore.Purpose = .keeping) throws -> RunStore {
        try RunStore(at: folder.appending(path: name).path, for: purpose)
    }

    private static let plan = Plans.station(
        interarrival: .exponential(mean: 1), service: .exponential(mean: 0.5), duration: .seconds(100))

    /// A run of the station, under a digest that stands for its plan.
    private func replication(_ seed: UInt64, digest: String? = "station", tieSeed: UInt64? = nil) -> Replication {
        Replication(
            variant: 0, plan: RunArchiveTests.plan, planDigest: digest, seed: seed, tieSeed: tieSeed)
    }

    private func outcome(_ seed: UInt64) -> RunOutcome {
        RunOutcome(Run(RunArchiveTests.plan, seed: seed).outcome())
    }

    @Test("gives back what became of a run, finished or overwhelmed, exactly")
    func keeps() throws {
        let outcomes = [outcome(1), .overwhelmed(after: Duration(seconds: 12.5), items: 10_000_001)]
        let archive = RunArchive([try store("runs")])
        for (seed, outcome) in outcomes.enumerated() { try archive.keep(outcome, of: replication(UInt64(seed))) }
        let other = RunArchive([try store("runs", for: .reading)])
        for (seed, outcome) in outcomes.enumerated() {
            #expect(try other.outcome(of: replication(UInt64(seed))) == outcome)
        }
        #expect(other.foundCount == 2)
    }

    @Test("is not asked for what is no pure function of plan and seed, and keeps nothing that was given up")
    func refuses() throws {
        let archive = RunArchive([try store("runs")])
        try archive.keep(outcome(1), of: replication(1))
        for other in [
            replication(1, tieSeed: 1), replication(1, digest: nil), replication(1, digest: "other"), replication(2),
        ] {
            #expect(try archive.outcome(of: other) == nil)
            #expect(try !archive.holds(other))
        }
        try archive.keep(outcome(3), of: replication(3, tieSeed: 1))
        try archive.keep(.abandoned, of: replication(3))
        #expect(try !archive.holds(replication(3)))
        #expect(try archive.holds(replication(1)))
    }

    @Test("serves no program the runs of another")
    func builds() throws {
        let archive = RunArchive([try store("runs")], build: "before a change")
        try archive.keep(outcome(1), of: replication(1))
        #expect(try RunArchive([try store("runs")], build: "after it").outcome(of: replication(1)) == nil)
        #expect(try archive.holds(replication(1)))
    }

    @Test("calls it an error when the same run has two outcomes")
    func contradiction() throws {
        let archive = RunArchive([try store("runs")])
        try archive.keep(outcome(1), of: replication(1))
        try archive.keep(outcome(1), of: replication(1))
        let error = #expect(throws: RunStoreError.self) { try archive.keep(outcome(2), of: replication(1)) }
        guard case .contradicted = error else {
            Issue.record("\(error?.description ?? "")")
            return
        }
    }

    @Test("of several stores finds what is in one of them, and puts it into the others that it may write to")
    func several() throws {
        let (first, second) = (try store("first"), try store("second"))
        try RunArchive([second]).keep(outcome(1), of: replication(1))
        #expect(try RunArchive([first, second]).outcome(of: replication(1)) == outcome(1))
        #expect(try RunArchive([first]).holds(replication(1)))
        try RunArchive([second]).keep(outcome(2), of: replication(2))
        let readers = [try store("first", for: .reading), try store("second", for: .reading)]
        #expect(try RunArchive(readers).outcome(of: replication(2)) == outcome(2))
        #expect(try !RunArchive([first]).holds(replication(2)))
    }

    @Test("spares the replicator what it holds, and changes nothing of what is merged", arguments: [1, 2])
    func replicator(jobs: Int) async throws {
        let list = (0..<12).map { replication(UInt64($0)) }
        var without: [RunOutcome] = []
        try await Replicator(jobs: jobs).run(list) { without.append($1) }
        for seed in [3, 4, 11] { try RunArchive([try store("runs")]).keep(without[seed], of: list[seed]) }
        for found in [3, 12] {
            let archive = RunArchive([try store("runs")])
            var with: [RunOutcome] = []
            try await Replicator(jobs: jobs, archive: archive).run(list) { with.append($1) }
            #expect(with == without)
            #expect(archive.foundCount == found)
        }
    }

    @Test("that fails ends the replicator with its error")
    func failure() async throws {
        let path = folder.appending(path: "runs").path
        let archive = RunArchive([try store("runs")])
        try Data("something else altogether, but long enough to be read as a header of a hundred bytes or more".utf8)
            .write(to: URL(fileURLWithPath: path))
        await #expect(throws: RunStoreError.self) {
            try await Replicator(jobs: 2, archive: archive).run((0..<40).map { replication(UInt64($0)) }) { _, _ in }
        }
    }

    @Test("is divided into shards that overlap nowhere, leave nothing out, and differ by one run at most")
    func shards() throws {
        let list = (0..<23).map { replication(UInt64($0)) }
        for count in [1, 2, 4, 23, 30] {
            let parts = try (1...count).map { try #require(Shard("\($0)/\(count)")).part(of: list).map(\.seed) }
            #expect(parts.joined().sorted() == list.map(\.seed))
            let sizes = parts.map(\.count)
            #expect((sizes.max() ?? 0) - (sizes.min() ?? 0) <= 1)
        }
        for text in ["", "1", "0/2", "3/2", "-1/2", "1/0", "1/2/3", "a/b", "1/10001", "1 / 2"] {
            #expect(Shard(text) == nil)
        }
    }
}

import OrreryKernel
import OrreryModel
import OrreryStatistics
import OrreryTestSupport
import Testing

/// What the README of the story says, over five seeds.
@Suite("A lock convoy", .enabled(if: isRelease, "release builds only"))
struct LockConvoyTests {
    private func runs(_ variant: String, _ settings: [String] = []) throws -> [Recording] {
        try ShippedScenarios.run("lock-convoy/scenario.yaml", variant: variant, settings, seeds: 1..<6)
    }

    private func sessions(_ variant: String) throws -> [Recording] {
        try ShippedScenarios.run("lock-convoy/sessions.yaml", variant: variant, seeds: 1..<6)
    }

    /// The busy share, with which waiting for a lock counts as being busy.
    private func busy(_ runs: [Recording]) -> Double { runs.mean { $0.workerUtilisation ?? .nan } }

    @Test(
        "keeps workers 90 % busy, most of it waiting; a log brings that to a fifth, responses to a sixth, losses to none"
    )
    func beforeAndAfter() throws {
        let (before, log) = (try runs("before"), try runs("log"))
        #expect((0.85...0.95).contains(busy(before)) && (0.17...0.2).contains(busy(log)))
        let waiting = before.mean { $0.coordination?.waiting.gauge.mean(at: $0.end) ?? 0 }
        #expect(waiting > 25, "of 40 workers")
        let (late, soon) = (try #require(before.latencies.mean), try #require(log.latencies.mean))
        #expect((0.7...0.95).contains(1 - soon / late), "a response of \(late) s becomes \(soon) s")
        #expect(before.mean(\.lossShare) > 0.0002)
        for run in log { #expect(run.ledger.lostTotal == 0) }
        // A quarter of the workers is enough then.
        let quarter = try runs("quarter-log")
        #expect((0.7...0.77).contains(busy(quarter)))
        #expect(try #require(quarter.latencies.mean) < late)
        for run in quarter { #expect(run.ledger.lostTotal == 0) }
    }

    @Test(
        "is bounded by the leader, as the pencil says: two writes and a third of a read for each lock",
        arguments: [(3, 47.62, 9370.0), (5, 60.74, 7790), (7, 73.86, 6550)])
    func pencil(servers: Int, write: Double, locks: Double) throws {
        let expected = 1e6 / (2 * write + 34.5 / Double(servers))
        #expect(abs(expected / locks - 1) < 0.005)
        let runs = try runs("grown-more-workers", ["system.coordination.servers=\(servers)"])
        let found = runs.mean { Double($0.coordination?.acquired.observed ?? 0) / $0.observed.seconds }
        // Whoever gives up asks for something, too.
        #expect(found < expected && found > 0.96 * expected, "\(found) of \(expected) locks a second")
    }

    @Test("is not cured by more workers, more servers, more patience, simpler locks or a single one")
    func tweaks() throws {
        let before = try runs("before")
        for variant in ["more-workers", "naive-locks", "one-lock", "more-servers"] {
            let more = zip(try runs(variant), before).map { $0.lossShare - $1.lossShare }
            #expect(try #require(Estimate(more).interval).lowerBound > 0, "\(variant) loses more")
        }
        let patient = try runs("more-patience")
        #expect(patient.allSatisfy { $0.ledger.lostTotal == 0 })
        #expect(try #require(patient.latencies.mean) > #require(before.latencies.mean))
        for run in try runs("grown-more-workers") { #expect(run.lossShare > 0.15) }
        for run in try runs("grown-log") { #expect(run.ledger.lostTotal == 0) }
    }

    @Test("does not happen where work is long: locks cost a hundredth of it, and a log makes nothing better")
    func negativeControl() throws {
        let (locks, log) = (try runs("long-work"), try runs("long-work-log"))
        #expect(locks.mean { $0.mean(.lockWait) } < 0.002)
        #expect(abs(busy(locks) - busy(log)) < 0.01)
        #expect(try #require(log.latencies.mean) > 0.95 * #require(locks.latencies.mean))
    }

    @Test(
        "sessions expire by the hundred where pings wait for longer than they last; longer ones or fewer workers cure it"
    )
    func storm() throws {
        for run in try sessions("storm") {
            let books = try #require(run.coordination)
            #expect(books.expired.total > 200 && books.lost.total > 50)
            #expect(Double(run.ledger.delivered.total) / run.observed.seconds < 20)
        }
        for run in try sessions("longer-sessions") + sessions("fewer-workers") {
            #expect(run.coordination?.expired.total == 0)
            #expect(Double(run.ledger.delivered.total) / run.observed.seconds > 60)
        }
    }

    @Test("the loss of a server fences workers off whose sessions are shorter than it takes to find another")
    func fenced() throws {
        let short = try sessions("short-sessions").compactMap(\.coordination)
        #expect(short.allSatisfy { $0.expired.total > 5 && $0.violations.total == 0 })
        #expect(short.reduce(0) { $0 + $1.fenced.total } > 5)
        for run in try sessions("sound-sessions") {
            #expect(run.coordination.map { $0.expired.total + $0.fenced.total + $0.lost.total } == 0)
        }
    }

    @Test("the loss of the leader loses nothing, and shows in the waiting")
    func leader() throws {
        let (calm, lost) = (try sessions("calm"), try sessions("leader-lost"))
        for run in lost { #expect(run.ledger.lostTotal == 0 && run.coordination?.expired.total == 0) }
        let waits = zip(lost, calm).map { $0.mean(.lockWait) - $1.mean(.lockWait) }
        #expect(try #require(Estimate(waits).interval).lowerBound > 0.0005)
    }
}

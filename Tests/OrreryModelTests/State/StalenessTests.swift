import Foundation
import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Staleness of replicated state")
struct StalenessTests {
    /// How many reads were stale of how many, where one worker writes and reads again after a pause.
    private func simulated(
        _ quorum: Quorum, delays: [String: ParameterValue], pause: Duration, gap: Double, time: Double
    ) throws -> (share: Double, reads: Double) {
        // More items come than are done, and the broker sends the next when it has heard of the last: one round trip
        // later.
        var plan = Plans.station(interarrival: .constant(gap), service: .constant(0))
        plan.workers = Plans.pool(1, service: .constant(0), roundTrip: pause)
        plan.duration = Duration(seconds: time)
        plan.state = Plans.state(
            "replicated",
            delays.merging([
                "replicas": .count(quorum.n), "reads": .count(quorum.r), "acks": .count(quorum.w),
                "resolution": .text("last-write-wins"),
            ]) { $1 }, ["latency": .distribution(.constant(1e-6))])
        let books = try #require(Network.run(plan, seed: 6).state)
        return (Double(books.staleReads.total) / Double(books.reads.total), Double(books.reads.total))
    }

    @Test(
        "is what WARS says, computed apart from the simulation, to within 4 standard errors",
        arguments: [Quorum(3, 1, 1), Quorum(3, 2, 1), Quorum(3, 1, 2), Quorum(5, 2, 2), Quorum(2, 1, 1)],
        [("lnkd-ssd", 0), ("lnkd-disk", 0), ("lnkd-disk", 10), ("ymmr", 50)] as [(String, Int64)])
    func wars(quorum: Quorum, system: (name: String, pause: Int64)) throws {
        let pause = Duration.milliseconds(system.pause)
        let found = try simulated(
            quorum, delays: ["delays": .text(system.name)], pause: pause,
            gap: 0.0004 + 0.8 * pause.seconds, time: 40 + 10_000 * pause.seconds)
        let fit = try #require(Fit.published.first { $0.name == system.name })
        let count = 100_000
        let stale = fit.staleReads(quorum, after: pause.seconds + 2e-6, of: count)
        let expected = Double(stale) / Double(count)
        let error = (expected * (1 - expected) * (1 / found.reads + 1 / Double(count))).squareRoot()
        #expect(found.reads > 5000)
        #expect(abs(found.share - expected) <= 4 * error + 1e-9, "\(found.share) beside \(expected) ± \(error)")
    }

    @Test(
        "is C(N − W, R) ÷ C(N, R) where a write is at W replicas for a long time before it is at more",
        arguments: [Quorum(3, 1, 1), Quorum(3, 2, 1), Quorum(3, 1, 2), Quorum(5, 2, 2), Quorum(5, 3, 1)])
    func instantaneous(quorum: Quorum) throws {
        let slow = Distribution(Uniform(minimum: 0, maximum: 1000), text: "slow")
        let quick = Distribution.exponential(mean: 1e-4)
        let found = try simulated(
            quorum,
            delays: [
                "write-delay": .distribution(slow), "ack-delay": .distribution(.constant(0)),
                "read-delay": .distribution(quick), "response-delay": .distribution(quick),
            ], pause: .zero, gap: 20, time: 4_000_000)
        let expected = quorum.staleShare
        let error = (expected * (1 - expected) / found.reads).squareRoot()
        #expect(abs(found.share - expected) < 4 * error, "\(found.share) beside \(expected)")
    }

    @Test("is impossible where readers and writers overlap: R + W > N", arguments: [Quorum(3, 2, 2), Quorum(3, 1, 3)])
    func overlap(quorum: Quorum) throws {
        let found = try simulated(quorum, delays: ["delays": .text("lnkd-disk")], pause: .zero, gap: 0.0004, time: 40)
        #expect(found.share == 0)
    }

    @Test("costs a conflict where versions are checked, and an update that is lost where the last write wins")
    func costs() throws {
        func books(_ resolution: String) throws -> StateBooks {
            var plan = Plans.station(interarrival: .constant(0.001), service: .constant(0), duration: .seconds(20))
            plan.state = Plans.state(
                "replicated", ["delays": .text("lnkd-disk"), "resolution": .text(resolution)],
                ["latency": .distribution(.constant(1e-6)), "attempts": .count(1000)])
            return try #require(Network.run(plan, seed: 1).state)
        }
        let (checked, lost) = (try books("refuse"), try books("last-write-wins"))
        // One worker meets nobody but its own last write.
        #expect(checked.conflicts.total > 500 && checked.lostUpdates.total == 0)
        #expect(abs(checked.conflicts.total - checked.staleReads.total) <= 1)
        #expect(lost.conflicts.total == 0 && abs(lost.lostUpdates.total - lost.staleReads.total) <= 1)
        #expect(lost.lostUpdates.total > 500)
    }

    @Test(
        "where the last write wins, a clock that is ahead loses what others write, until the right time has caught up")
    func clockSkew() throws {
        var plan = Plans.station(
            interarrival: .constant(0.1), service: .constant(0), workers: 2, duration: .seconds(300))
        plan.state = Plans.state(
            "replicated", ["replicas": .count(1), "resolution": .text("last-write-wins")],
            ["latency": .distribution(.constant(1e-6))])
        let right = try #require(Network.run(plan, seed: 1).state)
        #expect(right.lostUpdates.total == 0 && right.conflicts.total == 0)
        plan.faults = [Plans.fault("clock-skew", at: .seconds(50), for: .seconds(10), ["by": .duration(.seconds(100))])]
        let skewed = try #require(Network.run(plan, seed: 1).state)
        // Every other write for ten seconds, and then all of them until 160 s.
        #expect(abs(skewed.lostUpdates.total - 1050) <= 3, "\(skewed.lostUpdates.total)")
        #expect(skewed.conflicts.total == 0, "nobody is told")
    }
}

/// So many replicas, responses that a read waits for, and acknowledgements that a write waits for.
struct Quorum: CustomTestStringConvertible, Sendable {
    let (n, r, w): (Int, Int, Int)

    init(_ n: Int, _ r: Int, _ w: Int) { (self.n, self.r, self.w) = (n, r, w) }

    var testDescription: String { "N \(n), R \(r), W \(w)" }

    /// The share of sets of R replicas without any of W.
    var staleShare: Double {
        (0..<r).reduce(1.0) { $0 * Double(max(0, n - w - $1)) / Double(n - $1) }
    }
}

/// A published fit, drawn from by inversion with a generator of its own.
private struct Fit {
    let name: String
    let write: (share: Double, least: Double, shape: Double, rate: Double)
    let other: (share: Double, least: Double, shape: Double, rate: Double)

    static let published = [
        Fit(name: "lnkd-ssd", write: (0.9122, 0.235, 10, 1.66), other: (0.9122, 0.235, 10, 1.66)),
        Fit(name: "lnkd-disk", write: (0.38, 1.05, 1.51, 0.183), other: (0.9122, 0.235, 10, 1.66)),
        Fit(name: "ymmr", write: (0.939, 3, 3.35, 0.0028), other: (0.982, 1.5, 3.8, 0.0217)),
    ]

    /// Of so many reads that begin some seconds after a write was acknowledged, those that do not see it.
    func staleReads(_ quorum: Quorum, after pause: Double, of count: Int) -> Int {
        var stream = RandomStream(seed: 77, entity: name, purpose: "independent")
        func draw(_ fit: (share: Double, least: Double, shape: Double, rate: Double)) -> Double {
            let isBody = stream.unit() < fit.share
            let u = 1 - stream.unit()
            return (isBody ? fit.least * pow(u, -1 / fit.shape) : -log(u) / fit.rate) / 1000
        }
        return (0..<count).count { _ in
            let writes = (0..<quorum.n).map { _ in (there: draw(write), back: draw(other)) }
            let committed = writes.map { $0.there + $0.back }.sorted()[quorum.w - 1]
            let reads = (0..<quorum.n).map { replica in
                let there = draw(other)
                return (whole: there + draw(other), isStale: committed + pause + there < writes[replica].there)
            }
            return reads.sorted { $0.whole < $1.whole }.prefix(quorum.r).allSatisfy(\.isStale)
        }
    }
}

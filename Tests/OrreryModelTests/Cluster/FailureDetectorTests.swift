import OrreryKernel
import OrreryStatistics
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Failure detectors notice a crash as late, and raise a false alarm as often, as their formulas say")
struct FailureDetectorTests {
    /// How long it took to notice a crash, in so many runs, in seconds.
    private func delays(_ detector: String, _ parameters: [String: ParameterValue]) throws -> [Double] {
        try (1...200).map { seed in
            var plan = Plans.cluster(
                nodes: 5, ["hop": .duration(.zero), "control": .duration(.zero)], detector: detector, parameters,
                duration: .minutes(3))
            plan.faults = [Plans.fault("node-crash", at: .seconds(60), for: .seconds(100))]
            let run = Network.run(plan, seed: UInt64(seed))
            let books = try #require(run.cluster)
            #expect(books.declaredDead.total == 1 && books.falseAlarms.total == 0)
            return try #require(books.detectionDelay.mean)
        }
    }

    @Test("fixed time-out τ, heartbeats every h: uniform between τ − h and τ")
    func fixedTimeout() throws {
        let delays = try delays(
            "fixed-timeout", ["interval": .duration(.seconds(2)), "timeout": .duration(.seconds(10))])
        #expect(delays.allSatisfy { (8...10).contains($0) })
        let interval = try #require(Estimate(delays).interval)
        #expect(interval.contains(9) && interval.upperBound - interval.lowerBound < 0.25, "\(interval)")
        // A uniform distribution on 2 s has a deviation of 2/√12.
        let deviation = (delays.map { ($0 - 9) * ($0 - 9) }.reduce(0, +) / Double(delays.count)).squareRoot()
        #expect(abs(deviation - 2 / 12.0.squareRoot()) < 0.06)
    }

    @Test("φ accrual: the mean, the pause, and as many deviations as the threshold asks for")
    func phiAccrual() throws {
        let delays = try delays(
            "phi-accrual", ["interval": .duration(.seconds(1)), "threshold": .number(8)])
        // Heartbeats come evenly, so that the least deviation of 100 ms holds; the two gaps of the first estimate, of
        // 0.75 s and 1.25 s, are among the sixty seen.
        let latest = 1 + 3 + PhiAccrual.deviations(for: 8) * 0.1
        #expect(delays.allSatisfy { (latest - 1.001...latest + 0.001).contains($0) }, "\(delays.max() ?? 0)")
        let interval = try #require(Estimate(delays).interval)
        #expect(interval.contains(latest - 0.5), "\(interval)")
    }

    @Test("φ is that of the normal distribution, as the published detector has it")
    func phi() {
        // The values of Akka's own test of its distribution function.
        for (deviations, share) in [
            (0.0, 0.5), (0.6, 0.7257), (1.5, 0.9332), (2.0, 0.97725), (2.5, 0.99379), (3.5, 0.99977),
        ] {
            let below = 1 - PortableMath.pow(10, -PhiAccrual.phi(at: deviations))
            #expect(abs(below - share) < 0.0005, "\(deviations): \(below)")
        }
        for threshold in [0.5, 1, 8, 12] {
            #expect(abs(PhiAccrual.phi(at: PhiAccrual.deviations(for: threshold)) - threshold) < 1e-9)
        }
    }

    /// The number of heartbeats, from each of two nodes in turn, until as many in a row are lost from one of them.
    private func heartbeatsUntilAlarm(loss: Double, inARow needed: Int) -> Double {
        var expected = [[Double]](repeating: [Double](repeating: 0, count: needed), count: needed)
        for _ in 0..<5000 {
            var next = expected
            for first in 0..<needed {
                for second in 0..<needed {
                    var sum = 1.0
                    for (firstLost, firstShare) in [(true, loss), (false, 1 - loss)] {
                        for (secondLost, secondShare) in [(true, loss), (false, 1 - loss)] {
                            let (a, b) = (firstLost ? first + 1 : 0, secondLost ? second + 1 : 0)
                            if a < needed && b < needed { sum += firstShare * secondShare * expected[a][b] }
                        }
                    }
                    next[first][second] = sum
                }
            }
            expected = next
        }
        return expected[0][0]
    }

    @Test("a false alarm needs ⌈τ/h⌉ − 1 losses in a row", arguments: [(2.5, 2), (3.0, 2), (3.5, 3)])
    func falseAlarms(seconds: Double, needed: Int) throws {
        let timeout = Duration(seconds: seconds)
        let plan = Plans.cluster(
            nodes: 2,
            [
                "heartbeat-loss": .share(0.2),
                "restart": .distribution(.constant(1)),
            ], detector: "fixed-timeout", ["interval": .duration(.seconds(1)), "timeout": .duration(timeout)],
            duration: .hours(48))
        let run = Network.run(plan, seed: 1)
        let books = try #require(run.cluster)
        #expect(books.falseAlarms.total == books.declaredDead.total)
        // From the last heartbeat heard, a bit more than the losses; and the restart.
        let between = heartbeatsUntilAlarm(loss: 0.2, inARow: needed) + (seconds - Double(needed)) + 1
        let expected = run.end.seconds / between
        #expect(abs(Double(books.falseAlarms.total) / expected - 1) < 0.1, "\(books.falseAlarms.total) of \(expected)")
    }

    @Test("a node is dead only when more than half of the others suspect it, and whoever hears it takes that back")
    func majority() {
        var agenda = Agenda<Message>()
        var membership = Membership(nodes: 5, KindPlan(firstOf: DetectorCatalog.kinds).make(), agenda: &agenda)
        let verdicts = [1, 1, 2].map { membership.suspect(0, by: $0, among: 5) }
        #expect(verdicts == [false, false, false], "two of four are not more than half, and nobody votes twice")
        membership.hear(0, by: 2, agenda: &agenda)
        let third = membership.suspect(0, by: 3, among: 5)
        #expect(!third, "one of the two has taken its word back")
        #expect(membership.condemned(among: [0, 1, 2, 3, 4]) == nil)
        #expect(membership.condemned(among: [0, 1, 3]) == 0, "of fewer, as many are more than half")
        let fourth = membership.suspect(0, by: 4, among: 5)
        #expect(fourth)
    }

    @Test(
        "φ accrual: a gap as long as the threshold asks for is as rare as it says, if gaps are normal",
        arguments: [1, 2])
    func falseAlarmsOfPhi(threshold: Int) throws {
        var detector = PhiAccrual(
            interval: .seconds(10), threshold: Double(threshold), pause: .zero, leastDeviation: .milliseconds(1),
            window: 1000)
        let gaps = Distribution(Normal(mean: 10, standardDeviation: 1), text: "10s ± 1s")
        var random = RandomStream(seed: 1, entity: "heartbeats", purpose: "gaps")
        var (now, alarms) = (Instant.start, 0)
        let count = 50_000
        for heartbeat in -1000..<count {
            let patience = detector.heard(at: now)
            let gap = gaps.duration(using: &random)
            if heartbeat >= 0 && gap > patience { alarms += 1 }
            now = now + gap
        }
        let expected = Double(count) * PortableMath.pow(10, -Double(threshold))
        // Four deviations of a count, and 3 % for the logistic form and for 1,000 gaps instead of all.
        #expect(abs(Double(alarms) - expected) < 4 * expected.squareRoot() + 0.03 * expected, "\(alarms)")
    }

    @Test("a node that stands still is declared dead once, and suspects nobody itself")
    func pause() throws {
        var plan = Plans.cluster(
            nodes: 5, detector: "fixed-timeout", ["timeout": .duration(.seconds(10))], duration: .minutes(5))
        plan.faults = [Plans.fault("node-pause", at: .seconds(60), for: .seconds(30))]
        let books = try #require(Network.run(plan, seed: 1).cluster)
        #expect(books.declaredDead.total == 1 && books.falseAlarms.total == 1)
    }
}

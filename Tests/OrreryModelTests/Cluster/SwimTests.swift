import OrreryKernel
import OrreryStatistics
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("SWIM notices a crash as late, errs as often and costs as little as its formulas say")
struct SwimTests {
    private static let instant: [String: ParameterValue] = ["hop": .duration(.zero), "control": .duration(.zero)]

    private func cluster(
        nodes: Int, _ parameters: [String: ParameterValue] = instant, _ swim: [String: ParameterValue] = [:],
        detector: String = "swim", duration: Duration = .minutes(3)
    ) -> NetworkPlan {
        Plans.cluster(nodes: nodes, parameters, detector: detector, swim, duration: duration)
    }

    @Test(
        "a crash is noticed by the first ping in the 1/(1 − (1 − 1/(n − 1))ⁿ⁻¹)th interval, and told after a suspicion")
    func detectionDelay() throws {
        let nodes = 20
        // log₁₀ 20 = 1.30 times two intervals.
        let told = 1 + 2 * PortableMath.log(Double(nodes)) / PortableMath.log(10)
        let intervals = try (1...400).map { seed in
            var plan = cluster(nodes: nodes, Self.instant, ["suspicion-multiple": .number(2)], duration: .seconds(90))
            plan.faults = [Plans.fault("node-crash", at: .seconds(60), for: .seconds(29))]
            let books = try #require(Network.run(plan, seed: UInt64(seed)).cluster)
            #expect(books.declaredDead.total == 1 && books.falseAlarms.total == 0)
            let first = try #require(books.detectionDelay.mean) - told
            #expect(first > -1e-6)
            return (first - 1e-9).rounded(.up)
        }
        let missed = (0..<nodes - 1).reduce(1.0) { product, _ in product * (1 - 1 / Double(nodes - 1)) }
        let interval = try #require(Estimate(intervals).interval)
        #expect(interval.contains(1 / (1 - missed)) && interval.upperBound - interval.lowerBound < 0.25, "\(interval)")
    }

    @Test(
        "a probe of a node that is there fails with probability (1 − (1 − p)²)(1 − (1 − p)⁴)ᵏ",
        arguments: [(0.3, 0), (0.3, 1), (0.2, 3)])
    func falseSuspicions(loss: Double, helpers: Int) throws {
        let plan = cluster(
            nodes: 10, Self.instant.merging(["heartbeat-loss": .share(loss)]) { $1 }, ["helpers": .count(helpers)],
            duration: .minutes(30))
        let books = try #require(Network.run(plan, seed: 1).cluster)
        let (direct, helped) = ((1 - loss) * (1 - loss), (1 - loss) * (1 - loss) * (1 - loss) * (1 - loss))
        let share = (0..<helpers).reduce(1 - direct) { product, _ in product * (1 - helped) }
        let expected = 10 * 30 * 60 * share
        #expect(
            abs(Double(books.suspicions.total) - expected) < 4 * expected.squareRoot(),
            "\(books.suspicions.total) of \(expected)")
        #expect(books.declaredDead.total == 0, "whoever is there refutes")
    }

    @Test(
        "a node sends two messages an interval, however many there are; heartbeats go to all others",
        arguments: [5, 50])
    func load(nodes: Int) throws {
        func perNodeAndSecond(_ detector: String) throws -> Double {
            let books = try #require(Network.run(cluster(nodes: nodes, detector: detector), seed: 1).cluster)
            return Double(books.messages.total) / Double(nodes) / 180
        }
        #expect(abs(try perNodeAndSecond("swim") - 2) < 0.02)
        #expect(abs(try perNodeAndSecond("fixed-timeout") / Double(nodes - 1) - 1) < 0.01)
    }

    @Test(
        "a node that stands still for less than a suspicion refutes it; one that does longer is dead",
        arguments: [(2, 0), (30, 1)])
    func pause(seconds: Int64, deaths: Int64) throws {
        var plan = cluster(nodes: 10)
        plan.faults = [Plans.fault("node-pause", at: .seconds(60), for: .seconds(seconds))]
        let books = try (1...5).map { try #require(Network.run(plan, seed: $0).cluster) }
        #expect(books.allSatisfy { $0.declaredDead.total == deaths && $0.falseAlarms.total == deaths })
        #expect(books.reduce(0) { $0 + $1.suspicions.total } > 0)
    }

    @Test(
        "of a cluster that falls apart, the smaller part is dead, and joins again when it is whole",
        arguments: ["swim", "fixed-timeout", "phi-accrual"])
    func partition(detector: String) throws {
        var plan = cluster(
            nodes: 9, ["restart": .distribution(.constant(0))], detector: detector, duration: .minutes(10))
        plan.faults = [Plans.fault("node-partition", at: .seconds(100), for: .minutes(5), ["nodes": .count(3)])]
        let books = try #require(Network.run(plan, seed: 1).cluster)
        #expect(books.declaredDead.total == 3)
        // Three of nine are away for five minutes of ten.
        let members = try #require(books.members.gauge.mean(at: .start + plan.duration))
        #expect(abs(members - 7.5) < 0.2, "\(members)")
    }

    @Test("where neither side is the larger one, nobody's suspicion counts")
    func halves() throws {
        var plan = cluster(nodes: 8)
        plan.faults = [Plans.fault("node-partition", at: .seconds(60), for: .minutes(1), ["nodes": .count(4)])]
        let books = try #require(Network.run(plan, seed: 1).cluster)
        #expect(books.declaredDead.total == 0)
    }
}

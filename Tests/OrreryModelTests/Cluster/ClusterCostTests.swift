import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("What a node's loop has to do is what a pencil says")
struct ClusterCostTests {
    private static let rate = 2.0
    private let costs: [String: ParameterValue] = [
        "accept": .duration(.milliseconds(1)), "send": .duration(.milliseconds(4)),
        "receive": .duration(.milliseconds(17)), "lookup": .duration(.milliseconds(4)),
        "control": .duration(.milliseconds(1)),
    ]

    private func utilisation(_ distribution: String, nodes: Int, _ more: [String: ParameterValue] = [:]) throws
        -> Double
    {
        let plan = Plans.cluster(
            nodes: nodes, interarrival: .exponential(mean: 1 / Self.rate), service: .exponential(mean: 0.12),
            costs.merging(more) { $1 }, distribution: distribution, duration: .minutes(30))
        let run = Network.run(plan, seed: 1)
        #expect(run.ledger.lostTotal == 0)
        return try #require(run.cluster?.busy.gauge.mean(at: run.end)) / Double(nodes)
    }

    /// The heartbeats that a node sends and hears a second: one to and from every other one each interval, which is
    /// counted from the end of the last sending.
    private func heartbeats(_ nodes: Int) -> Double { 2 * Double(nodes - 1) * 0.001 / 1.01 }

    @Test("broadcast: each node takes in everybody's events", arguments: [2, 6, 10])
    func broadcast(nodes: Int) throws {
        let others = Double(nodes - 1)
        let acknowledgement = 0.001 * others / Double(nodes)
        let expected =
            Self.rate * (0.001 + 0.12 + others * (0.004 + 0.017 + 0.004) + acknowledgement) + heartbeats(nodes)
        #expect(abs(try utilisation("broadcast", nodes: nodes) / expected - 1) < 0.03)
    }

    @Test("partitioned: an event goes to its owner only", arguments: [2, 10, 30])
    func partitioned(nodes: Int) throws {
        let others = Double(nodes - 1) / Double(nodes)
        let expected = Self.rate * (0.001 + 0.12 + others * (0.004 + 0.017 + 0.004 + 0.001)) + heartbeats(nodes)
        #expect(abs(try utilisation("partitioned", nodes: nodes) / expected - 1) < 0.03)
    }

    @Test("more cores help by Amdahl's law, and a context that is cached is not looked up")
    func hardware() throws {
        let one = try utilisation("broadcast", nodes: 6)
        let four = try utilisation("broadcast", nodes: 6, ["cores": .count(4), "serial-share": .share(0.25)])
        #expect(abs(one / four - 1 / (0.25 + 0.75 / 4)) < 0.05)
        let plan = Plans.cluster(
            nodes: 1, interarrival: .exponential(mean: 0.5), service: .constant(0.4),
            ["accept": .duration(.zero), "control": .duration(.zero), "cores": .count(4), "serial-share": .share(0)])
        let run = Network.run(plan, seed: 1)
        let books = try #require(run.cluster)
        let busy = try #require(books.busy.gauge.mean(at: run.end)) * run.observed.seconds
        #expect(abs(books.usefulWork.seconds / busy - 1) < 0.01, "all its work is useful")
        let cached = try utilisation("broadcast", nodes: 6, ["cache-for": .duration(.hours(1))])
        #expect(abs(one - cached - Self.rate * 5 * 0.004) < 0.005)
        let forgotten = try utilisation(
            "broadcast", nodes: 6,
            ["cache-for": .duration(.hours(1)), "context-changes": .distribution(.constant(0.05))])
        #expect(forgotten > cached + Self.rate * 5 * 0.003, "a cache that is invalidated all the time is none")
    }

    @Test("a leader does the sending for all, and gossip tells everyone more than once")
    func others() throws {
        let partitioned = try utilisation("partitioned", nodes: 3)
        let broadcast = try utilisation("broadcast", nodes: 3)
        #expect(try utilisation("leader", nodes: 3) > partitioned)
        #expect(try utilisation("gossip", nodes: 3) > broadcast)
    }
}

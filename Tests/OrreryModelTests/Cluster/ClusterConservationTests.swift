import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("A cluster keeps its books")
struct ClusterConservationTests {
    /// A cluster that has too much to do, with small inboxes, poison, lost heartbeats, and nodes that crash, pause and
    /// are slow.
    private func strained(_ distribution: String) -> NetworkPlan {
        var plan = Plans.cluster(
            nodes: 7, interarrival: .exponential(mean: 0.5), service: .exponential(mean: 0.3),
            [
                "inbox": .count(60), "send": .duration(.milliseconds(5)), "receive": .duration(.milliseconds(20)),
                "lookup": .duration(.milliseconds(10)), "cache-for": .duration(.seconds(5)),
                "context-changes": .distribution(.exponential(mean: 20)), "heartbeat-loss": .share(0.2),
                "retry-after": .duration(.seconds(3)), "restart": .distribution(.exponential(mean: 10)),
                "catch-up": .duration(.seconds(1)), "replay": .duration(.milliseconds(1)),
                "rebalance": .duration(.milliseconds(500)),
            ],
            distribution: distribution, [:], [:], poison: 0.05,
            retry: Plans.retry(
                "full-jitter", ["base": .duration(.seconds(1)), "cap": .duration(.minutes(1))],
                limits: ["attempts": .count(3), "timeout": .duration(.seconds(20))]))
        plan.faults = [
            Plans.fault("node-crash", at: .seconds(100), for: .seconds(50), ["nodes": .count(2)]),
            Plans.fault("node-crash", at: .seconds(120), for: .seconds(60), ["nodes": .count(1)]),
            Plans.fault("node-pause", at: .seconds(250), for: .seconds(30), ["nodes": .count(3)]),
            Plans.fault("node-pause", at: .seconds(330), for: .seconds(2), ["nodes": .count(3)]),
            Plans.fault("slow-node", at: .seconds(400), for: .seconds(60), ["factor": .number(5)]),
        ]
        return plan
    }

    @Test(
        "produced = delivered + lost + in flight after every event, and every message speaks of an event that is there",
        arguments: DistributionCatalog.kinds.kinds.map(\.name))
    func conservation(distribution: String) throws {
        let plan = strained(distribution)
        var simulation = Network.simulation(of: plan, seed: 3)
        while simulation.step(until: .start + plan.duration) {
            simulation.model.ledger.checkConservation(at: simulation.agenda.now)
            if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
        }
        let ledger = simulation.model.ledger
        let books = try #require(simulation.model.cluster?.books)
        #expect(ledger.delivered.total > 1000)
        #expect(ledger.lost[LossReason.deadLettered.rawValue].total > 50)
        #expect(ledger.lostTotal > ledger.lost[LossReason.deadLettered.rawValue].total, "more than poison must be lost")
        #expect(books.declaredDead.total > 5 && books.falseAlarms.total > 0)
        // Gossip keeps everybody so busy that nodes are expelled before they can crash.
        if distribution != "gossip" { #expect(books.falseAlarms.total < books.declaredDead.total) }
        #expect(books.redistributed.total > 0 && books.retried.total > 50)
        if distribution != "leader" { #expect(books.overflows.total > 50) }
    }

    @Test("with one node nothing is sent, and with every node down nothing is taken")
    func extremes() throws {
        let alone = Network.run(
            Plans.cluster(nodes: 1, interarrival: .exponential(mean: 1), service: .constant(0.1)), seed: 1)
        #expect(try #require(alone.cluster).messages.total == 0)
        #expect(alone.ledger.lostTotal == 0 && alone.ledger.delivered.total > 500)
        var dark = Plans.cluster(nodes: 3, interarrival: .exponential(mean: 1))
        dark.faults = [Plans.fault("node-crash", at: .zero, for: .minutes(10), ["nodes": .count(3)])]
        let run = Network.run(dark, seed: 1)
        #expect(run.ledger.delivered.total == 0)
        #expect(run.ledger.lost[LossReason.unreachable.rawValue].total == run.ledger.produced.total)
    }

    @Test("a node that pauses and goes on loses nothing, if nobody loses patience")
    func shortPause() throws {
        var plan = Plans.cluster(nodes: 4, interarrival: .exponential(mean: 1))
        plan.faults = [Plans.fault("node-pause", at: .seconds(60), for: .seconds(5), ["nodes": .count(2)])]
        let run = Network.run(plan, seed: 1)
        #expect(run.ledger.lostTotal == 0 && run.cluster?.declaredDead.total == 0)
        #expect(try #require(run.ledger.latency.largest) > .seconds(3), "somebody waited for the pause to end")
    }
}

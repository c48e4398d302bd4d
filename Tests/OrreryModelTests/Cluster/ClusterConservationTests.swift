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

    @Test("a node that is declared dead while it catches up joins for good")
    func catchingUp() throws {
        var plan = Plans.cluster(
            nodes: 5, interarrival: .exponential(mean: 1),
            ["restart": .distribution(.constant(5)), "catch-up": .duration(.seconds(20))])
        plan.faults = [Plans.fault("node-crash", at: .seconds(60), for: .seconds(1))]
        let books = try #require(Network.run(plan, seed: 1).cluster)
        #expect(books.declaredDead.total == 1)
        #expect(try #require(books.members.gauge.mean(at: .start + plan.duration)) > 4.9)
    }

    @Test("a node that crashes again while it starts is away until it has started anew")
    func crashWhileRestarting() throws {
        func delivered(_ faults: [FaultPlan]) -> Int64 {
            var plan = Plans.cluster(
                nodes: 1, interarrival: .exponential(mean: 1), ["restart": .distribution(.constant(200))])
            plan.faults = faults
            return Network.run(plan, seed: 1).ledger.delivered.total
        }
        let long = Plans.fault("node-crash", at: .seconds(100), for: .seconds(150))
        let once = delivered([long])
        #expect(once > 200 && once < 300, "away from 100 s to 450 s of 600 s")
        #expect(abs(delivered([Plans.fault("node-crash", at: .seconds(90), for: .seconds(1)), long]) - once) < 20)
    }

    @Test("a pause in the middle of a work makes it longer by the pause")
    func pauseInWork() throws {
        var plan = Plans.cluster(
            nodes: 1, interarrival: .constant(100), service: .constant(10), duration: .seconds(150))
        plan.faults = [Plans.fault("node-pause", at: .seconds(102), for: .seconds(8))]
        let latency = try #require(Network.run(plan, seed: 1).ledger.latency.largest)
        #expect(latency > .seconds(18) && latency < .milliseconds(18_100))
    }

    @Test("a long inbox of messages that cost nothing is no deep recursion")
    func noRecursion() {
        var plan = Plans.cluster(
            nodes: 1, interarrival: .constant(0.001), service: .constant(0),
            ["accept": .duration(.zero), "inbox": .count(1_000_000)], duration: .seconds(200))
        plan.faults = [Plans.fault("node-pause", at: .seconds(1), for: .seconds(190))]
        let run = Network.run(plan, seed: 1)
        #expect(run.ledger.delivered.total > 199_000 && run.cluster?.inboxHighest ?? 0 > 180_000)
    }

    @Test("an event that a leader's owner had no room for is handed over once more, and arrives")
    func leaderRetries() throws {
        let plan = Plans.cluster(
            nodes: 4, interarrival: .exponential(mean: 0.25), service: .exponential(mean: 0.15),
            ["inbox": .count(8), "retry-after": .duration(.seconds(2)), "attempts": .count(20)],
            distribution: "leader")
        let run = Network.run(plan, seed: 1)
        #expect(try #require(run.cluster).retried.total > 50)
        let turnedAway = run.ledger.lost[LossReason.inboxFull.rawValue].total
        #expect(run.ledger.lostTotal - turnedAway < 10, "what was taken is done")
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

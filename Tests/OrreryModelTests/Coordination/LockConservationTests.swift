import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Workers with locks keep their books")
struct LockConservationTests {
    /// Too much to do for workers that crash, are started and stopped, wait for locks, and lose them, because servers
    /// of the coordination service come and go.
    private func strained(_ broker: String, recipe: String, fencing: String) -> NetworkPlan {
        var plan = Plans.station(
            interarrival: .exponential(mean: 0.1), service: .exponential(mean: 0.5), duration: .minutes(4),
            warmUp: .seconds(20))
        plan.arrivals = [
            ArrivalPlan(
                name: "jobs",
                values: ParameterValues([
                    "interarrival": .distribution(.exponential(mean: 0.1)), "poison": .share(0.02), "keys": .count(6),
                ]))
        ]
        let values: [String: [String: ParameterValue]] = [
            "jetstream": ["max-deliver": .count(5), "ack-wait": .duration(.seconds(3))],
            "kafka": ["partitions": .count(12)], "rabbitmq": ["max-length": .count(200)],
        ]
        plan.broker = Plans.broker(broker, values[broker] ?? [:])
        plan.workers = Plans.pool(
            8, service: .exponential(mean: 0.5), roundTrip: .milliseconds(20),
            failures: FailurePlan(
                values: ParameterValues([
                    "up": .distribution(.exponential(mean: 100)), "down": .distribution(.constant(3)),
                ])),
            autoscaler: Plans.autoscaler(
                "script",
                [
                    "max": .count(12), "above": .share(0.7), "below": .share(0.6), "add": .count(2),
                    "evaluation-interval": .duration(.seconds(20)), "scrape-interval": .duration(.seconds(20)),
                    "boot": .distribution(.exponential(mean: 5)),
                ]),
            lock: Plans.lock([
                "recipe": .text(recipe), "fencing": .text(fencing), "patience": .duration(.seconds(4)),
            ]))
        plan.coordination = Plans.coordination([
            "tick": .duration(.milliseconds(100)), "session-timeout": .duration(.milliseconds(300)),
            "round-trip": .duration(.milliseconds(20)), "election": .duration(.milliseconds(500)),
        ])
        for number in 1..<10 {
            let follower: [String: ParameterValue] = ["first": .text("follower")]
            plan.faults.append(
                Plans.fault(
                    "coordination-server-loss", at: .seconds(Int64(20 * number)), for: .seconds(8),
                    number % 2 == 0 ? [:] : follower))
        }
        plan.faults.append(
            Plans.fault("coordination-server-loss", at: .seconds(65), for: .seconds(10), ["servers": .count(2)]))
        return Plans.withOutage(plan, at: .seconds(130), for: .seconds(10))
    }

    private func run(_ plan: NetworkPlan) -> Network {
        var simulation = Network.simulation(of: plan, seed: 5)
        while simulation.step(until: .start + plan.duration) {
            simulation.model.ledger.checkConservation(at: simulation.agenda.now)
            if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
        }
        simulation.model.close(at: .start + plan.duration, agenda: simulation.agenda)
        return simulation.model
    }

    @Test(
        "produced = delivered + lost + in flight after every event, whatever becomes of workers, servers and locks",
        arguments: BrokerCatalog.kinds.kinds.map(\.name))
    func conservation(broker: String) throws {
        let network = run(strained(broker, recipe: "queue", fencing: "token"))
        let books = try #require(network.coordination?.books)
        #expect(network.ledger.delivered.total > 150)
        #expect(books.acquired.total > 200 && books.expired.total > 0)
        #expect(books.lost.total > 0 && books.violations.total == 0)
        // In a log, those who have the same key seldom meet.
        if broker != "kafka" { #expect(network.ledger.lost[LossReason.lockTimeout.rawValue].total > 0) }
    }

    @Test("so does a herd, and without fencing late results spoil locks")
    func herd() throws {
        let network = run(strained("rabbitmq", recipe: "herd", fencing: "none"))
        let books = try #require(network.coordination?.books)
        #expect(books.violations.total > 0 && books.fenced.total == 0)
        #expect(books.notifications.total > 50)
    }

    @Test("two runs with a seed are the same, and without a lock the service is never asked")
    func sameness() {
        var plan = strained("rabbitmq", recipe: "queue", fencing: "token")
        plan.duration = .minutes(2)
        #expect(Network.run(plan, seed: 2).fingerprint == Network.run(plan, seed: 2).fingerprint)
        plan.faults = []
        plan.workers = Plans.pool(8, service: .exponential(mean: 0.5))
        var other = plan
        other.coordination = nil
        #expect(Network.run(plan, seed: 2).fingerprint == Network.run(other, seed: 2).fingerprint)
        #expect(Network.run(plan, seed: 2).coordination == nil)
    }

    @Test("locks are never spoilt where no session expires")
    func safety() {
        var plan = Plans.station(interarrival: .exponential(mean: 0.01), service: .exponential(mean: 0.02))
        plan.arrivals = [Plans.stream(interarrival: .exponential(mean: 0.01), keys: 3)]
        plan.duration = .minutes(2)
        for recipe in ["queue", "herd"] {
            plan.workers = Plans.pool(
                20, service: .exponential(mean: 0.02), lock: Plans.lock(["recipe": .text(recipe)]))
            plan.coordination = Plans.coordination()
            let books = Network.run(plan, seed: 1).coordination
            #expect(books.map { $0.acquired.total > 5000 && $0.expired.total == 0 } == true)
            #expect(books.map { $0.violations.total == 0 && $0.lost.total == 0 } == true)
        }
    }
}

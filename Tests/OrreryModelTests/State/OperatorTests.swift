import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Operators")
struct OperatorTests {
    /// Every item conflicts and goes to the operators, as a Poisson process, for workers take the same time for each.
    private func plan(_ operators: OperatorPlan, gap: Double) -> NetworkPlan {
        var plan = Plans.station(
            interarrival: .exponential(mean: gap), service: .constant(1), workers: 500, duration: .hours(100),
            warmUp: .hours(2))
        plan.state = Plans.state(
            "versioned", [:], ["attempts": .count(1), "others": .distribution(.constant(0.9))])
        plan.operators = operators
        return plan
    }

    @Test("are Erlang's A: tickets wait and lose their patience as in M/M/n+M")
    func erlangA() throws {
        let theory = ClosedForms.ErlangA(arrivalRate: 1.0 / 12, serviceRate: 1.0 / 30, servers: 3, impatience: 1.0 / 60)
        let operators = Plans.operators(3, time: .exponential(mean: 30), patience: .exponential(mean: 60))
        let runs = (1...4).map { Network.run(plan(operators, gap: 12), seed: $0) }
        func figures(_ read: (Recording) -> Double?) -> [Double] { runs.map { read($0) ?? .nan } }
        let comparisons = [
            Comparison(
                "utilisation", theory: theory.utilisation, simulated: figures { $0.operatorUtilisation }),
            Comparison(
                "abandoned", theory: theory.abandonProbability,
                simulated: figures {
                    Double($0.ledger.lost[LossReason.abandoned.rawValue].observed)
                        / Double($0.operators?.tickets.observed ?? 0)
                }),
            Comparison(
                "waiting", theory: theory.meanWait / 12,
                simulated: figures { MetricCatalog["operators.waiting"]?.value(of: $0)?.figure }),
        ]
        for comparison in comparisons { #expect(comparison.isPossible && !comparison.isRefuted, "\(comparison)") }
    }

    @Test("deliver what they reconcile, and count tickets for each twelve hours of each of them")
    func tickets() throws {
        let recording = Network.run(plan(Plans.operators(2, time: .constant(60)), gap: 100), seed: 1)
        let tickets = try #require(MetricCatalog["operators.tickets-per-shift"]?.value(of: recording)?.figure)
        #expect(abs(tickets - 43_200 / 100 / 2) < 20)
        #expect(recording.ledger.lostTotal == 0)
        #expect(recording.ledger.delivered.total > 3000)
        #expect(MetricCatalog["state.reconciled"]?.value(of: recording)?.figure ?? 0 > 3000)
        // A minute with an operator, and the wait for one.
        #expect(recording.ledger.times(in: .reconciliation).mean ?? 0 > 60)
    }

    @Test("write with authority: the writes of workers to the same key that are under way conflict")
    func authority() {
        var state = VersionedState()
        state.open(keys: 1)
        var port = StatePort(random: RandomStream(seed: 1, entity: "state", purpose: "test"))
        let holder = StateHolder(worker: WorkerID(number: 0), life: 0)
        let seen = state.read(0, by: holder, port: &port).version
        state.overwrite(0, port: &port)
        #expect(state.write(0, over: seen, by: holder, port: &port).version == nil)
    }
}

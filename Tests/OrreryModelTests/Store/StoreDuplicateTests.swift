import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Copies of what the store has delivered")
struct StoreDuplicateTests {
    /// A store alone, and copies of one item of 1 MB that reach it at some instants.
    private struct Bench: SimulationModel {
        var ledger = Ledger(duration: .seconds(100), groupCount: 1)
        var store: Store

        mutating func handle(_ message: Message, agenda: inout Agenda<Message>) {
            switch message {
            case .copy(let copy, _): store.receive(copy, ledger: &ledger, agenda: &agenda)
            case .store(let event): store.handle(event, ledger: &ledger, agenda: &agenda)
            default: Issue.record("the store sent \(message)")
            }
        }
    }

    private func run(_ values: [String: ParameterValue], copiesAt seconds: [Int64]) -> Bench {
        var agenda = Agenda<Message>()
        var bench = Bench(
            store: Store(
                plan: Plans.store(rate: DataRate(bitsPerSecond: 8_000_000), values), timer: agenda.makeTimer(),
                duration: .seconds(100)))
        let item = bench.ledger.produce(
            size: ByteCount(1_000_000), group: 0, source: Item.noSource, in: .propagation, at: .start)
        var copy = bench.ledger.send(item, into: .propagation, at: .start)
        bench.ledger.letGo(item, at: .start)
        for (index, second) in seconds.enumerated() {
            agenda.schedule(.copy(copy, .reachedStore), after: .seconds(second))
            if index + 1 < seconds.count { copy = bench.ledger.fork(copy) }
        }
        var simulation = Simulation(bench, agenda: agenda)
        simulation.run(until: .start + .seconds(100))
        return simulation.model
    }

    @Test("cost nothing, also in a full store: neither one that came while the first was written, nor a later one")
    func recognised() {
        let bench = run(["hot-capacity": .size(ByteCount(1_000_000))], copiesAt: [0, 0, 50])
        #expect(bench.ledger.delivered.total == 1 && bench.ledger.traffic.duplicates.total == 2)
        #expect(bench.ledger.latency.largest == .seconds(1))
        #expect(bench.store.busy.gauge.totalArea(at: .start + .seconds(100)) == 1_000_000_000)
        #expect(bench.store.blocked.gauge.highest == 0)
    }

    @Test("are written if they are in one batch with the first")
    func sameBatch() {
        let bench = run(["batch-size": .count(2), "batch-wait": .duration(.seconds(9))], copiesAt: [0, 5])
        #expect(bench.ledger.delivered.total == 1 && bench.ledger.traffic.duplicates.total == 1)
        #expect(bench.ledger.latency.largest == .seconds(7))
        #expect(bench.store.hotBytesHighest == ByteCount(2_000_000))
    }
}

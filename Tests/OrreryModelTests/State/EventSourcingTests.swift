import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Event-sourced state")
struct EventSourcingTests {
    /// Workers at a few keys, with a broker that gives a key to one worker, or to any.
    private func plan(_ broker: BrokerPlan, workers: Int = 4, failures: FailurePlan? = nil) -> NetworkPlan {
        var plan = Plans.station(
            interarrival: .exponential(mean: 0.05), service: .constant(0.1), duration: .minutes(30))
        plan.arrivals = [
            ArrivalPlan(
                name: "jobs",
                values: ParameterValues([
                    "interarrival": .distribution(.exponential(mean: 0.05)), "keys": .count(12), "skew": .number(0),
                ]))
        ]
        plan.broker = broker
        plan.workers = Plans.pool(workers, service: .constant(0.1), failures: failures)
        plan.state = Plans.state("event-sourced", [:], ["attempts": .count(1000)])
        return plan
    }

    private var kafka: BrokerPlan { Plans.broker("kafka", ["partitions": .count(24)]) }

    @Test("has neither conflicts nor reads after the first, while a key's items go to one worker")
    func singleWriter() throws {
        let books = try #require(Network.run(plan(kafka), seed: 1).state)
        #expect(books.writes.total > 30_000)
        #expect(books.conflicts.total == 0)
        #expect(books.reads.total <= 24, "12 keys, and the first rebalance")
    }

    @Test("conflicts like any other where any worker takes any item, and its workers load it again and again")
    func competingWorkers() throws {
        let books = try #require(Network.run(plan(Plans.broker(capacity: nil)), seed: 1).state)
        #expect(Double(books.conflicts.total) > 0.05 * Double(books.writes.total))
        #expect(Double(books.reads.total) > 0.5 * Double(books.writes.total))
        #expect(books.replayed.total > 10 * books.reads.total)
    }

    @Test("is loaded from snapshot and log by whoever takes a key over; what is in the log already is recognised")
    func takingOver() throws {
        let failures = FailurePlan(
            values: ParameterValues([
                "up": .distribution(.exponential(mean: 300)), "down": .distribution(.constant(60)),
            ]))
        var plan = plan(kafka, workers: 8, failures: failures)
        plan.duration = .hours(2)
        // An event may be in the log for 50 ms before its worker hears so.
        plan.state = Plans.state(
            "event-sourced", [:], ["attempts": .count(1000), "latency": .distribution(.constant(0.05))])
        let recording = Network.run(plan, seed: 1)
        let books = try #require(recording.state)
        #expect(recording.workerCrashes.total > 20)
        #expect(books.reads.total > 50, "each takeover loads the keys anew")
        let replays = Double(books.replayed.total) / Double(books.reads.total)
        #expect((25...75).contains(replays), "between two snapshots of 100 events, half of them on average")
        #expect(books.recognised.total > 0)
        #expect(books.writtenTwice.total == 0)
    }

    @Test("takes time by the events since the snapshot")
    func replayTime() {
        var state = EventSourcedState(snapshotEvery: 10, replay: .milliseconds(7))
        state.open(keys: 1)
        var port = StatePort(random: RandomStream(seed: 1, entity: "state", purpose: "test"))
        let (one, other) = (holder(1), holder(2))
        for version in 0..<23 { #expect(state.write(0, over: UInt32(version), by: one, port: &port).version != nil) }
        #expect(state.remembered(0, by: one) == 23)
        #expect(state.remembered(0, by: other) == nil)
        let answer = state.read(0, by: other, port: &port)
        #expect(answer.version == 23 && answer.replayed == 3 && answer.delay == .milliseconds(21))
        #expect(state.remembered(0, by: one) == nil, "somebody else has it now")
        #expect(state.write(0, over: 22, by: one, port: &port).version == nil)
        let reborn = StateHolder(worker: other.worker, life: 1)
        #expect(state.remembered(0, by: reborn) == nil, "what crashed remembers nothing")
    }

    private func holder(_ number: UInt32) -> StateHolder { StateHolder(worker: WorkerID(number: number), life: 0) }
}

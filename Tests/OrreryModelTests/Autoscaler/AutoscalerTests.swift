import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("An autoscaler in a network")
struct AutoscalerTests {
    /// Ten items a second for so many workers that each take 0.2 s: two are busy all the time.
    private func plan(
        workers: Int, _ autoscaler: AutoscalerPlan?, broker: BrokerPlan = Plans.broker(capacity: nil),
        roundTrip: Duration = .zero, duration: Duration = .seconds(3600)
    ) -> NetworkPlan {
        var plan = Plans.station(
            interarrival: .exponential(mean: 0.1), service: .exponential(mean: 0.2), duration: duration)
        plan.broker = broker
        plan.workers = Plans.pool(
            workers, service: .exponential(mean: 0.2), roundTrip: roundTrip, autoscaler: autoscaler)
        return plan
    }

    /// A timetable that wants so many from the second hour on.
    private func timetable(_ before: Double, _ after: Double, _ values: [String: ParameterValue] = [:])
        -> AutoscalerPlan
    {
        let entries = ["hours": .list([0, 1]), "replicas": .list([before, after])] as [String: ParameterValue]
        return Plans.autoscaler("scheduled", entries.merging(values) { $1 })
    }

    /// When the numbers of replicas were so many for the first time, event by event.
    private func firstTimes(_ plan: NetworkPlan, seed: UInt64 = 1, _ isSo: (ReplicaTally) -> Bool) -> Instant? {
        var simulation = Network.simulation(of: plan, seed: seed)
        while simulation.step(until: .start + plan.duration) {
            if isSo(simulation.model.workers.tally) { return simulation.agenda.now }
        }
        return nil
    }

    @Test("starts a replica that is paid for at once and works when it has booted")
    func boot() throws {
        let plan = plan(workers: 2, timetable(2, 5), duration: .hours(2))
        let started = try #require(firstTimes(plan) { $0.started == 5 })
        let ready = try #require(firstTimes(plan) { $0.ready == 5 })
        #expect(ready - started == .seconds(30))
        #expect(started >= .start + .hours(1) && started < .start + .hours(1) + .minutes(1), "it looks once a minute")
        #expect(firstTimes(plan) { $0.present != $0.ready } == nil)
    }

    @Test(
        "stops replicas without losing, repeating or delaying anything that they work on",
        arguments: ["bounded-queue", "direct", "rabbitmq", "nats", "jetstream", "kafka", "kinesis"])
    func gracefulStop(kind: String) {
        let values: [String: [String: ParameterValue]] = [
            "kafka": ["partitions": .count(12), "batch-size": .size(ByteCount(1))], "kinesis": ["shards": .count(12)],
        ]
        let plan = plan(
            workers: 10, timetable(10, 4), broker: Plans.broker(kind, values[kind] ?? [:]),
            roundTrip: .milliseconds(20),
            duration: .hours(2))
        let recording = Network.run(plan, seed: 3)
        #expect(recording.replicas?.ready.gauge.level == 4 && recording.replicas?.started.gauge.level == 4)
        #expect(recording.ledger.lostTotal == 0)
        #expect(recording.ledger.traffic.duplicates.total == 0)
        #expect(recording.ledger.inFlight.level < 100)
    }

    @Test("a member that goes leaves its Kafka group at once, so that its partitions do not wait for a time-out")
    func kafkaLeave() throws {
        let plan = plan(
            workers: 6, timetable(6, 4),
            broker: Plans.broker("kafka", ["partitions": .count(12), "batch-size": .size(ByteCount(1))]),
            roundTrip: .milliseconds(20), duration: .hours(2))
        let longest = try #require(Network.run(plan, seed: 1).ledger.latency.largest)
        #expect(longest > .seconds(2) && longest < .seconds(20), "a rebalance of 3 s, not the 45 s of a session")
    }

    @Test("what a worker has that goes is handed back at once, and others do it")
    func handBack() {
        // More comes than two workers can do, so that ten copies are with each when one goes after an hour.
        var plan = plan(
            workers: 2, timetable(2, 1), broker: Plans.broker("rabbitmq", ["prefetch": .count(10)]), duration: .hours(3)
        )
        plan.arrivals = [
            ArrivalPlan(name: "jobs", values: ParameterValues(["interarrival": .distribution(.constant(40))]))
        ]
        plan.workers = Plans.pool(2, service: .constant(100), roundTrip: .milliseconds(20), autoscaler: timetable(2, 1))
        let recording = Network.run(plan, seed: 1)
        #expect(recording.ledger.lostTotal == 0 && recording.ledger.traffic.duplicates.total == 0)
        // A worker does 36 an hour.
        #expect(abs(recording.ledger.delivered.total - (72 + 2 * 36)) < 5)
        #expect(recording.replicas?.started.gauge.level == 1)
    }

    @Test("stops what boots before what works, and of these the newest")
    func order() {
        var agenda = Agenda<Message>()
        let plan = plan(workers: 2, timetable(2, 2))
        var pool = WorkerPool(
            plan: plan.workers, stream: RandomStream(seed: 1, entity: "a", purpose: "b"),
            failures: RandomStream(seed: 1, entity: "a", purpose: "c"), duration: .hours(1))
        pool.startReplica(booting: .seconds(10), agenda: &agenda)
        pool.finishBoot(WorkerID(number: 2), shift: 1, agenda: &agenda)
        pool.startReplica(booting: .seconds(10), agenda: &agenda)
        #expect(pool.workers.map(\.phase) == [.active, .active, .active, .booting])
        pool.stopReplicas(1, agenda: &agenda)
        #expect(pool.workers.map(\.phase) == [.active, .active, .active, .absent])
        pool.stopReplicas(2, agenda: &agenda)
        #expect(pool.workers.map(\.phase) == [.active, .retiring, .retiring, .absent])
        #expect(pool.replicaCount == 1 && pool.tally == ReplicaTally(started: 3, present: 3, ready: 1))
        // A replica that was given up while it booted does not come when its time is over.
        pool.finishBoot(WorkerID(number: 3), shift: 1, agenda: &agenda)
        #expect(pool.workers[3].phase == .absent)
    }

    @Test("a fresh replica is slow for a while")
    func slowStart() throws {
        let slow = timetable(
            1, 1, ["slow-start": .duration(.hours(2)), "slow-start-factor": .number(3), "min": .count(2)])
        var plan = plan(workers: 1, slow, duration: .hours(1))
        plan.arrivals = [
            ArrivalPlan(name: "jobs", values: ParameterValues(["interarrival": .distribution(.constant(10))]))
        ]
        plan.workers = Plans.pool(1, service: .constant(1), autoscaler: slow)
        // Two workers in turn, one as fast as ever and one three times as slow.
        let times = Network.run(plan, seed: 1).ledger.stageTimes[Stage.service.rawValue]
        #expect(times.smallest == .seconds(1) && times.largest == .seconds(3))
        let mean = try #require(times.mean)
        #expect(abs(mean - 2) < 0.05)
    }

    @Test("sees nothing before two scrapes were made and one has arrived")
    func scrapeDelay() throws {
        let script = Plans.autoscaler(
            "script",
            [
                "above": .share(0.5), "scrape-interval": .duration(.seconds(60)),
                "scrape-delay": .distribution(.constant(200)), "evaluation-interval": .duration(.seconds(1)),
            ])
        for seed in 1..<6 as Range<UInt64> {
            let first = try #require(firstTimes(plan(workers: 1, script), seed: seed) { $0.started > 1 })
            #expect(first >= .start + .seconds(260) && first < .start + .seconds(322), "seed \(seed)")
        }
    }

    @Test("stays within its bounds, whatever its policy wants")
    func bounds() {
        let recording = Network.run(plan(workers: 2, timetable(1, 1, ["min": .count(3), "max": .count(4)])), seed: 1)
        #expect(recording.replicas?.wanted.gauge.level == 3)
        let other = Network.run(plan(workers: 2, timetable(9, 9, ["min": .count(3), "max": .count(4)])), seed: 1)
        #expect(other.replicas?.wanted.gauge.level == 4)
    }

    @Test("none is none: nothing is drawn, nothing happens, and nothing is measured")
    func none() throws {
        let kind = try #require(AutoscalerCatalog.kinds["none"])
        #expect(AutoscalerPlan(KindPlan(kind: kind, values: ParameterValues([:]))) == nil)
        let recording = Network.run(plan(workers: 3, nil), seed: 1)
        for metric in MetricCatalog.metrics where metric.key.hasPrefix("replicas.") {
            guard case .level(let value)? = metric.value(of: recording) else { continue }
            #expect(value == nil, "\(metric.key)")
            #expect(metric.course(of: recording.series) == nil)
        }
    }

    @Test("a timetable that changes nothing changes nothing for the items either")
    func idle() {
        let with = Network.run(plan(workers: 3, timetable(3, 3)), seed: 5).ledger
        let without = Network.run(plan(workers: 3, nil), seed: 5).ledger
        #expect(with.latency == without.latency && with.produced.total == without.produced.total)
    }
}

import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Conservation and the ledger of time")
struct ConservationTests {
    /// A network in which every place is short of something: the telescopes' computers and disks, the uplink, the
    /// broker, the workers, the store; and in which everything fails that can.
    private func strained(
        _ broker: String, _ values: [String: ParameterValue] = [:], lock: LockPlan? = nil
    ) -> NetworkPlan {
        let clouds = Plans.weather(clear: .exponential(mean: 3600), closed: .exponential(mean: 1800))
        let outages = OutagePlan(
            values: ParameterValues([
                "up": .distribution(.exponential(mean: 3000)), "down": .distribution(.exponential(mean: 100)),
            ]))
        let retry = Plans.retry(
            "full-jitter", ["base": .duration(.seconds(1)), "cap": .duration(.minutes(1))],
            limits: ["attempts": .count(4), "timeout": .duration(.seconds(40))])
        return NetworkPlan(
            startDate: Plans.equinox, duration: .hours(8), warmUp: .hours(1),
            sites: [
                Plans.site(
                    "slow", rate: DataRate(bitsPerSecond: 2_000_000), weather: clouds, outages: outages,
                    breakAfter: .seconds(60)),
                Plans.site("homes", count: 3, longitude: 170, scatter: 5, weather: clouds),
            ],
            fleet: [
                Plans.group(
                    "slow", site: 0, count: 8, retry: retry,
                    disk: DiskPlan(
                        values: ParameterValues([
                            "capacity": .size(ByteCount(30_000_000)), "when-full": .text("drop-oldest"),
                        ]))),
                Plans.group("homes", site: 1, count: 7, exposure: .seconds(20), retry: retry, edge: Plans.slowEdge),
            ],
            arrivals: [
                ArrivalPlan(
                    name: "jobs",
                    values: ParameterValues([
                        "interarrival": .distribution(.exponential(mean: 4)), "poison": .share(0.02),
                        "keys": .count(10),
                    ]), retry: retry)
            ], broker: Plans.broker(broker, values),
            workers: Plans.pool(
                3, service: .exponential(mean: 5), roundTrip: .milliseconds(300),
                failures: FailurePlan(
                    values: ParameterValues([
                        "up": .distribution(.exponential(mean: 900)), "down": .distribution(.constant(20)),
                    ])), lock: lock),
            state: Plans.state(
                "versioned", [:], ["keys": .count(2), "attempts": .count(2), "latency": .distribution(.constant(0.1))],
                backoff: "full-jitter"),
            operators: Plans.operators(
                1, time: .exponential(mean: 120), patience: .exponential(mean: 300)),
            store: Plans.store(rate: DataRate(bitsPerSecond: 20_000_000), overhead: .milliseconds(100)))
    }

    /// A broker that is strained in every way: short of room, of memory and of patience.
    private var rabbit: NetworkPlan { rabbit(lock: nil) }

    private func rabbit(lock: LockPlan?) -> NetworkPlan {
        strained(
            "rabbitmq",
            [
                "max-length": .count(20), "overflow": .text("reject-publish"), "prefetch": .count(3),
                "memory-limit": .size(ByteCount(10_000_000)),
            ], lock: lock)
    }

    @Test(
        "produced = delivered + lost + in flight after every single event, by the books and by counting what each part holds",
        arguments: BrokerCatalog.kinds.kinds.map(\.name))
    func conservationAtEveryInstant(kind: String) {
        // Without a limit, a JetStream hands poison out for ever, and soon nothing else.
        let plan = strained(kind, kind == "jetstream" ? ["max-deliver": .count(5)] : [:])
        var simulation = Network.simulation(of: plan, seed: 7)
        var events = 0
        while simulation.step(until: .start + plan.duration) {
            let now = simulation.agenda.now
            simulation.model.ledger.checkConservation(at: now)
            // An item between two parts, on the zero-delay lane, is held by no part; so count when the lane is empty.
            if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
            events += 1
        }
        #expect(events > 20_000)
        #expect(simulation.model.ledger.lostTotal > 50, "something must be lost, or the test shows little")
        #expect(simulation.model.ledger.delivered.total > 500)
        #expect(simulation.model.workers.crashes.total > 20)
    }

    @Test(
        "also while an autoscaler starts and stops workers, with locks and without, and what they had goes back or is finished",
        arguments: BrokerCatalog.kinds.kinds.map(\.name), [false, true])
    func conservationWhileScaling(kind: String, isLocked: Bool) {
        var plan = strained(kind, kind == "jetstream" ? ["max-deliver": .count(5)] : [:])
        plan.workers = Plans.pool(
            3, service: .exponential(mean: 5), roundTrip: .milliseconds(300),
            failures: FailurePlan(
                values: ParameterValues([
                    "up": .distribution(.exponential(mean: 900)), "down": .distribution(.constant(20)),
                ])),
            autoscaler: Plans.autoscaler(
                "script",
                [
                    "max": .count(8), "above": .share(0.7), "below": .share(0.6), "add": .count(2),
                    "evaluation-interval": .duration(.seconds(20)), "scrape-interval": .duration(.seconds(20)),
                    "boot": .distribution(.exponential(mean: 15)), "slow-start": .duration(.seconds(30)),
                ]), lock: isLocked ? Plans.lock() : nil)
        if isLocked { plan.coordination = Plans.coordination() }
        plan = Plans.withOutage(plan, at: .hours(3), for: .minutes(10))
        var simulation = Network.simulation(of: plan, seed: 7)
        while simulation.step(until: .start + plan.duration) {
            simulation.model.ledger.checkConservation(at: simulation.agenda.now)
            if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
            checkTally(simulation.model.workers)
        }
        simulation.model.close(at: .start + plan.duration, agenda: simulation.agenda)
        let books = simulation.model.autoscaler?.books
        #expect(books.map { $0.starts.total > 50 && $0.reversals.total > 20 } == true, "it must have scaled a lot")
        #expect(simulation.model.ledger.delivered.total > 500)
        #expect(simulation.model.workers.crashes.total > 10)
        #expect(simulation.model.workers.workers.count <= 16, "numbers of workers that are gone are used again")
    }

    @Test(
        "also with every kind of state, which reads and writes in many messages",
        arguments: StateCatalog.kinds.kinds.map(\.name), ["rabbitmq", "kafka"])
    func conservationWithState(kind: String, broker: String) {
        var plan = strained(broker)
        plan.state = Plans.state(
            kind, [:], ["keys": .count(3), "attempts": .count(2), "others": .distribution(.exponential(mean: 20))])
        if broker == "kafka" { plan.operators = nil }
        var simulation = Network.simulation(of: plan, seed: 7)
        while simulation.step(until: .start + plan.duration) {
            simulation.model.ledger.checkConservation(at: simulation.agenda.now)
            if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
        }
        let (ledger, books) = (simulation.model.ledger, simulation.model.state?.books)
        #expect(ledger.delivered.total > 500 && (books?.conflicts.total ?? 0) > 100)
        #expect(ledger.lost[LossReason.conflicted.rawValue].total > 50 || broker == "rabbitmq")
        #expect((ledger.lost[LossReason.abandoned.rawValue].total > 5) == (broker == "rabbitmq"))
    }

    private func checkTally(_ pool: WorkerPool) {
        var tally = ReplicaTally()
        for worker in pool.workers { tally.count(worker, +1) }
        #expect(tally == pool.tally)
    }

    @Test("a store that is short of room loses and keeps nothing unseen", arguments: FullStorePolicy.allCases)
    func strainedStore(whenFull: FullStorePolicy) {
        var plan = rabbit
        plan.store = Plans.store(
            rate: DataRate(bitsPerSecond: 20_000_000), overhead: .milliseconds(100),
            [
                "batch-size": .count(4), "batch-wait": .duration(.seconds(20)),
                "hot-capacity": .size(ByteCount(20_000_000)), "cold-rate": .rate(DataRate(bitsPerSecond: 1_000_000)),
                "when-full": .text(whenFull.rawValue),
            ])
        var simulation = Network.simulation(of: plan, seed: 7)
        while simulation.step(until: .start + plan.duration) {
            simulation.model.ledger.checkConservation(at: simulation.agenda.now)
            if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
        }
        let (ledger, store) = (simulation.model.ledger, simulation.model.store)
        #expect(ledger.delivered.total > 500)
        #expect((ledger.lost[LossReason.storeFull.rawValue].total > 50) == (whenFull == .drop))
        #expect((store.blocked.gauge.highest > 0) == (whenFull == .wait))
    }

    @Test(
        "the stages of all delivered items sum to their latencies to the nanosecond", arguments: [1, 2, 3] as [UInt64])
    func stagesSumToLatency(seed: UInt64) {
        var plan = rabbit(lock: Plans.lock())
        plan.coordination = Plans.coordination()
        let ledger = Network.run(plan, seed: seed).ledger
        let stages = ledger.stageTimes.reduce(Int128(0)) { $0 + $1.sum }
        #expect(stages == ledger.latency.sum)
        #expect(ledger.stageTimes.allSatisfy { $0.count == ledger.latency.count })
        for stage in Stage.allCases {
            #expect(ledger.stageTimes[stage.rawValue].sum > 0, "\(stage.name) was never passed")
        }
    }

    @Test("an item's books have no gap: stage after stage, they sum to its age")
    func itemBooks() {
        var item = Item(created: .start, size: ByteCount(1), group: 0, source: 0, stage: .readOut)
        var now = Instant.start
        for (index, stage) in Stage.allCases.dropFirst().enumerated() {
            now = now + .milliseconds(Int64(index + 1))
            _ = item.enter(stage, at: now)
            #expect(item.bookedTime == now - item.created)
        }
        #expect(item.time(in: .edgeWait) == .milliseconds(2))
        #expect(item.time(in: .storeWrite) == .zero)
    }

    @Test("books that lose an item stop the run")
    func conservationCanFail() async {
        await #expect(processExitsWith: .failure) {
            var ledger = Ledger(duration: .seconds(10), groupCount: 1)
            let item = ledger.produce(size: ByteCount(1), group: 0, source: 0, in: .brokerWait, at: .start)
            ledger.withItems { $0.end(item) }
            ledger.checkConservation(at: .start)
        }
    }

    @Test("counts of the groups sum to the network's")
    func groupsSum() {
        let ledger = Network.run(rabbit, seed: 4).ledger
        #expect(ledger.groups.reduce(0) { $0 + $1.produced.total } == ledger.produced.total)
        #expect(ledger.groups.reduce(0) { $0 + $1.delivered.total } == ledger.delivered.total)
        #expect(ledger.groups.reduce(0) { $0 + $1.lost.total } == ledger.lostTotal)
        #expect(ledger.series.produced.bins.reduce(0, +) == ledger.produced.total)
        #expect(ledger.series.delivered.bins.reduce(0, +) == ledger.delivered.total)
        #expect(ledger.lost.reduce(0) { $0 + $1.series.bins.reduce(0, +) } == ledger.lostTotal)
    }
}

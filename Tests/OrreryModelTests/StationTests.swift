import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Brokers, workers and the store at work")
struct StationTests {
    @Test("deterministic arrivals and service give waits that one can work out by hand")
    func byHand() {
        // Arrivals at 1, 2, 3, … s; one worker takes 1.5 s each: the n-th item waits (n − 1) × 0.5 s.
        let plan = Plans.station(interarrival: .constant(1), service: .constant(1.5), duration: .seconds(31))
        let ledger = Network.run(plan, seed: 1).ledger
        #expect(ledger.produced.total == 31)
        #expect(ledger.delivered.total == 20)
        let waits = ledger.stageTimes[Stage.brokerWait.rawValue]
        #expect(waits.largest == .milliseconds(9500))
        #expect(waits.sum == Int128((0..<20).reduce(0) { $0 + $1 * 500_000_000 }))
    }

    @Test("a broker without room passes on what an idle worker can take, and loses the rest")
    func noRoom() {
        let plan = Plans.station(
            interarrival: .constant(1), service: .constant(2.5), workers: 2, capacity: 0, duration: .seconds(100))
        let ledger = Network.run(plan, seed: 1).ledger
        // Arrivals 1 and 2 are served until 3.5 and 4.5 s, 3 is lost, 4 and 5 are served, 6 is lost: every third is
        // lost.
        #expect(ledger.lostTotal == 33)
        #expect(ledger.occupancy[Stage.brokerWait.rawValue].highest == 0)
        #expect(ledger.stageTimes[Stage.brokerWait.rawValue].sum == 0)
    }

    @Test("a full broker loses what comes next, and the loss has a reason")
    func overflow() {
        let plan = Plans.station(
            interarrival: .constant(1), service: .constant(1000), capacity: 10, duration: .seconds(100))
        let ledger = Network.run(plan, seed: 1).ledger
        #expect(ledger.lost[LossReason.brokerFull.rawValue].total == 100 - 11)
        #expect(ledger.inFlight.level == 11)
    }

    @Test("the service time grows with the bytes when the workers have a throughput")
    func throughput() {
        var plan = Plans.station(
            interarrival: .constant(100), service: .constant(2), size: ByteCount(50_000_000), duration: .seconds(150))
        plan.workers = WorkerPoolPlan(
            values: ParameterValues([
                "service": .distribution(.constant(2)), "throughput": .rate(DataRate(bitsPerSecond: 80_000_000)),
            ]),
            assignment: plan.workers.assignment)
        #expect(Network.run(plan, seed: 1).ledger.latency.largest == .seconds(7))
    }

    @Test("the store writes one item after another at its rate")
    func storeRate() {
        let store = Plans.store(rate: DataRate(bitsPerSecond: 8_000_000), overhead: .milliseconds(500))
        let plan = Plans.station(
            interarrival: .constant(1), service: .constant(0.25), size: ByteCount(2_000_000), store: store,
            duration: .seconds(60))
        let ledger = Network.run(plan, seed: 1).ledger
        // A write takes 2.5 s and an item comes every second: (60 − 1.25) / 2.5 are written.
        #expect(ledger.delivered.total == 23)
        #expect(ledger.stageTimes[Stage.storeWrite.rawValue].smallest == .milliseconds(2500))
        #expect(ledger.stageTimes[Stage.storeWait.rawValue].largest == .milliseconds(22 * 1500))
    }

    @Test("what finds the store free does not wait, not even for no time")
    func freeStore() {
        let store = Plans.store(rate: DataRate(bitsPerSecond: 8_000_000))
        let plan = Plans.station(
            interarrival: .constant(1), service: .constant(0.25), store: store, duration: .seconds(60))
        let ledger = Network.run(plan, seed: 1).ledger
        #expect(ledger.delivered.total == 59)
        #expect(ledger.occupancy[Stage.storeWait.rawValue].highest == 0)
        #expect(ledger.series.occupancy[Stage.storeWait.rawValue].highest.allSatisfy { $0 == 0 })
    }

    @Test("the warm-up is not observed, but the books go on")
    func warmUp() {
        let long = Plans.station(
            interarrival: .constant(1), service: .constant(0.5), duration: .seconds(1000), warmUp: .seconds(400))
        let recording = Network.run(long, seed: 1)
        #expect(recording.ledger.produced.total == 1000)
        #expect(recording.ledger.produced.observed == 601, "from the one at 400 s to the one at 1000 s")
        #expect(recording.ledger.latency.count == recording.ledger.delivered.observed)
        #expect(recording.observed == .seconds(600))
        let utilisation = MetricCatalog["workers.utilisation"].flatMap { metric -> Double? in
            guard case .level(let read) = metric.reading else { return nil }
            return read(recording)
        }
        #expect(utilisation.map { abs($0 - 0.5) < 0.002 } ?? false)
    }

    @Test("a run that fills memory with waiting items is given up, and says when")
    func overwhelmed() {
        let plan = Plans.station(interarrival: .constant(0.001), service: .constant(10), duration: .seconds(100_000))
        guard case .overwhelmed(let instant, let items) = Run(plan, seed: 1, itemLimit: 100_000).outcome() else {
            Issue.record("a station that serves one of ten thousand items must be overwhelmed")
            return
        }
        #expect(items > 100_000 && items < 200_000)
        #expect(instant.seconds > 100 && instant.seconds < 200)
    }

    @Test("progress rises from run to end")
    func progress() {
        let plan = Plans.station(interarrival: .constant(0.1), service: .constant(0.05), duration: .seconds(10_000))
        var shares: [Double] = []
        _ = Run(plan, seed: 1).outcome(progress: { shares.append($0) })
        #expect(shares.count > 5 && shares == shares.sorted() && shares.last == 1)
    }

    @Test("the same seed gives the same run, another seed another, and running in slices changes nothing")
    func fingerprints() {
        let plan = Plans.station(
            interarrival: .exponential(mean: 1), service: .exponential(mean: 0.8), workers: 1, capacity: 20)
        let first = Network.run(plan, seed: 1)
        let again = Network.run(plan, seed: 1)
        #expect(first.fingerprint == again.fingerprint)
        #expect(first.fingerprint != Network.run(plan, seed: 2).fingerprint)
        var whole = Network.simulation(of: plan, seed: 1)
        whole.run(until: .start + plan.duration)
        #expect(whole.fingerprint == first.fingerprint)
    }
}

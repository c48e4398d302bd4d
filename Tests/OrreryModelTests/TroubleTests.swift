import OrreryKernel
import OrreryStatistics
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Trouble that comes together: the books stay whole after every event")
struct TroubleTests {
    /// Runs a plan and checks its books after every event, and what its parts hold whenever an instant is over.
    private func run(_ plan: NetworkPlan) -> Network {
        var simulation = Network.simulation(of: plan, seed: 7)
        while simulation.step(until: .start + plan.duration) {
            simulation.model.ledger.checkConservation(at: simulation.agenda.now)
            if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
        }
        return simulation.model
    }

    private func station(
        _ kind: String, _ values: [String: ParameterValue] = [:], interarrival: Distribution, service: Distribution,
        workers: Int = 1, roundTrip: Duration = .zero, poison: Double = 0, duration: Duration
    ) -> NetworkPlan {
        var plan = Plans.station(interarrival: interarrival, service: service, workers: workers, duration: duration)
        plan.broker = Plans.broker(kind, values)
        plan.workers = Plans.pool(workers, service: service, roundTrip: roundTrip)
        plan.arrivals = [
            ArrivalPlan(
                name: "jobs",
                values: ParameterValues(["interarrival": .distribution(interarrival), "poison": .share(poison)]))
        ]
        return plan
    }

    private func outage(at start: Int64, for length: Int64) -> FaultPlan {
        FaultPlan(
            name: "outage",
            values: ParameterValues([
                "at": .distribution(.constant(Double(start))), "for": .distribution(.constant(Double(length))),
            ]),
            effect: KindPlan(firstOf: FaultCatalog.kinds))
    }

    @Test("a copy is taken back while the worker's word on it is on its way, and its item is in the archive already")
    func lateWords() {
        let patient = station(
            "jetstream", interarrival: .constant(40), service: .constant(29.3), workers: 3, roundTrip: .seconds(1),
            duration: .seconds(3000))
        #expect(run(patient).ledger.delivered.total > 50)
        let poisoned = station(
            "kafka", interarrival: .exponential(mean: 1), service: .exponential(mean: 0.2), roundTrip: .seconds(1),
            poison: 0.02, duration: .seconds(20_000))
        let ledger = run(poisoned).ledger
        #expect(ledger.delivered.total > 10_000)
        #expect(ledger.traffic.duplicates.total > 0, "or nothing was taken back in vain")
        #expect(ledger.lost[LossReason.deadLettered.rawValue].total > 100)
    }

    @Test(
        "a copy is taken back and dropped at once, while its worker goes on",
        arguments: [["delivery-limit": .count(0)], ["max-length": .count(0)]] as [[String: ParameterValue]])
    func takenBackAndDropped(values: [String: ParameterValue]) {
        let plan = station(
            "rabbitmq", values.merging(["ack-timeout": .duration(.seconds(60))]) { $1 }, interarrival: .constant(150),
            service: .constant(200), workers: 2, duration: .seconds(6000))
        // The worker is done in the end, so the item is delivered after all.
        #expect(run(plan).ledger.delivered.total > 20)
    }

    @Test("an outage is over before the broker has heard of it")
    func shortOutage() {
        var plan = station(
            "bounded-queue", interarrival: .constant(49), service: .constant(3), roundTrip: .seconds(10),
            duration: .seconds(400))
        plan.faults = [outage(at: 100, for: 1), outage(at: 170, for: 23)]
        #expect(run(plan).ledger.delivered.total >= 6)
    }

    @Test("a telescope that waited for room goes on when what filled its disk is given up without having been sent")
    func heldBackAndGivenUp() throws {
        let image = try #require(CameraCatalog["evscope"]).imageSize
        var plan = Plans.observatory(telescopes: 20, duration: .hours(5))
        let disk = DiskPlan(
            values: ParameterValues(["capacity": .size(ByteCount(image.bytes * 3 / 2))]))
        plan.fleet = [
            Plans.group(
                "scopes", site: 0, count: 20, retry: Plans.retry("none", limits: ["throttle": .number(1)]), disk: disk)
        ]
        plan.faults = [outage(at: 3600, for: 300)]
        let model = run(plan)
        #expect(model.ledger.lost[LossReason.heldBack.rawValue].total > 0)
        #expect(model.ledger.produced.total > 4000, "\(model.ledger.produced.total) images: telescopes stand still")
    }

    @Test(
        "faults at drawn times are apart and last as long as stated on average, and are the same again for the same seed"
    )
    func drawnTimes() throws {
        var plan = station(
            "bounded-queue", interarrival: .constant(100), service: .constant(1), duration: .hours(2000))
        plan.faults = [
            FaultPlan(
                name: "outages",
                values: ParameterValues([
                    "at": .distribution(.exponential(mean: 36_000)), "for": .distribution(.exponential(mean: 3600)),
                    "every": .distribution(.exponential(mean: 32_400)),
                ]),
                effect: KindPlan(firstOf: FaultCatalog.kinds))
        ]
        func shares(_ seeds: ClosedRange<UInt64>) throws -> [Double] {
            try seeds.map { seed in
                var simulation = Network.simulation(of: plan, seed: seed)
                while simulation.step(until: .start + plan.duration) {}
                return try #require(simulation.model.activeFaults.gauge.mean(at: .start + plan.duration))
            }
        }
        let share = try shares(1...40)
        // An hour of every ten.
        let interval = try #require(Estimate(share).interval)
        #expect(interval.contains(0.1) && interval.upperBound - interval.lowerBound < 0.02, "\(interval)")
        #expect(Set(share).count == 40)
        #expect(try shares(1...3) == Array(share[..<3]))
    }

    @Test("overlapping cuts of a line end with the last of them")
    func overlappingCuts() throws {
        var plan = Plans.observatory(telescopes: 1, duration: .hours(5))
        let partition = try #require(FaultCatalog.kinds["partition"])
        let cut = KindPlan(kind: partition, values: ParameterValues(["lost": .text("items")]))
        plan.faults = [(3600, 7200), (3700, 100)].map { start, length in
            FaultPlan(
                name: "cut",
                values: ParameterValues([
                    "at": .distribution(.constant(Double(start))), "for": .distribution(.constant(Double(length))),
                ]),
                effect: cut)
        }
        plan.fleet = [Plans.group("scopes", site: 0, count: 1, retry: Plans.retry("none", limits: patience))]
        let lost = run(plan).ledger.lost[LossReason.timedOut.rawValue].total
        #expect(abs(lost - 7200 / 60) < 8, "\(lost) images were lost on the way")
    }

    private let patience: [String: ParameterValue] = ["timeout": .duration(.seconds(10))]

    @Test("answers wait while a line is down, and arrive when it works again")
    func answersWait() throws {
        var plan = Plans.observatory(telescopes: 1, duration: .hours(2))
        plan.sites = [Plans.site(latency: .seconds(20))]
        let effect = try #require(FaultCatalog.kinds["uplink-outage"])
        let line = KindPlan(kind: effect, values: ParameterValues([:]))
        plan.faults = [
            FaultPlan(
                name: "line",
                values: ParameterValues(["at": .distribution(.constant(200)), "for": .distribution(.constant(600))]),
                effect: line)
        ]
        let ledger = run(plan).ledger
        #expect(ledger.delivered.total > 80 && ledger.lostTotal == 0)
        #expect(ledger.stageTimes[Stage.disk.rawValue].largest ?? .zero > .seconds(400))
    }
}

import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("A scheduler")
struct SchedulerTests {
    /// The books of a run.
    private func books(_ plan: NetworkPlan, seed: UInt64 = 1) throws -> SchedulerBooks {
        try #require(Network.run(plan, seed: seed).scheduler)
    }

    @Test("that pushes tells a telescope its slice when the plan is computed and the command has travelled")
    func firstPush() throws {
        // The look at 0 s takes 60 s + 12 s, the command 500 ms, its way 50 ms; the set-up ends at 100 s.
        let plan = Plans.scheduled(Plans.scheduler("push"), duration: .milliseconds(72_549))
        #expect(try books(plan).planAge.count == 0)
        var later = plan
        later.duration = .seconds(101)
        let books = try books(later)
        #expect(books.planAge.mean == 72.55)
        #expect(books.inProgress.gauge.level == 1 && books.idle.gauge.mean(at: .start + later.duration) == 0)
    }

    @Test("that pushes leaves telescopes idle for what a round takes longer than a slice: the closed form")
    func idleShare() throws {
        let length = 60.1  // exposure and read-out
        let plan = Plans.scheduled(Plans.scheduler("push"), telescopes: 100)
        #expect(plan.fleet[0].observationLength.seconds == length)
        let recording = Network.run(plan, seed: 1)
        let round = 60.0 + 100 * 12.5 + 60
        // A telescope begins each round with what it gets; only the first and the last round differ.
        let expected = 1 - Double(Int(600 / length)) * length / round
        let idle = try #require(MetricCatalog["telescopes.idle"]?.value(of: recording)?.figure)
        #expect(abs(idle - expected) < 0.5 * round / 14_400, "\(idle) instead of \(expected)")
        #expect(recording.scheduler?[.canceled].total == 0 && recording.scheduler?[.notAttempted].total == 0)
    }

    @Test("that is asked answers as fast as its server can, or as its telescopes can observe", arguments: [10, 200])
    func machineRepair(telescopes: Int) throws {
        let asked = Plans.scheduler(
            "pull", ["service": .distribution(.constant(1)), "timeout": .duration(.hours(1))])
        let books = try books(Plans.scheduled(asked, telescopes: telescopes))
        // A round of a telescope: exposure, while the camera reads out the question with its way and the answer.
        let rate = min(Double(telescopes) / (60 + 1 + 0.1), 1)
        let expected = rate * (14_400 - 161)
        #expect(abs(Double(books[.completed].total) - expected) < 0.02 * expected, "\(books[.completed].total)")
        #expect(books[.notAttempted].total == 0 && books.requeued.total == 0)
    }

    @Test("gives a telescope that asks in vain something at its next question, one interval later")
    func pollInterval() throws {
        let asked = Plans.scheduler(
            "pull", ["service": .distribution(.constant(0)), "interval": .duration(.minutes(5))],
            requests: .constant(350))
        // Ready at 100 s; questions at 100 s, 400.1 s and so on find requests of 350 s, 700 s and so on.
        let books = try books(Plans.scheduled(asked, duration: .seconds(700)))
        #expect(books.wait.count == 1 && abs((books.wait.mean ?? 0) - 50.2) < 0.05)
    }

    @Test("lets requests expire that no telescope takes in time, and no others")
    func deadlines() throws {
        let day = Plans.scheduled(
            Plans.scheduler("pull", requests: .constant(60), deadline: .minutes(10)), longitude: 180)
        let books = try books(day)
        let pending = books.pending.gauge.level
        #expect(books.requested.total == books.expired.total + Int64(pending) && (9...11).contains(pending))
        var night = day
        night.scheduler = Plans.scheduler("pull", requests: .constant(100), deadline: .minutes(10))
        night.sites = Plans.scheduled(Plans.scheduler("pull"), longitude: 0).sites
        #expect(try self.books(night).expired.total == 0)
    }

    @Test("counts every observation and request in one state after every single event", arguments: ["push", "pull"])
    func conservation(kind: String) {
        let clouds = Plans.weather(clear: .exponential(mean: 3600), closed: .exponential(mean: 900))
        let outages = OutagePlan(
            values: ParameterValues([
                "up": .distribution(.exponential(mean: 2000)), "down": .distribution(.exponential(mean: 200)),
            ]))
        var night = NightPlans.crashes(up: .exponential(mean: 4000), down: .exponential(mean: 900))
        night.observations = NightPlans.targets(exposures: 2, slew: .exponential(mean: 30), filters: 2).observations
        var plan = Plans.scheduled(
            Plans.scheduler(
                kind, kind == "push" ? ["per-telescope": .duration(.seconds(5))] : [:],
                ["offline-after": .duration(.minutes(3)), "rejoin-jitter": .duration(.seconds(20))],
                requests: .exponential(mean: 40), deadline: .minutes(20)),
            telescopes: 12, heartbeat: .minutes(1), night: night)
        plan.sites = [
            Plans.site(count: 3, latency: .milliseconds(300), weather: clouds, outages: outages)
        ]
        plan.warmUp = .minutes(30)
        plan.faults = [
            Plans.fault("partition", at: .hours(1), for: .minutes(15), ["lost": .text("items")]),
            Plans.fault("uplink-outage", at: .hours(2), for: .minutes(15)),
            Plans.fault("centre-outage", at: .hours(3), for: .minutes(15)),
        ]
        for tieSeed in [nil, 5] as [UInt64?] {
            var simulation = Network.simulation(of: plan, seed: 7, tieSeed: tieSeed)
            while simulation.step(until: .start + plan.duration) {
                simulation.model.scheduler?.observations.check(held: simulation.model.fleet.assignments?.heldCount ?? 0)
                if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
            }
            simulation.model.close(at: .start + plan.duration, agenda: simulation.agenda)
            let books = simulation.model.scheduler?.observations.books
            for end in ObservationEnd.allCases where end != .canceled || kind == "push" {
                #expect(books?[end].total ?? 0 > 0, "\(kind) has none that ended \(end), so that this shows little")
            }
            #expect(books?.requeued.total ?? 0 > 0 && books?.expired.total ?? 0 > 0)
        }
        #expect(Network.run(plan, seed: 7).fingerprint == Network.run(plan, seed: 7).fingerprint)
    }

    @Test("that is asked answers once more what it has not heard the end of, and nothing is observed twice")
    func lostAnswers() throws {
        var plan = Plans.scheduled(
            Plans.scheduler("pull", requests: .constant(30)), telescopes: 5)
        plan.faults = [
            Plans.fault("partition", at: .minutes(30), for: .minutes(20), ["lost": .text("answers")]),
            Plans.fault("partition", at: .hours(2), for: .minutes(20), ["lost": .text("items")]),
        ]
        let books = try books(plan)
        #expect(books.duplicates.total == 0 && books.requeued.total == 0 && books[.notAttempted].total == 0)
        // What piled up was worked off: five telescopes do one request every 13 s.
        #expect(books.fulfilled.total >= 470 && books.pending.gauge.level < 5)
    }

    @Test("is in no metric of a network without one")
    func absent() {
        let recording = Network.run(Plans.observatory(duration: .hours(1)), seed: 1)
        for metric in MetricCatalog.scheduler {
            switch metric.value(of: recording) {
            case nil, .level(nil): break
            case .distribution(let histogram): #expect(histogram.count == 0)
            case let value: Issue.record("\(metric.key) is \(String(describing: value))")
            }
            #expect(metric.course(of: recording.series) == nil, "\(metric.key)")
        }
    }
}

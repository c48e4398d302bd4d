import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("What telescopes do in their night")
struct NightTests {
    private func plan(
        _ night: NightPlans, telescopes: Int = 1, exposure: Duration = .seconds(60), site: SitePlan = Plans.site(),
        duration: Duration
    ) -> NetworkPlan {
        Plans.observatory(
            telescopes: telescopes, camera: "sinistro", exposure: exposure, site: site, night: night, duration: duration
        )
    }

    @Test("targets, filters and exposures follow each other as the plan says, to the second")
    func cadence() {
        // Two exposures of 60 s in each of three filters: three times 28 s of read-out between two in the same filter,
        // two changes of filter in 40 s, and a slew in 90 s, beside which the first filter comes back: 614 s a target.
        let night = NightPlans.targets(
            exposures: 2, slew: .constant(90), filters: 3, filterChange: .constant(40))
        let tenTargets = 100 + 10 * 614 - 90 as Int64
        #expect(Network.run(plan(night, duration: .seconds(tenTargets + 1)), seed: 1).ledger.produced.total == 60)
        #expect(Network.run(plan(night, duration: .seconds(tenTargets - 1)), seed: 1).ledger.produced.total == 59)
    }

    @Test("a telescope that slews while its camera reads out is ready when both are done")
    func slewBesideReadOut() {
        func produced(_ slew: Double) -> Int64 {
            let night = NightPlans.targets(exposures: 1, slew: .constant(slew))
            return Network.run(plan(night, duration: .seconds(100 + 100 * 88)), seed: 1).ledger.produced.total
        }
        let unmoved = Network.run(plan(NightPlans(), duration: .seconds(100 + 100 * 88)), seed: 1)
        #expect(unmoved.ledger.produced.total == 100 && produced(0) == 100 && produced(28) == 100)
        // 60 s of exposure and 116 s of slew are twice 88 s.
        #expect(produced(116) == 50)
    }

    @Test("clouds end a target: after them a telescope sets up for a new one")
    func newTargetAfterClouds() {
        let night = NightPlans.targets(exposures: 3, slew: .constant(500))
        var simulation = Network.simulation(of: plan(night, duration: .hours(1)), seed: 1)
        // Shutters close at 160 s and 248 s; set up again at 360 s, three more follow without a slew
        // within 3 × 60 s + 2 × 28 s.
        toggleWeather(&simulation, at: [250, 260])
        let end = Instant.start + .hours(1)
        while simulation.model.ledger.produced.total < 5, simulation.step(until: end) {}
        #expect(simulation.agenda.now.seconds == 596)
        while simulation.model.ledger.produced.total < 6, simulation.step(until: end) {}
        #expect(simulation.agenda.now.seconds == 596 + 500 + 60)
    }

    /// The calibration of these tests, and a site whose night begins at about 06:50 and ends at about 17:15.
    private let frames = NightPlans.calibration(duskFlats: 5, dawnFlats: 7, darks: 11)
    private let antimeridian = Plans.site(longitude: 180)

    @Test("each night has its flats at dusk, its flats at dawn and its darks, and each frame is an item")
    func calibrationFrames() {
        let recording = Network.run(plan(frames, telescopes: 3, site: antimeridian, duration: .days(4)), seed: 1)
        let nights = 3 * 4 as Int64
        #expect(recording.calibrationExposures.total == nights * 23)
        let without = Network.run(plan(NightPlans(), telescopes: 3, site: antimeridian, duration: .days(4)), seed: 1)
        // The flats of dusk take 5 × 33 s of the time of images.
        let images = recording.ledger.produced.total - recording.calibrationExposures.total
        let missing = without.ledger.produced.total - images
        #expect(missing >= nights && missing <= 3 * nights, "\(missing) images")
        #expect(recording.abortedExposures.total <= nights)
    }

    @Test("flats come between the set-up and the first image, and darks follow the last image after dawn")
    func calibrationTimes() throws {
        let plan = plan(frames, site: antimeridian, duration: .days(1))
        let darkness = Darkness(latitude: 0, longitude: 180, limit: -12, epoch: Plans.equinox)
        let dusk = try #require(darkness.nextChange(after: .start, searching: .days(1)))
        let dawn = try #require(darkness.nextChange(after: dusk, searching: .days(1)))
        var simulation = Network.simulation(of: plan, seed: 1)
        var shutters: [Instant] = []
        _ = simulation.run(until: .start + .days(1), atMost: .max) { event in
            if event.kind == MessageKind.shutterClosed.rawValue { shutters.append(event.time) }
        }
        let sinceDusk = shutters.prefix(6).map { ($0 - dusk).seconds }
        #expect(sinceDusk == [105, 138, 171, 204, 237, 100 + 5 * 33 + 60])
        let atDawn = shutters.filter { $0 > dawn }
        #expect(atDawn.count == 18)
        #expect(zip(atDawn, atDawn.dropFirst()).allSatisfy { $1 - $0 == .seconds(33) })
        let first = try #require(atDawn.first) - dawn
        #expect(first >= .seconds(5) && first <= .seconds(33))
    }

    @Test("a night under clouds has darks only; flats are taken only where the sky is clear at the time")
    func calibrationUnderClouds() {
        func taken(weatherAt hours: [Int64]) -> Int64 {
            var simulation = Network.simulation(
                of: plan(frames, site: antimeridian, duration: .days(1)), seed: 1)
            toggleWeather(&simulation, at: hours.map { $0 * 3600 })
            simulation.run(until: .start + .days(1))
            simulation.model.checkInventory(agenda: simulation.agenda)
            return simulation.model.fleet.calibrationExposures.total
        }
        #expect(taken(weatherAt: []) == 5 + 7 + 11)
        #expect(taken(weatherAt: [1]) == 11, "closed from 01:00 on")
        #expect(taken(weatherAt: [1, 9]) == 7 + 11, "closed at nightfall")
        #expect(taken(weatherAt: [9]) == 5 + 11, "closed at dawn")
        #expect(taken(weatherAt: [9, 10]) == 5 + 7 + 11, "a second opening in the night has no flats")
    }

    @Test("clouds during the flats of dusk end them")
    func cloudsDuringFlats() throws {
        let darkness = Darkness(latitude: 0, longitude: 180, limit: -12, epoch: Plans.equinox)
        let dusk = try #require(darkness.nextChange(after: .start, searching: .days(1)))
        var simulation = Network.simulation(of: plan(frames, site: antimeridian, duration: .days(1)), seed: 1)
        // Shutters close 105 s and 138 s after nightfall.
        let second = (dusk - .start).nanoseconds / 1_000_000_000
        toggleWeather(&simulation, at: [second + 140, second + 400])
        simulation.run(until: .start + .days(1))
        #expect(simulation.model.fleet.calibrationExposures.total == 2 + 7 + 11)
    }

    @Test("the crash of a controller interrupts one exposure, and the telescope starts, sets up and goes on")
    func crashes() {
        // Polar night: two exposures of 3600 s and 28 s of read-out fit into 10,000 s after 100 s of set-up, the third
        // is interrupted; 60 s later everything begins anew.
        let night = NightPlans.crashes(up: .constant(10_000), down: .constant(60))
        var plan = plan(
            night, exposure: .hours(1), site: Plans.site(latitude: 89), duration: .seconds(10 * 10_060))
        plan.startDate = CalendarDate(year: 2026, month: 12, day: 10) ?? Plans.equinox
        let recording = Network.run(plan, seed: 1)
        #expect(recording.interruptedExposures.total == 10 && recording.abortedExposures.total == 0)
        #expect(recording.ledger.produced.total == 20 && recording.ledger.lostTotal == 0)
        let share = recording.downTelescopes.mean(at: recording.end) ?? -1
        #expect(abs(share - 60.0 / 10_060) < 1e-9)
    }

    @Test("an image that is being read out when the controller crashes is kept, and so is what lies on the disk")
    func crashInReadOut() {
        let night = NightPlans.crashes(up: .constant(170), down: .constant(1000))
        let recording = Network.run(plan(night, duration: .seconds(1100)), seed: 1)
        #expect(recording.interruptedExposures.total == 0)
        #expect(recording.ledger.delivered.total == 1)
    }

    @Test("every crash under a clear sky interrupts at most one exposure, whatever the telescope does")
    func manyCrashes() {
        let night = NightPlans.crashes(up: .exponential(mean: 900), down: .exponential(mean: 30))
        var simulation = Network.simulation(of: plan(night, telescopes: 20, duration: .hours(5)), seed: 1)
        var crashes = 0
        _ = simulation.run(until: .start + .hours(5), atMost: .max) { event in
            if event.kind == MessageKind.telescopeCrashed.rawValue { crashes += 1 }
        }
        let interrupted = simulation.model.fleet.interruptedExposures.total
        // A cycle has 100 s of set-up, and of the rest 60 s of 88 s are exposed.
        let expected = Double(crashes) * 60 / 88 * PortableMath.exp(-100.0 / 900)
        #expect(crashes > 300 && interrupted <= crashes)
        #expect(abs(Double(interrupted) - expected) < 4 * expected.squareRoot(), "\(interrupted) of \(crashes)")
    }

    private func toggleWeather(_ simulation: inout Simulation<Network>, at seconds: [Int64]) {
        for second in seconds {
            simulation.agenda.schedule(.site(SiteID(number: 0), .weather), after: .seconds(second))
        }
    }
}

@Suite("Downtime of telescopes")
struct DowntimeTests {
    @Test("the defaults lose 4.4 nights in a hundred that could begin a failure, 4.26 % of all nights")
    func defaults() throws {
        let plan = try #require(NightPlans.downtime().downtime)
        let lost = plan.probability * plan.nights.sampler.mean
        #expect(abs(lost - (0.0137 + 3 * 0.00548 + 7 * 0.00137 + 14 * 0.000274)) < 1e-12)
        #expect(abs(lost - 0.0436) < 5e-5)
        // Of 1 - 0.020824 + 0.043566 nights, 0.043566 are lost.
        #expect(abs(plan.lostShare - 0.043566 / 1.022742) < 1e-6)
    }

    @Test(
        "a share of nights is lost as the plan says, over many telescopes and nights", arguments: [1, 2, 3] as [UInt64])
    func lostNights(seed: UInt64) throws {
        let plan = try #require(NightPlans.downtime().downtime)
        let group = Plans.group("scopes", site: 0, count: 1000)
        var downtime = Downtime(plan, of: group, first: 7, seed: seed)
        var lost = 0
        let nights = 1000
        for _ in 0..<nights {
            for index in 0..<1000 where downtime.beginNight(TelescopeID(number: UInt32(7 + index))) { lost += 1 }
        }
        // The squares of the nights that a failure costs have a mean of 0.1838 a night: the standard deviation of a
        // million nights is 429 nights or 0.00043.
        let share = Double(lost) / Double(1000 * nights)
        #expect(abs(share - plan.lostShare) < 4 * 0.00043, "\(share)")
    }

    @Test("a telescope is down for whole nights: those that it breaks in and those that the repair takes")
    func wholeNights() {
        // Broken at every nightfall for three nights, again and again, from the first one on.
        let night = NightPlans.downtime(["probability": .share(1), "nights": .distribution(.constant(3))])
        let plan = Plans.observatory(site: Plans.site(longitude: 180), night: night, duration: .days(6))
        let recording = Network.run(plan, seed: 1)
        #expect(recording.ledger.produced.total == 0)
        // Down from the first nightfall on, at about 06:50.
        let share = recording.downTelescopes.mean(at: recording.end) ?? -1
        #expect(abs(share - (1 - 6.85 / 24 / 6)) < 0.002, "\(share)")
    }

    @Test("down telescopes take no images, and the others as many as without downtime")
    func lostImages() {
        func run(_ night: NightPlans) -> Recording {
            let site = Plans.site(longitude: 180)
            return Network.run(
                Plans.observatory(
                    telescopes: 100, exposure: .hours(1), site: site, night: night, duration: .days(100)),
                seed: 1)
        }
        let without = run(NightPlans())
        let with = run(NightPlans.downtime(["probability": .share(0.1)]))
        let lost = 1 - Double(with.ledger.produced.total) / Double(without.ledger.produced.total)
        guard case .level(let share) = MetricCatalog["telescopes.down"]?.reading, let down = share(with) else {
            Issue.record("nobody measures how many telescopes are down")
            return
        }
        #expect(down > 0.1 && abs(lost - down) < 0.005, "\(lost) of the images, \(down) of the time")
        #expect(share(without) == 0)
    }
}

@Suite("Everything that a telescope can do and that can happen to it")
struct FullNightTests {
    /// Targets, calibration, downtime and crashes at once.
    private var everything: NightPlans {
        var night = NightPlans.targets(
            exposures: 2, slew: .exponential(mean: 60), filters: 2, filterChange: .exponential(mean: 20))
        night.calibration = NightPlans.calibration(duskFlats: 4, dawnFlats: 4, darks: 200).calibration
        night.downtime = NightPlans.downtime(["probability": .share(0.3)]).downtime
        night.crashes = NightPlans.crashes(up: .exponential(mean: 1000), down: .exponential(mean: 100)).crashes
        return night
    }

    @Test(
        "no telescope stalls or exposes twice under restless weather with everything on, and no item gets lost from the books",
        arguments: [1, 2, 3] as [UInt64])
    func restlessWeather(seed: UInt64) {
        // Weather and set-up take whole seconds, so that many things happen at one instant; the disk is often full.
        let seconds = Distribution(Geometric(probability: 0.005), text: "geometric")
        let site = Plans.site(
            count: 3, longitude: 100, rate: DataRate(bitsPerSecond: 8_000_000),
            weather: Plans.weather(clear: seconds, closed: seconds))
        var plan = Plans.observatory(site: site, duration: .days(3))
        plan.fleet = [
            Plans.group(
                "scopes", site: 0, count: 9, camera: "sinistro", exposure: .seconds(5), setUp: seconds,
                disk: DiskPlan(values: ParameterValues(["capacity": .size(ByteCount(110_000_000))])), night: everything)
        ]
        var simulation = Network.simulation(of: plan, seed: seed, tieSeed: seed == 1 ? nil : seed)
        while simulation.step(until: .start + plan.duration) {
            guard simulation.agenda.isQuiet else { continue }
            simulation.model.checkInventory(agenda: simulation.agenda)
            simulation.model.ledger.checkConservation(at: simulation.agenda.now)
        }
        let fleet = simulation.model.fleet
        #expect(simulation.model.ledger.produced.total > 1000)
        #expect(fleet.abortedExposures.total > 20 && fleet.interruptedExposures.total > 10)
        #expect(fleet.calibrationExposures.total > 200)
        #expect(fleet.down.gauge.highest > 3 && fleet.stalled.gauge.highest > 1)
    }

    @Test("a group with everything on changes nothing for the others")
    func streamsAreSeparate() {
        var plan = Plans.observatory(
            telescopes: 3, site: Plans.site(longitude: 90, rate: DataRate(bitsPerSecond: 100_000_000_000)),
            duration: .days(3))
        let alone = Network.run(plan, seed: 5).ledger.groups[0]
        plan.fleet.append(Plans.group("new", site: 0, count: 10, night: everything))
        let together = Network.run(plan, seed: 5).ledger.groups[0]
        #expect(alone.produced.total == together.produced.total)
    }

    @Test("crashes and downtime leave the set-up of all other nights as it was")
    func setUpsStay() {
        // Each set-up has a length of its own; the telescopes that are not down at the end are as if nothing had been.
        let uniform = Distribution(Uniform(minimum: 90, maximum: 400), text: "uniform")
        func lastShutters(_ night: NightPlans) -> [UInt32: Instant] {
            let plan = Plans.observatory(
                telescopes: 20, exposure: .hours(3), setUp: uniform, site: Plans.site(longitude: 180), night: night,
                duration: .days(6))
            var last: [UInt32: Instant] = [:]
            var simulation = Network.simulation(of: plan, seed: 1)
            _ = simulation.run(until: .start + plan.duration, atMost: .max) { event in
                if event.kind == MessageKind.shutterClosed.rawValue { last[event.entity] = event.time }
            }
            return last
        }
        let usual = lastShutters(NightPlans())
        let broken = lastShutters(NightPlans.downtime(["probability": .share(0.2)]))
        let same = usual.filter { broken[$0.key] == $0.value }.count
        #expect(same >= 10, "\(same) of 20 telescopes end alike")
    }
}

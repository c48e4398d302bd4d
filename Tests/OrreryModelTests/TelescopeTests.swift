import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Telescopes, sites and uplinks")
struct TelescopeTests {
    @Test("what every image needs of a telescope's sending side fits a cache line")
    func size() {
        #expect(MemoryLayout<Uploader>.stride <= 64)
    }

    @Test("FITS files fill whole blocks of 2880 bytes")
    func fitsSizes() {
        #expect(FITS.imageSize(width: 4096, height: 4096, bitsPerPixel: 16).bytes == (3 + 11_651) * 2880)
        #expect(FITS.imageSize(width: 1440, height: 1, bitsPerPixel: 16).bytes == (3 + 1) * 2880)
        #expect(FITS.imageSize(width: 1441, height: 1, bitsPerPixel: 16).bytes == (3 + 2) * 2880)
        #expect(FITS.imageSize(width: 0, height: 0, bitsPerPixel: 16).bytes == 3 * 2880)
        #expect(FITS.imageSize(width: 100, height: 100, bitsPerPixel: -32).bytes == (3 + 14) * 2880)
    }

    @Test(
        "images have the sizes that the cameras' sources state",
        arguments: [
            ("sinistro", 33.6), ("asi2600", 52.2), ("asi6200", 122), ("asi1600", 32.8), ("asi183", 40),
            ("evscope", 2.5), ("atlas", 220),
        ] as [(String, Double)])
    func cameraSizes(name: String, megabytes: Double) throws {
        let size = try #require(CameraCatalog[name]).imageSize
        #expect(abs(Double(size.bytes) / 1e6 / megabytes - 1) < 0.03)
    }

    @Test("a hundred images handed over at once take a hundred transfer times, not one, and arrive together")
    func sharedUplink() {
        let size = Camera.evscope.imageSize
        let rate = DataRate(bitsPerSecond: size.bytes * 8 / 10)
        let site = Plans.site(rate: rate, latency: .milliseconds(250))
        let plan = Plans.observatory(telescopes: 100, exposure: .hours(1), site: site, duration: .hours(2))
        let ledger = Network.run(plan, seed: 1).ledger
        let transfers = rate.time(for: ByteCount(size.bytes * 100))
        #expect(ledger.delivered.total == 100)
        let latency = Camera.evscope.readOut + transfers + .milliseconds(250) + .seconds(1)
        #expect(ledger.latency.smallest == latency && ledger.latency.largest == latency)
        #expect(ledger.stageTimes[Stage.uplink.rawValue].largest == transfers)
    }

    @Test("an image that finds the uplink free does not wait on the disk, not even for no time")
    func freeUplink() {
        let ledger = Network.run(Plans.observatory(duration: .hours(2)), seed: 1).ledger
        #expect(ledger.delivered.total > 100)
        #expect(ledger.occupancy[Stage.uplink.rawValue].highest == 1)
        #expect(ledger.stageTimes[Stage.disk.rawValue].largest == .zero)
    }

    @Test("a telescope sends one image after another, each when the one before it is confirmed")
    func oneAfterAnother() {
        // An exposure of 10 s every 10.1 s, a transfer of 20 s and a round trip of 2 s: an image every 22 s.
        let rate = DataRate(bitsPerSecond: Camera.evscope.imageSize.bytes * 8 / 20)
        let site = Plans.site(rate: rate, latency: .seconds(1))
        let plan = Plans.observatory(exposure: .seconds(10), site: site, duration: .hours(2))
        let recording = Network.run(plan, seed: 1)
        #expect(abs(Double(recording.ledger.delivered.total) - (7200 - 110) / 22) < 2)
        let busy = recording.uplinkBusyTimes[0].seconds / (7200 - 110)
        #expect(abs(busy - 20.0 / 22) < 0.01, "the uplink is idle while the telescope waits for the answer: \(busy)")
    }

    @Test("a telescope takes an image every exposure plus read-out, from set-up to dawn")
    func cadence() {
        let plan = Plans.observatory(
            camera: "sinistro", exposure: .seconds(60), setUp: .constant(300), site: Plans.site(longitude: 180))
        let ledger = Network.run(plan, seed: 1).ledger
        // On the equator at an equinox the sun is below -12 degrees for 12 h less twice 48 minutes, give or take its
        // radius.
        let darkSeconds = Darkness.observed(plan)
        let expected = (darkSeconds - 300) / 88
        #expect(
            abs(Double(ledger.produced.total) - expected) < 4,
            "\(ledger.produced.total) images, about \(expected) expected")
    }

    @Test("images are taken only while the sun is below the limit")
    func nightOnly() {
        let plan = Plans.observatory(site: Plans.site(latitude: -30, longitude: -70), duration: .days(3))
        let series = Network.run(plan, seed: 1).ledger.series
        let darkness = Darkness(latitude: -30, longitude: -70, limit: -12, epoch: Plans.equinox)
        var darkBins = 0
        for (bin, count) in series.produced.bins.enumerated() {
            let start = Instant(nanoseconds: Int64(bin) * series.produced.binWidth.nanoseconds)
            let touchesNight = darkness.isDark(at: start) || darkness.isDark(at: start + series.produced.binWidth)
            if touchesNight { darkBins += 1 } else { #expect(count == 0, "bin \(bin) lies in daylight") }
        }
        #expect(darkBins > 100 && darkBins < series.produced.bins.count / 2)
    }

    @Test("in the polar summer nothing is produced, in the polar night everything runs for days")
    func polar() {
        let north = Plans.observatory(site: Plans.site(latitude: 89), duration: .days(10))
        var summer = north
        summer.startDate = CalendarDate(year: 2026, month: 6, day: 10) ?? Plans.equinox
        var winter = north
        winter.startDate = CalendarDate(year: 2026, month: 12, day: 10) ?? Plans.equinox
        #expect(Network.run(summer, seed: 1).ledger.produced.total == 0)
        #expect(Network.run(winter, seed: 1).ledger.produced.total > 14_000)
    }

    @Test("weather closes a whole site, and its long-run share is that of its spells")
    func weatherShare() {
        let clouds = Plans.weather(clear: .exponential(mean: 3600), closed: .exponential(mean: 1200))
        func produced(_ weather: WeatherPlan?) -> Double {
            let site = Plans.site(count: 40, weather: weather)
            let plan = Plans.observatory(telescopes: 40, setUp: .constant(0), site: site, duration: .days(7))
            return Double(Network.run(plan, seed: 3).ledger.produced.total)
        }
        let share = produced(clouds) / produced(nil)
        // Every spell costs half an exposure at its end: 30 s of 3600 s.
        #expect(abs(share - 0.75 * (1 - 30.0 / 3600)) < 0.02, "the share is \(share)")
    }

    @Test("an exposure that the closing dome cuts short is counted and makes no image; one being read out is kept")
    func abortedExposures() {
        let plan = Plans.observatory(
            telescopes: 5, exposure: .hours(2), site: Plans.site(longitude: 180), duration: .days(2))
        let recording = Network.run(plan, seed: 1)
        #expect(recording.abortedExposures.total == 10)
        #expect(recording.ledger.produced.total == 5 * 5 * 2)
    }

    @Test(
        "a dome that closes and opens again within a read-out makes the telescope set up anew, beside the read-out",
        arguments: [0, 18, 25, 40] as [Int64])
    func reopenedWithinReadOut(setUp: Int64) {
        // The first image is read out for 28 s from `begin` on; 5 s after it the dome closes, 10 s after it it opens.
        let plan = Plans.observatory(camera: "sinistro", setUp: .constant(Double(setUp)))
        var simulation = Network.simulation(of: plan, seed: 1)
        let end = Instant.start + .hours(1)
        while simulation.model.ledger.produced.total == 0, simulation.step(until: end) {}
        let begin = simulation.agenda.now
        let telescope = TelescopeID(number: 0)
        simulation.agenda.schedule(.telescope(telescope, .domeClosed), after: .seconds(5))
        simulation.agenda.schedule(.telescope(telescope, .domeOpened), after: .seconds(10))
        while simulation.model.ledger.produced.total == 1, simulation.step(until: end) {}
        #expect(simulation.agenda.now - begin == .seconds(max(28, 10 + setUp) + 60))
        #expect(simulation.model.fleet.abortedExposures.total == 0)
    }

    @Test(
        "no telescope stalls or exposes twice, whatever the weather does during set-up, exposure and read-out",
        arguments: [1, 2, 3] as [UInt64])
    func restlessWeather(seed: UInt64) {
        // Everything takes whole seconds, so that many things happen at one instant.
        let seconds = Distribution(Geometric(probability: 0.02), text: "geometric")
        let site = Plans.site(count: 3, weather: Plans.weather(clear: seconds, closed: seconds))
        let plan = Plans.observatory(
            telescopes: 9, camera: "sinistro", exposure: .seconds(5), setUp: seconds, site: site, duration: .days(1))
        var simulation = Network.simulation(of: plan, seed: seed)
        while simulation.step(until: .start + plan.duration) {
            if simulation.agenda.isQuiet { simulation.model.checkInventory(agenda: simulation.agenda) }
        }
        #expect(simulation.model.ledger.produced.total > 1000)
        #expect(simulation.model.fleet.abortedExposures.total > 100)
    }

    @Test(
        "a dome that opens and closes at the same instant ends up closed, in whatever order its telescopes hear of it")
    func openedAndClosedAtOnce() throws {
        // The sky is clear until the very second in which the night begins.
        let night = Darkness(latitude: 20, longitude: -155, limit: -12, epoch: Plans.equinox)
        let nightfall = try #require(night.nextChange(after: .start, searching: .days(1)))
        let clear = Distribution.constant((nightfall - .start).seconds)
        let site = Plans.site(
            latitude: 20, longitude: -155, weather: Plans.weather(clear: clear, closed: .constant(600)))
        let plan = Plans.observatory(telescopes: 3, site: site)
        var orders: Set<[MessageKind?]> = []
        for tieSeed in [nil] + (1...20).map(Optional.some) as [UInt64?] {
            var simulation = Network.simulation(of: plan, seed: 1, tieSeed: tieSeed)
            var heard: [MessageKind?] = []
            let isAtEnd = simulation.run(until: nightfall, atMost: 100_000) { event in
                let kind = MessageKind(rawValue: event.kind)
                if event.time == nightfall, event.entity == 0, kind?.subject == .telescope { heard.append(kind) }
            }
            #expect(isAtEnd)
            simulation.model.checkInventory(agenda: simulation.agenda)
            simulation.run(until: .start + plan.duration)
            simulation.model.checkInventory(agenda: simulation.agenda)
            orders.insert(heard)
            #expect(simulation.model.ledger.produced.total > 0)
        }
        #expect(orders == [[], [.domeOpened, .domeClosed], [.domeClosed, .domeOpened]])
    }

    @Test("a group that is added changes nothing for the others")
    func streamsAreSeparate() {
        let uniform = Distribution(Uniform(minimum: 90, maximum: 400), text: "uniform")
        var plan = Plans.observatory(telescopes: 3, setUp: uniform)
        plan.sites.append(
            Plans.site(
                "other", weather: Plans.weather(clear: .exponential(mean: 9000), closed: .exponential(mean: 900))))
        let alone = Network.run(plan, seed: 5).ledger.groups[0]
        plan.fleet.append(Plans.group("new", site: 1, count: 10, setUp: uniform))
        let together = Network.run(plan, seed: 5).ledger.groups[0]
        #expect(alone.produced.total == together.produced.total)
        #expect(alone.latency.sum == together.latency.sum)
    }

    @Test("telescopes are spread evenly over the sites of a name")
    func spread() {
        let plan = Plans.observatory(telescopes: 7, site: Plans.site(count: 3))
        #expect(plan.siteCount == 3)
        #expect(Network.run(plan, seed: 1).uplinkBusyTimes.count == 3)
        let busy = Network.run(plan, seed: 1).uplinkBusyTimes
        #expect(
            busy[0] > busy[1] && busy[1] == busy[2], "three telescopes at the first site, two at the others: \(busy)")
    }
}

extension Camera {
    fileprivate static var evscope: Camera {
        guard let camera = CameraCatalog["evscope"] else { preconditionFailure("the catalog has an evscope") }
        return camera
    }
}

extension Darkness {
    /// How many seconds of a plan's first site are dark, minute by minute.
    fileprivate static func observed(_ plan: NetworkPlan) -> Double {
        let site = plan.sites[0]
        let darkness = Darkness(
            latitude: site.latitude, longitude: site.longitude, limit: site.darkBelow, epoch: plan.startDate)
        let seconds = Int64(plan.duration.seconds)
        return stride(from: Int64(0), to: seconds, by: 10).reduce(0.0) {
            $0 + (darkness.isDark(at: .start + .seconds($1)) ? 10 : 0)
        }
    }
}

import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Every metric measures what its summary says")
struct MetricTests {
    private func value(_ key: String, _ recording: Recording) -> Double? {
        switch MetricCatalog[key]?.reading {
        case .count(let read): read(recording).map(Double.init)
        case .level(let read): read(recording)
        case .distribution(let read): read(recording).mean
        case .outcome, nil: nil
        }
    }

    /// One item a second, two seconds of work each, room for five: half are lost, and the worker is never idle.
    private let overload = Network.run(
        Plans.station(
            interarrival: .constant(1), service: .constant(2), capacity: 5, duration: .seconds(1000),
            warmUp: .seconds(500)),
        seed: 1)

    @Test("counts and rates of an overloaded station")
    func rates() {
        #expect(value("items.produced", overload) == 501)
        #expect(value("arrivals.rate", overload) == 501.0 / 500)
        #expect(value("items.delivered", overload) == 250)
        #expect(value("delivery.throughput", overload) == 0.5)
        #expect(value("items.lost", overload).map { abs($0 - 250) <= 1 } ?? false)
        #expect(value("items.loss-share", overload).map { abs($0 - 0.5) < 0.003 } ?? false)
        #expect(value("workers.utilisation", overload) == 1)
    }

    @Test("levels: the mean and the most that there was, not what there is at the end")
    func levels() {
        let burst = Network.run(
            Plans.station(interarrival: .constant(10), service: .constant(15), duration: .seconds(100)), seed: 1)
        #expect(value("items.in-flight-highest", burst) == 5)
        // At 100 s a worker takes the next copy before the last one has come.
        #expect(value("broker.depth-highest", burst) == 3)
        let drained = Network.run(
            Plans.observatory(telescopes: 9, exposure: .hours(3), duration: .hours(5)), seed: 1)
        #expect(value("items.in-flight-highest", drained) == 9)
        #expect(drained.ledger.inFlight.level == 0)
        #expect(value("items.in-flight", drained).map { $0 > 0 && $0 < 1 } ?? false)
    }

    @Test("what the warm-up saw is not counted: exposures cut short, and the time that uplinks were sending")
    func warmUp() {
        var plan = Plans.observatory(
            telescopes: 5, exposure: .hours(2), site: Plans.site(longitude: 180), duration: .days(2))
        #expect(value("exposures.aborted", Network.run(plan, seed: 1)) == 10)
        plan.warmUp = .days(1)
        #expect(value("exposures.aborted", Network.run(plan, seed: 1)) == 5)
        var busy = Plans.observatory(telescopes: 4, exposure: .seconds(5), duration: .days(1))
        busy.sites = [Plans.site(rate: DataRate(bitsPerSecond: 20_000_000))]
        busy.warmUp = .hours(12)
        let recording = Network.run(busy, seed: 1)
        let mean = value("uplinks.utilisation", recording) ?? -1
        let highest = value("uplinks.utilisation-highest", recording) ?? -2
        #expect(abs(mean - highest) < 1e-9 && mean > 0.1 && mean <= 1, "one site: \(mean) and \(highest)")
    }

    @Test("a stage that a network does not have was not measured, and no threshold on it can pass")
    func absentStages() {
        for key in [
            "stage.store-write", "stage.store-wait", "stage.uplink", "stage.disk", "stage.read-out", "stage.edge-work",
            "stage.back-off", "stage.door-wait", "stage.worker-wait", "store.utilisation", "store.full",
            "store.hot-bytes-highest", "telescopes.stalled", "telescopes.down",
        ] {
            #expect(value(key, overload) == nil, "\(key)")
        }
        #expect(value("stage.service", overload) == 2)
    }
}

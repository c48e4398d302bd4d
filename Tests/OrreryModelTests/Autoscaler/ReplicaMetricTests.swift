import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("What scaling came to")
struct ReplicaMetricTests {
    private func value(_ key: String, _ recording: Recording) -> Double? {
        guard case .level(let value)? = MetricCatalog[key]?.value(of: recording) else { return nil }
        return value
    }

    /// One worker's work arrives evenly; there are two workers in the first hour and four in the second.
    private func recording(warmUp: Duration = .zero) -> Recording {
        var plan = Plans.station(
            interarrival: .constant(2), service: .constant(2), duration: .hours(2), warmUp: warmUp)
        plan.workers = Plans.pool(
            2, service: .constant(1.99),
            autoscaler: Plans.autoscaler(
                "scheduled",
                [
                    "hours": .list([0, 1]), "replicas": .list([2, 4]), "price": .number(0.5),
                    "boot": .distribution(.constant(60)),
                ]))
        return Network.run(plan, seed: 1)
    }

    @Test("replica-seconds count from the start, readiness from the end of the boot, and the price is by the hour")
    func seconds() throws {
        let recording = recording()
        let seconds = try #require(value("replicas.seconds", recording))
        #expect(abs(seconds - 6 * 3600) <= 2 * 60, "less what the controller was late")
        #expect(value("replicas.cost", recording) == seconds / 3600 * 0.5)
        let ready = try #require(value("replicas.ready", recording))
        #expect(abs(ready * 7200 - (seconds - 2 * 60)) < 1e-6)
        #expect(value("replicas.starts", recording) == 1, "two in two hours")
        #expect(value("replicas.reversals", recording) == 0)
    }

    @Test("utilisation is that of the workers that were there")
    func utilisation() throws {
        let recording = recording(warmUp: .minutes(70))
        let late = try #require(value("workers.utilisation", recording))
        #expect(abs(late - 0.995 / 4) < 1e-3)
        let course = try #require(MetricCatalog["workers.utilisation"]?.course(of: recording.series))
        guard case .level(let early?) = course.value(in: 0..<100) else {
            Issue.record("no level")
            return
        }
        #expect(abs(early - 0.995 / 2) < 0.01)
    }

    @Test("the elasticity metrics compare the ready replicas with the least that the load takes, instant by instant")
    func elasticity() throws {
        var meter = ElasticityMeter(supply: 2, window: .seconds(10), isDemandKnown: true)
        // 35 s of work in 10 s take 4 replicas; there are 2 for 4 s and 5 for 6 s.
        meter.offer(35, at: .start + .seconds(1))
        meter.supply(5, at: .start + .seconds(4))
        // 10 s of work take one replica; there are 5.
        meter.offer(10, at: .start + .seconds(12))
        // Nothing arrives in the third window, of which there is only half.
        meter.close(at: .start + .seconds(25))
        #expect(meter.shortageAccuracy == 2.0 / 20)
        // A surplus of a quarter for 6 s, and of four times the demand for 10 s.
        let excess = try #require(meter.excessAccuracy)
        #expect(abs(excess - 41.5 / 20) < 1e-12)
        #expect(meter.shortageTime == 4.0 / 25)
        #expect(meter.excessTime == 21.0 / 25)
    }

    @Test("the elasticity metrics begin anew after the warm-up, and say nothing where the demand is not known")
    func elasticityLimits() {
        var meter = ElasticityMeter(supply: 1, window: .seconds(10), isDemandKnown: true)
        meter.offer(100, at: .start)
        meter.restart(at: .start + .seconds(3))
        meter.close(at: .start + .seconds(20))
        #expect(meter.shortageTime == 0 && meter.excessTime == 1 && meter.shortageAccuracy == nil)
        var unknown = ElasticityMeter(supply: 1, window: .seconds(10), isDemandKnown: false)
        unknown.offer(100, at: .start)
        unknown.close(at: .start + .seconds(20))
        #expect(unknown.shortageTime == nil && unknown.excessAccuracy == nil)
    }
}

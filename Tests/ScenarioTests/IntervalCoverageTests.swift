import OrreryKernel
import OrreryModel
import OrreryScenario
import OrreryStatistics
import OrreryTestSupport
import Testing

@Suite("95 % intervals cover the truth in about 95 of 100 experiments", .enabled(if: isRelease, "release builds only"))
struct IntervalCoverageTests {
    /// How many of a hundred independent experiments, of ten seeds each, have the truth in their interval.
    private func coverage(_ path: String, _ settings: [String], truth: Double, _ figure: (Recording) -> Double) throws
        -> Int
    {
        let plan = try #require(try ShippedScenarios.load(path, settings).variants.first).plan
        return (0..<UInt64(100)).count { experiment in
            let values = (0..<UInt64(10)).map { figure(Network.run(plan, seed: 1_000_000 + experiment * 10 + $0)) }
            return Estimate(values).interval?.contains(truth) ?? false
        }
    }

    private let short = ["time.duration=11000s", "time.warm-up=1000s"]

    /// Of a hundred intervals that cover with 95 %, fewer than 89 or all of them would be seen in about one case of a
    /// hundred.
    private let plausible = 89...99

    @Test("mean wait of an M/M/1 station")
    func meanWait() throws {
        let theory = ClosedForms.MM1(arrivalRate: 1, serviceRate: 1 / 0.6)
        let covered = try coverage(
            "validation/m-m-1.yaml", short + ["system.workers.service.mean=0.6s"], truth: theory.meanWait
        ) { $0.mean(.brokerWait) }
        #expect(plausible.contains(covered), "\(covered) of 100 intervals cover")
    }

    @Test("loss of an M/M/1/K station")
    func loss() throws {
        let theory = ClosedForms.MM1K(arrivalRate: 1, serviceRate: 1 / 0.8, capacity: 5)
        let covered = try coverage("validation/m-m-1-k.yaml", short, truth: theory.lossProbability, \.lossShare)
        #expect(plausible.contains(covered), "\(covered) of 100 intervals cover")
    }

    @Test("utilisation of an M/M/c station")
    func utilisation() throws {
        let covered = try coverage("validation/m-m-c.yaml", short, truth: 0.75, \.utilisation)
        #expect(plausible.contains(covered), "\(covered) of 100 intervals cover")
    }

    @Test("a wrong truth is not covered: the test can fail")
    func negativeControl() throws {
        let covered = try coverage("validation/m-m-c.yaml", short, truth: 0.77, \.utilisation)
        #expect(covered < 50, "\(covered) of 100 intervals cover a truth that is 3 % off")
    }
}

import OrreryExperiment
import OrreryModel
import OrreryScenario
import OrreryStatistics
import Testing

@Suite("Seeds are added until the mean is known precisely, and what is not reached is said")
struct PrecisionTests {
    private let station = """
        version: 1
        name: station
        time: { duration: 1000s, warm-up: 100s }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 1s } }
        system:
          workers: { count: 1, service: { kind: exponential, mean: 600ms } }
        variants:
          one: {}
          two: { system: { workers: { count: 2 } } }

        """

    private func run(
        to share: Double, _ metric: String = "delivery.latency", atMost ceiling: Int
    ) async throws -> ExperimentResult {
        let scenario = try Scenario.decode(station, file: "test.yaml", overrides: [])
        let rule = PrecisionRule(relativeHalfWidth: share, looks: LookSchedule(floor: 10, ceiling: ceiling))
        let precision = Precision(metric: try #require(MetricCatalog[metric]), rule: rule)
        let seeds = (1...UInt64(ceiling)).map { $0 }
        return try await Experiment(scenario: scenario, seeds: seeds, command: "", precision: precision).run(
            with: Replicator(jobs: 2))
    }

    @Test("the result is that of as many seeds from the beginning, and half the interval is small enough")
    func reached() async throws {
        let result = try await run(to: 0.04, atMost: 400)
        let precision = try #require(result.precision)
        #expect(result.verdict.outcome == .passed && precision.variants.allSatisfy(\.isReached))
        #expect(result.seeds.count > 10 && result.seeds.count < 400, "\(result.seeds.count) seeds")
        #expect(result.seeds == Array(1...UInt64(result.seeds.count)))
        let scenario = try Scenario.decode(station, file: "test.yaml", overrides: [])
        let fixed = try await Experiment(scenario: scenario, seeds: result.seeds, command: "").run(
            with: Replicator(jobs: 2))
        #expect(fixed.fingerprint == result.fingerprint && fixed.precision == nil)
        for variant in precision.variants {
            let (mean, halfWidth) = (try #require(variant.mean), try #require(variant.halfWidth))
            #expect(halfWidth <= 0.05 * mean && variant.seeds == result.seeds.count, "\(variant)")
        }
    }

    @Test("what is not precise at the ceiling is inconclusive, and the sentence names metric, variant and seeds")
    func inconclusive() async throws {
        let result = try await run(to: 0.001, atMost: 20)
        #expect(result.verdict.outcome == .invalid && result.seeds.count == 20)
        let sentence = result.verdict.sentence
        #expect(sentence == "Inconclusive: delivery.latency is not known to ± 0.1 % in variant one after 20 seeds.")
        #expect(result.precision?.unreached.map(\.name) == ["one", "two"])
    }

    @Test("a metric without data is never precise")
    func noData() async throws {
        let result = try await run(to: 0.1, "store.utilisation", atMost: 12)
        #expect(result.verdict.outcome == .invalid && result.precision?.variants.map(\.seeds) == [0, 0])
    }
}

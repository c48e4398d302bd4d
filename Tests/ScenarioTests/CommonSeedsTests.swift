import OrreryExperiment
import OrreryScenario
import OrreryTestSupport
import Testing

@Suite("Common seeds sharpen comparisons of shipped remedies", .enabled(if: isRelease, "release builds only"))
struct CommonSeedsTests {
    @Test(
        "the variance of the difference is at least five times smaller than between different seeds",
        arguments: [
            ("queue-overflow/scenario.yaml", ["before", "off-hours"], ["items.loss-share", "items.lost"]),
            (
                "queue-overflow/scenario.yaml", ["before", "small-batches"],
                ["items.loss-share", "items.delivered", "delivery.latency"]
            ),
            ("stuck-subscriber/scenario.yaml", ["before", "reconnecting"], ["items.delivered"]),
            ("retry-storm/scenario.yaml", ["before", "full-jitter"], ["delivery.latency", "broker.depth"]),
        ])
    func variance(path: String, names: [String], keys: [String]) async throws {
        var scenario = try ShippedScenarios.load(path)
        scenario.variants.removeAll { !names.contains($0.name) }
        let result = try await Experiment(scenario: scenario, seeds: Array(1...20), command: "").run(
            with: Replicator(jobs: 2))
        let pair = ResultComparison.Pair(name: names[1], base: result.variants[0], head: result.variants[1])
        let metrics = ResultComparison([pair]).alternatives[0].metrics
        for key in keys {
            let row = try #require(metrics.first { $0.key == key })
            let (paired, unpaired) = (try #require(row.pairedVariance), try #require(row.unpairedVariance))
            let words = "\(path) \(names[1]) \(key): variance \(paired) paired, \(unpaired) unpaired"
            print("common seeds: \(words), \(unpaired / paired) times less")
            #expect(paired > 0 && unpaired >= 5 * paired, "\(words)")
            #expect(row.varianceReduction == unpaired / paired)
        }
    }
}

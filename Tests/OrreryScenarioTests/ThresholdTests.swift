import OrreryModel
import OrreryScenario
import Testing

@Suite("Thresholds: conditions in the units of their metric")
struct ThresholdTests {
    private func threshold(_ metric: String, _ condition: String) throws -> Threshold {
        try SampleText.scenario(SampleText.smallest + "thresholds: { \(metric): \"\(condition)\" }\n").variants[0]
            .thresholds[0]
    }

    @Test("a condition is an aggregation, a comparison and a limit in base units")
    func conditions() throws {
        let latency = try threshold("delivery.latency", "p(99.9) <= 1.5 m")
        #expect(latency.aggregation == .percentile(0.999) && latency.comparison == .lessOrEqual && latency.limit == 90)
        #expect(latency.text == "p(99.9) <= 1.5 m" && latency.metric == "delivery.latency")
        #expect(try threshold("delivery.latency", "max<250ms").limit == 0.25)
        #expect(try threshold("delivery.latency", "count > 100").limit == 100)
        #expect(try threshold("items.loss-share", "mean < 0.5%").limit == 0.005)
        #expect(try threshold("workers.utilisation", "max >= 7%").limit == 0.07)
        #expect(try threshold("store.hot-bytes-highest", "max < 1.5TB").limit == 1.5e12)
        #expect(try threshold("delivery.throughput", "mean > 10/s").limit == 10)
        #expect(try threshold("delivery.throughput", "mean > 10 /s").limit == 10)
        #expect(try threshold("items.lost", "count != 0").comparison == .unequal)
    }

    @Test(
        "a limit in the wrong unit, or no condition at all, is refused",
        arguments: [
            ("delivery.latency", "mean < 2"), ("items.loss-share", "mean < 0.5"), ("items.lost", "count < 5s"),
            ("store.hot-bytes-highest", "max < 5"),
            ("delivery.latency", "mean <"), ("delivery.latency", "< 2s"), ("delivery.latency", "p() < 2s"),
            ("delivery.latency", ""),
            ("delivery.latency", "p(-1) < 2s"), ("delivery.latency", "mean < nan"), ("items.lost", "p(50) < 1"),
            ("delivery.latency", "mean < 1s < 2s"),
        ])
    func refused(_ metric: String, _ condition: String) {
        let faults = SampleText.faults(SampleText.smallest + "thresholds: { \(metric): \"\(condition)\" }\n")
        #expect(faults.count == 1)
    }

    @Test("a comparison holds as its sign says, and never for not-a-number")
    func comparisons() {
        for comparison in Threshold.Comparison.allCases {
            #expect(!comparison.holds(.nan, 1))
        }
        #expect(Threshold.Comparison.less.holds(1, 2) && !Threshold.Comparison.less.holds(2, 2))
        #expect(Threshold.Comparison.lessOrEqual.holds(2, 2) && Threshold.Comparison.greaterOrEqual.holds(2, 2))
        #expect(Threshold.Comparison.equal.holds(2, 2) && Threshold.Comparison.unequal.holds(1, 2))
    }
}

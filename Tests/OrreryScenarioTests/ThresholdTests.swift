import OrreryKernel
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
        #expect(
            latency.aggregation == .percentile(0.999) && latency.comparison == .lessOrEqual
                && latency.limit == .value(90))
        #expect(latency.text == "p(99.9) <= 1.5 m" && latency.metric == "delivery.latency")
        #expect(try threshold("delivery.latency", "max<250ms").limit == .value(0.25))
        #expect(try threshold("delivery.latency", "count > 100").limit == .value(100))
        #expect(try threshold("items.loss-share", "mean < 0.5%").limit == .value(0.005))
        #expect(try threshold("workers.utilisation", "max >= 7%").limit == .value(0.07))
        #expect(try threshold("store.hot-bytes-highest", "max < 1.5TB").limit == .value(1.5e12))
        #expect(try threshold("delivery.throughput", "mean > 10/s").limit == .value(10))
        #expect(try threshold("delivery.throughput", "mean > 10 /s").limit == .value(10))
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

    private func scoped(_ metric: String, _ mapping: String) throws -> Threshold {
        try SampleText.scenario(SampleText.smallest + "thresholds: { \(metric): [ \(mapping) ] }\n").variants[0]
            .thresholds[0]
    }

    @Test("a mapping says when a condition is judged, in what window, and in how many seeds it must hold")
    func scopes() throws {
        let all = try scoped(
            "delivery.latency",
            "{ condition: \"p(99) < 2s\", during: 8s..15s, window: 500ms, seeds: \">= 95%\" }")
        #expect(all.scope.during == Threshold.Span(start: .seconds(8), end: .seconds(15)))
        #expect(all.scope.window == .milliseconds(500) && all.scope.seeds == 0.95 && all.limit == .value(2))
        #expect(all.scope.text == "during 8s..15s, in the worst 500ms, in at least 95% of the seeds")
        let plain = try scoped("delivery.latency", "{ condition: \"mean < 2s\" }")
        #expect(plain == (try threshold("delivery.latency", "mean < 2s")))
        let alone = try SampleText.scenario(
            SampleText.smallest + "thresholds: { items.lost: { condition: count == 0, window: 1s } }\n")
        #expect(alone.variants[0].thresholds[0].scope.window == .seconds(1))
    }

    @Test("a limit may be relative to a stored result")
    func baselines() throws {
        #expect(try threshold("delivery.latency", "mean <= @baseline + 5%").limit == .baseline(factor: 1.05))
        #expect(try threshold("items.lost", "count <= @baseline").limit == .baseline(factor: 1))
        #expect(try threshold("delivery.throughput", "mean >= @baseline-10%").limit == .baseline(factor: 0.9))
    }

    @Test("the probability of a class has its own aggregation")
    func probabilities() throws {
        let collapsed = try threshold("outcome.collapsed", "probability < 5%")
        #expect(collapsed.aggregation == .probability && collapsed.limit == .value(0.05))
        for condition in ["probability > 0%", "probability < 100%"] {
            #expect(try threshold("outcome.stable", condition).aggregation == .probability)
        }
    }

    @Test(
        "what cannot be judged is refused, and named",
        arguments: [
            ("workers.wasted", "{ condition: mean < 5%, window: 1s }", "items.produced"),
            ("delivery.latency", "{ condition: mean < 5s, windows: 1s }", "did you mean 'window'"),
            ("delivery.latency", "{ window: 1s }", "condition: is missing"),
            ("delivery.latency", "{ condition: mean < 5s, during: 9s..8s }", "the end must be later"),
            ("delivery.latency", "{ condition: mean < 5s, during: 8s }", "8m..15m"),
            ("delivery.latency", "{ condition: mean < 5s, during: 1s..99999d }", "the run lasts"),
            ("delivery.latency", "{ condition: mean < 5s, during: 1s..2s, window: 5s }", "at most 1s"),
            ("delivery.latency", "{ condition: mean < 5s, window: 0s }", "more than 0s"),
            ("delivery.latency", "{ condition: mean < 5s, seeds: 95% }", ">= 95%"),
            ("delivery.latency", "{ condition: mean < 5s, seeds: \">= 101%\" }", "at most 100%"),
            ("delivery.latency", "{ condition: mean < 5s, window: [1s] }", "expected a text"),
            ("delivery.latency", "{ condition: mean < @baseline, window: 1s }", "whole runs"),
            ("delivery.latency", "mean < @base", "@baseline + 5%"),
            ("delivery.latency", "mean < @baseline + 5", "needs a unit"),
            ("delivery.latency", "mean < @baseline - 100%", "@baseline - 5%"),
            ("outcome.collapsed", "mean < 5%", "probability"),
            ("outcome.collapsed", "probability == 5%", "exact probability"),
            ("outcome.collapsed", "probability > 200%", "a probability from 0% to 100%"),
            ("outcome.collapsed", "probability < -1%", "a probability from 0% to 100%"),
            ("outcome.collapsed", "probability >= 0%", "demands nothing"),
            ("outcome.collapsed", "probability <= 100%", "demands nothing"),
            ("outcome.collapsed", "probability < 0%", "holds for no probability"),
            ("outcome.collapsed", "probability > 100%", "holds for no probability"),
            ("outcome.collapsed", "probability <= 0%", "can never be shown"),
            ("outcome.collapsed", "probability >= 100%", "can never be shown"),
            ("outcome.collapsed", "probability < @baseline", "whole runs"),
            ("outcome.collapsed", "{ condition: probability < 5%, seeds: \">= 95%\" }", "over all seeds"),
            ("outcome.collapsed", "{ condition: probability < 5%, window: 1s }", "not kept over time"),
            ("outcome.colapsed", "probability < 5%", "did you mean 'outcome.collapsed'"),
        ])
    func refusedScopes(_ metric: String, _ entry: String, _ words: String) {
        let faults = SampleText.faults(SampleText.smallest + "thresholds: { \(metric): [ \(entry) ] }\n")
        #expect(faults.count == 1, "\(faults)")
        #expect(faults.first?.contains(words) ?? false, "\(faults)")
    }

    @Test(
        "a condition comes back as it was from the scenario as it was run",
        arguments: [
            "\"p(99) < 2s\"", "{ condition: \"p(99) < 2s\", during: 8s..15s }",
            "{ condition: \"mean <= @baseline + 5%\", seeds: \">= 99.5%\" }",
            "{ condition: \"max < 1.5 m\", window: 2.5s, seeds: \">= 7%\" }",
        ])
    func roundTrip(_ entry: String) throws {
        let text = SampleText.smallest + "thresholds: { delivery.latency: [ \(entry), \"mean < 1s\" ] }\n"
        let variant = try SampleText.scenario(text).variants[0]
        let again = try SampleText.scenario(variant.text).variants[0]
        #expect(again.thresholds == variant.thresholds && again.thresholds.count == 2)
    }
}

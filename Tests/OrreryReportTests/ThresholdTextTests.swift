import Testing

@testable import OrreryExperiment
@testable import OrreryReport

@Suite("A threshold in words")
struct ThresholdTextTests {
    private func threshold(_ observed: String?, excess: Double? = nil) -> ThresholdResult {
        ThresholdResult(
            metric: "delivery.latency", condition: "p(99) < 2m", observed: observed, excess: excess, holds: true,
            seedsHolding: 1, seedsJudged: 1)
    }

    @Test(
        "says what was observed in the units of the tiles",
        arguments: [
            ("1.532h", "91.92 min"), ("42.55s", "42.55 s"), ("0s", "0 s"), ("1.532GB", "1.532 GB"), ("250us", "250 µs"),
            ("91.36%", "91.36 %"),
            ("192495", "192,495"), ("10000 items", "10,000 items"), ("1.071 items/s", "1.071 items/s"),
            ("-3 parsecs", "-3 parsecs"), ("none", "none"),
        ])
    func observed(_ text: String, _ shown: String) {
        #expect(ThresholdText.observed(threshold(text)) == shown)
    }

    @Test("calls what was not observed not measured")
    func absence() {
        #expect(ThresholdText.observed(threshold(nil)) == "not measured")
    }

    @Test(
        "says how far beyond the limit in a way that can be imagined",
        arguments: [
            (-0.929, "92.9 % to spare"), (0.0001, "at the limit"), (0.142, "14.2 % beyond"), (1, "2 times the limit"),
            (44.96, "46 times the limit"),
        ])
    func margin(_ excess: Double, _ shown: String) {
        #expect(ThresholdText.margin(threshold("1s", excess: excess)) == shown)
    }
}

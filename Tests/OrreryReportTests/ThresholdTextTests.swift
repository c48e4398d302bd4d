import Testing

@testable import OrreryExperiment
@testable import OrreryReport

@Suite("A threshold in words")
struct ThresholdTextTests {
    private func threshold(_ observed: Double?, _ unit: String = "s", excess: Double? = nil) -> ThresholdResult {
        ThresholdResult(
            metric: "delivery.latency", condition: "p(99) < 2m", verdict: "holds", observed: observed, unit: unit,
            excess: excess, seedsHolding: 1, seedsJudged: 1)
    }

    @Test(
        "says what was observed in the units of the tiles",
        arguments: [
            (5515.2, "s", "91.92 min"), (42.55, "s", "42.55 s"), (0, "s", "0 s"), (1.5324e9, "B", "1.532 GB"),
            (2.5e-4, "s", "250 µs"), (0.91364, "share", "91.36 %"), (192_495, "copies", "192,495 copies"),
            (10_000, "items", "10,000 items"), (1.0714, "items/s", "1.071 items/s"),
        ])
    func observed(_ value: Double, _ unit: String, _ shown: String) {
        #expect(ThresholdText.observed(threshold(value, unit)) == shown)
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
        #expect(ThresholdText.margin(threshold(1, excess: excess)) == shown)
    }
}

import Testing

@testable import OrreryReport

@Suite("A quantity for people")
struct QuantityTests {
    @Test(
        "has the unit that keeps its number short",
        arguments: [
            (1.2431, "s", "1.24 s"), (0.35, "s", "350 ms"), (0.0000042, "s", "4.2 µs"), (0, "s", "0 s"),
            (3e-9, "s", "3 ns"),
            (119, "s", "119 s"), (120, "s", "2 min"), (7200, "s", "2 h"), (604_800, "s", "7 d"),
            (0.732, "share", "73.2 %"),
            (1, "share", "100 %"), (122_400_000, "B", "122 MB"), (1_048_576, "items", "1.05 million items"),
            (120_097, "items", "120,097 items"), (2.314, "items", "2.31 items"), (0.1984, "items/s", "11.9 items/min"),
            (12.34, "items/s", "12.3 items/s"), (-0.5, "s", "−500 ms"), (0.999_96, "s", "1,000 ms"), (7, "", "7"),
        ])
    func text(_ value: Double, _ unit: String, _ text: String) {
        #expect(Quantity.text(value, unit: unit) == text)
    }

    @Test("is a dash where there is none", arguments: [nil, .nan, .infinity, -.infinity] as [Double?])
    func absent(_ value: Double?) {
        #expect(Quantity.text(value, unit: "s") == "–")
        #expect(Quantity.text(value, plusMinus: 1, unit: "s") == "–")
    }

    @Test("shows an interval in the scale of its mean, with two digits of the half-width")
    func intervals() {
        #expect(Quantity.text(13.107, plusMinus: 0.157, unit: "s") == "13.11 ± 0.16 s")
        #expect(Quantity.text(0.664, plusMinus: 0.0082, unit: "share") == "66.40 ± 0.82 %")
        #expect(Quantity.text(120_100, plusMinus: 1477, unit: "items") == "120,100 ± 1,477 items")
        #expect(Quantity.text(2, plusMinus: nil, unit: "s") == "2 s")
        #expect(Quantity.text(2, plusMinus: 0, unit: "s") == "2.00 ± 0.00 s")
    }

    @Test(
        "shows a difference with its sign, in the scale of the larger of it and its interval",
        arguments: [
            (-134, 20, "items", "−134 ± 20 items"), (1.2349, 0.05, "s", "+1.235 ± 0.050 s"),
            (0.000_01, 0.25, "s", "0 ± 250 ms"), (-0.4, 90, "s", "0 ± 90 s"), (0, 0, "items", "0 ± 0 items"),
            (0, 0, "s", "0 ± 0 s"), (-2, 0, "items", "−2 ± 0 items"), (0.25, 0, "items", "+0.25 ± 0 items"),
            (-0.0421, 0.003, "share", "−4.21 ± 0.30 percentage points"), (12, nil, "items", "+12 items"),
            (-0.05, 0.001, "items/s", "−3.000 ± 0.060 items/min"), (.nan, 1, "s", "–"),
        ] as [(Double, Double?, String, String)])
    func differences(_ mean: Double, _ halfWidth: Double?, _ unit: String, _ text: String) {
        #expect(Quantity.difference(mean, plusMinus: halfWidth, unit: unit) == text)
    }

    @Test("keeps its digits exact")
    func numerals() {
        #expect(Numerals.fixed(1_234_567.891, decimals: 2) == "1,234,567.89")
        #expect(Numerals.fixed(0.05, decimals: 1) == "0.1")
        #expect(Numerals.fixed(-0.001, decimals: 1) == "0.0")
        #expect(Numerals.significant(0.00012345) == "0.000123")
        #expect(Numerals.significant(999.6) == "1,000")
        #expect(Numerals.compact(-1234.5) == "-1235")
    }
}

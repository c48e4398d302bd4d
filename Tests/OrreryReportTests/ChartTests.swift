import Testing

@testable import OrreryExperiment
@testable import OrreryReport

@Suite("A chart")
struct ChartTests {
    @Test(
        "has round ticks of time, at most nine",
        arguments: [
            (604_800.0, "1 d"), (86_400, "3 h"), (3600, "10 min"), (30, "5 s"), (0.5, "500 ms"), (31_536_000, "50 d"),
            (315_360_000, "500 d"),
        ])
    func timeTicks(_ duration: Double, _ second: String) {
        let ticks = TimeAxis(duration: duration).ticks
        #expect(ticks.count <= 9)
        #expect(ticks[1].label == second)
        #expect(ticks.allSatisfy { (0...1).contains($0.position) })
    }

    @Test("has round ticks of counts", arguments: [(0.0, 1.0), (1, 1), (44, 60), (1000, 1000), (1_234_567, 1_500_000)])
    func countTicks(_ highest: Double, _ upper: Double) {
        let axis = ValueAxis.counts(highest: highest)
        #expect(axis.lower == 0 && axis.upper == upper)
        #expect((2...6).contains(axis.ticks.count))
    }

    @Test("has ticks of time on its logarithmic axis, over any span")
    func durationTicks() {
        #expect(
            ValueAxis.durations([0.012, 4000]).ticks.map(\.label) == [
                "10 ms", "100 ms", "1 s", "10 s", "1 min", "10 min", "1 h",
            ])
        #expect(
            ValueAxis.durations([3, 100]).ticks.map(\.label) == [
                "2 s", "5 s", "10 s", "20 s", "30 s", "1 min", "2 min",
            ])
        #expect(ValueAxis.durations([5]).ticks.count >= 2)
        #expect(ValueAxis.durations([]).ticks.count == 2)
        #expect(ValueAxis.durations([0, 0]).position(0) == 0)
    }

    @Test("draws stairs without adding up rounding, and leaves gaps")
    func stairs() {
        let path = PathText.stairs([1, 1, nil, 2, .nan, 3], binWidth: 100 / 3.0) { 10 - $0 }
        #expect(path == "M0 9h66.7M100 8h33.3M166.7 7h33.3")
        let long = PathText.stairs((0..<600).map { Double($0 % 2) }, binWidth: 1000 / 600.0) { 10 * $0 }
        #expect(long.hasSuffix("h1.7") || long.hasSuffix("h1.6"))
    }

    @Test("keeps the highest value when bins are joined, and means where means are shown")
    func merging() {
        var line = ChartLine(label: "a", values: [1, 3, nil, 5, nil, nil, 8], look: 1)
        #expect(line.merged(by: 2).values == [2, 5, nil, 8])
        line.merging = .highest
        #expect(line.merged(by: 2).values == [3, 5, nil, 8])
    }

    @Test("draws at most 600 points a line, however many bins there are")
    func isBounded() {
        let page = HTMLReport.render(Fixture(bins: 20_000).result)
        #expect(page.utf8.count < 250_000)
        for match in page.matches(of: /data-values="([^"]*)"/) {
            #expect(match.1.count { $0 == " " } < 600)
        }
    }

    @Test("names every line at its end, the names apart from each other and inside the chart")
    func endNames() {
        #expect(Plot.spread([10, 12, 100], apart: 14, within: 168) == [10, 24, 100])
        #expect(Plot.spread([168, 168, 160], apart: 14, within: 168) == [154, 168, 140])
        #expect(Plot.spread([50, 20], apart: 14, within: 168) == [50, 20])
        #expect(Plot.spread([], apart: 14, within: 168).isEmpty)
    }

    @Test("draws percentiles without the single shortest item, which the table keeps")
    func shortestItem() {
        var latency = Fixture.healthyWeek.variants[0].latency
        latency.quantiles = [0, 0.5, 0.9, 0.99].map { .init(share: $0, seconds: $0 == 0 ? 1e-6 : 10 + $0) }
        let source = PercentileChart(id: "p", curves: [.init(label: "all", distribution: latency)]).figure.source
        #expect(!source.contains("ms</text>") && !source.contains("µs</text>"))
        #expect(source.contains(">1 µs</td>"))
    }

    @Test("says how its stages share the whole")
    func stages() throws {
        let bar = StageBar(id: "bar", stages: Fixture.healthyWeek.variants[0].stages)
        let shares = bar.stages.compactMap(bar.share)
        #expect(abs(shares.reduce(0, +) - 1) < 1e-12)
        #expect(bar.drawing.source.contains("uplink-transfer 31.7 %"))
    }
}

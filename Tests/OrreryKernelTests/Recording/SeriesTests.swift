import OrreryKernel
import Testing

@Suite("A series over time")
struct SeriesTests {
    static let grids: [(horizon: Duration, points: Int)] = [
        (.seconds(100), 10), (.seconds(100), 7), (Duration(nanoseconds: 10), 3), (Duration(nanoseconds: 3), 10),
        (.hours(1), 1), (.days(365), 500), (Duration(nanoseconds: 1), 1),
    ]

    @Test("has bins that cover the horizon, at most as many as asked for", arguments: grids)
    func grid(horizon: Duration, points: Int) {
        let series = CountSeries(horizon: horizon, points: points)
        let width = series.binWidth.nanoseconds
        let count = Int64(series.bins.count)
        #expect(series.bins.count <= points)
        #expect(width * count >= horizon.nanoseconds)
        #expect(width * (count - 1) < horizon.nanoseconds)
    }

    @Test("of counts sums to the number of things that happened, also after the horizon", arguments: grids)
    func sums(horizon: Duration, points: Int) {
        var random = RandomStream(seed: 1, entity: "series", purpose: "counts")
        var series = CountSeries(horizon: horizon, points: points)
        var counter = Counter()
        for _ in 0..<5000 {
            let time = Instant(nanoseconds: Int64(random.index(below: Int(horizon.nanoseconds) * 5 / 4 + 2)))
            let amount = Int64(random.index(below: 5))
            series.add(amount, at: time)
            counter.add(amount)
        }
        #expect(series.bins.reduce(0, +) == counter.total)
    }

    @Test("of counts puts an instant on a bin's edge into the later bin, and the horizon into the last")
    func edges() {
        var series = CountSeries(horizon: .seconds(10), points: 10)
        series.add(at: .start)
        series.add(at: .start + .seconds(1))
        series.add(at: Instant(nanoseconds: 1_999_999_999))
        series.add(at: .start + .seconds(10))
        series.add(at: .start + .days(1))
        #expect(series.bins == [1, 2, 0, 0, 0, 0, 0, 0, 0, 2])
    }

    @Test("of a level has the area of the gauge that saw the same changes", arguments: grids)
    func areas(horizon: Duration, points: Int) {
        var random = RandomStream(seed: 2, entity: "series", purpose: "levels")
        var series = LevelSeries(horizon: horizon, points: points)
        var gauge = TimeWeightedGauge()
        let times = (0..<2000).map { _ in Int64(random.index(below: Int(horizon.nanoseconds) + 1)) }.sorted()
        for time in times {
            let instant = Instant(nanoseconds: time)
            let level = random.index(below: 20)
            gauge.add(level - gauge.level, at: instant)
            series.add(level - series.gauge.level, at: instant)
        }
        let end = Instant.start + horizon
        series.close(at: end)
        let width = series.binWidth.nanoseconds
        let widths = series.means.indices.map { min(width, horizon.nanoseconds - Int64($0) * width) }
        let area = zip(series.means, widths).reduce(0) { $0 + $1.0 * Double($1.1) }
        let expected = Double(gauge.totalArea(at: end))
        #expect(abs(area - expected) <= 1e-9 * expected + 1e-6)
        #expect(series.highest.max() == gauge.highest)
    }

    @Test("of a level carries the level through bins in which nothing changes")
    func quietBins() {
        var series = LevelSeries(horizon: .seconds(5), points: 5)
        series.add(4, at: Instant(nanoseconds: 500_000_000))
        series.add(-3, at: Instant(nanoseconds: 3_500_000_000))
        series.close(at: .start + .seconds(5))
        #expect(series.means == [2, 4, 4, 2.5, 1])
        #expect(series.highest == [4, 4, 4, 4, 1])
    }

    @Test("of a level ends at the horizon, whatever comes later")
    func afterTheHorizon() {
        var series = LevelSeries(horizon: .seconds(2), points: 2)
        series.add(1, at: .start)
        series.add(4, at: .start + .seconds(50))
        series.close(at: .start + .seconds(100))
        #expect(series.means == [1, 1])
        #expect(series.highest == [1, 1])
    }

    @Test("of a level keeps its bins when the gauge starts anew in a later one")
    func restart() {
        var series = LevelSeries(horizon: .seconds(4), points: 4)
        series.add(3, at: .start)
        series.restart(at: Instant(nanoseconds: 2_500_000_000))
        series.add(-1, at: .start + .seconds(3))
        series.close(at: .start + .seconds(4))
        #expect(series.means == [3, 3, 3, 2])
        #expect(series.highest == [3, 3, 3, 3])
        #expect(series.gauge.mean(at: .start + .seconds(4)) == 3.5 / 1.5)
    }

    @Test("needs a horizon and points, and never goes back")
    func nonsenseIsABug() async {
        await #expect(processExitsWith: .failure) { _ = CountSeries(horizon: .zero, points: 5) }
        await #expect(processExitsWith: .failure) { _ = LevelSeries(horizon: .seconds(1), points: 0) }
        await #expect(processExitsWith: .failure) {
            var series = LevelSeries(horizon: .seconds(1), points: 5)
            series.add(1, at: Instant(nanoseconds: 2))
            series.add(1, at: Instant(nanoseconds: 1))
        }
    }
}

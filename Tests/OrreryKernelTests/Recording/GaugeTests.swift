import OrreryKernel
import Testing

@Suite("A time-weighted gauge")
struct GaugeTests {
    @Test("has the exact area under its level")
    func area() {
        var gauge = TimeWeightedGauge(level: 2)
        gauge.add(3, at: .start + .seconds(1))
        gauge.add(-4, at: .start + .seconds(3))
        #expect(gauge.totalArea(at: .start + .seconds(10)) == Int128(2 + 10 + 7) * 1_000_000_000)
        #expect(gauge.mean(at: .start + .seconds(10)) == 1.9)
        #expect(gauge.level == 1 && gauge.highest == 5)
    }

    @Test("agrees with a sum over every nanosecond")
    func agreesWithOracle() {
        var random = RandomStream(seed: 4, entity: "gauge", purpose: "steps")
        var gauge = TimeWeightedGauge()
        var now: Int64 = 0
        var area = Int128(0)
        for _ in 0..<10_000 {
            let pause = Int64(random.index(below: 5))
            area += Int128(gauge.level) * Int128(pause)
            now += pause
            gauge.add(random.index(below: 2) == 0 && gauge.level > 0 ? -1 : 1, at: Instant(nanoseconds: now))
            #expect(gauge.totalArea(at: Instant(nanoseconds: now)) == area)
        }
    }

    @Test("forgets what came before a restart but keeps its level")
    func restart() {
        var gauge = TimeWeightedGauge()
        gauge.add(9, at: .start)
        gauge.add(-7, at: .start + .seconds(1))
        gauge.restart(at: .start + .seconds(2))
        #expect(gauge.mean(at: .start + .seconds(2)) == nil)
        #expect(gauge.mean(at: .start + .seconds(4)) == 2)
        #expect(gauge.highest == 2 && gauge.level == 2)
        #expect(gauge.totalArea(at: .start + .seconds(4)) == Int128(9 + 3 * 2) * 1_000_000_000)
    }

    @Test("holds areas beyond 64 bits")
    func largeAreas() {
        let gauge = TimeWeightedGauge(level: 1 << 40)
        #expect(gauge.totalArea(at: .start + .limit) == Int128(1) << 101)
    }

    @Test("never goes back")
    func nonsenseIsABug() async {
        await #expect(processExitsWith: .failure) {
            var gauge = TimeWeightedGauge()
            gauge.add(1, at: Instant(nanoseconds: 5))
            gauge.add(1, at: Instant(nanoseconds: 4))
        }
    }
}

@Suite("A counter")
struct CounterTests {
    @Test("keeps its total when the observation starts anew")
    func restart() {
        var counter = Counter()
        counter.add()
        counter.add(4)
        #expect(counter.total == 5 && counter.observed == 5)
        counter.restart()
        #expect(counter.total == 5 && counter.observed == 0)
        counter.add(2)
        #expect(counter.total == 7 && counter.observed == 2)
    }
}

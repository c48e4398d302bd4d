import OrreryKernel
import OrreryStatistics
import OrreryTestSupport
import Testing

@Suite("The warm-up rule MSER-5")
struct WarmUpTests {
    @Test("a planted shift is cut off, to the batch", arguments: [0, 5, 50, 200, 495])
    func plantedShift(length: Int) throws {
        var stream = RandomStream(seed: 3, entity: "warm-up", purpose: "shift")
        let series = (0..<1000).map { ($0 < length ? -20 : 0) + stream.standardNormal() }
        let cut = try #require(MSER5.cut(series))
        #expect((length...length + 50).contains(cut), "cut \(cut)")
    }

    @Test("a slope at the beginning is cut where it ends")
    func slope() throws {
        var stream = RandomStream(seed: 4, entity: "warm-up", purpose: "slope")
        let series = (0..<2000).map { min(0, Double($0 - 400) / 20) + stream.standardNormal() }
        #expect((350...450).contains(try #require(MSER5.cut(series))))
    }

    @Test("a shift in the second half leaves no valid cut: the run is too short")
    func tooShort() {
        #expect(MSER5.cut((0..<1000).map { $0 < 505 ? 9 : 1 }) == nil)
        #expect(MSER5.cut((0..<1000).map(Double.init)) == nil, "a series that only grows has not settled")
    }

    @Test("a constant series keeps everything")
    func constantSeries() {
        #expect(MSER5.cut([Double](repeating: 0.1, count: 1000)) == 0)
        #expect(MSER5.cut([Double](repeating: 0, count: 50)) == 0)
    }

    @Test("fewer than fifty observations cannot be judged", arguments: [0, 1, 5, 49])
    func shortSeries(count: Int) {
        #expect(MSER5.cut([Double](repeating: 1, count: count)) == nil)
    }

    @Test("white noise is hardly ever cut by more than a tenth")
    func whiteNoise() {
        var stream = RandomStream(seed: 5, entity: "warm-up", purpose: "noise")
        let cuts = (0..<1000).map { _ in MSER5.cut((0..<1000).map { _ in stream.standardNormal() }) }
        let large = cuts.count { cut in cut.map { $0 > 100 } ?? true }
        #expect(large <= 20, "\(large) of 1000")
    }

    @Test("observations after the last whole batch do not change the cut")
    func partialBatch() {
        var stream = RandomStream(seed: 6, entity: "warm-up", purpose: "rest")
        let series = (0..<200).map { ($0 < 20 ? 10 : 0) + stream.standardNormal() }
        #expect(MSER5.cut(series + [1e6, -1e6]) == MSER5.cut(series))
    }

    @Test("the mean of several series reaches as far as the shortest")
    func averaged() {
        #expect(MSER5.averaged([[1, 2, 3], [3, 4]]) == [2, 3])
        #expect(MSER5.averaged([]) == [])
    }

    @Test("an M/M/1 queue at 0.95 from empty reads too low, and to within its interval once the warm-up is cut off")
    func startUpBias() throws {
        let truth = ClosedForms.MM1(arrivalRate: 0.95, serviceRate: 1).meanWait
        var uncut: [Double] = []
        var trimmed: [Double] = []
        var covering = 0
        for experiment in UInt64(0)..<10 {
            let runs = (0..<500).map { WarmUpTests.waits(16_000, seed: experiment * 500 + $0) }
            uncut += runs.map { WarmUpTests.mean($0[...]) }
            guard let cut = MSER5.cut(MSER5.averaged(runs)) else { continue }
            let means = runs.map { WarmUpTests.mean($0[cut...]) }
            trimmed += means
            if try #require(Estimate(means).interval).contains(truth) { covering += 1 }
        }
        #expect(trimmed.count >= 8 * 500, "only \(trimmed.count / 500) of 10 series were long enough")
        #expect(covering >= trimmed.count / 500 - 2, "\(covering) of \(trimmed.count / 500)")
        #expect(try #require(Estimate(uncut).interval).upperBound < truth - 0.2)
        #expect(truth - WarmUpTests.mean(trimmed[...]) < 0.5 * (truth - WarmUpTests.mean(uncut[...])))
    }

    /// Lindley's recursion: the waits of an M/M/1 queue with a utilisation of 0.95, from empty.
    private static func waits(_ count: Int, seed: UInt64) -> [Double] {
        var arrivals = RandomStream(seed: seed, entity: "warm-up", purpose: "arrivals")
        var services = RandomStream(seed: seed, entity: "warm-up", purpose: "services")
        var wait = 0.0
        return (0..<count).map { _ in
            defer { wait = max(0, wait + services.standardExponential() - arrivals.standardExponential() / 0.95) }
            return wait
        }
    }

    private static func mean(_ values: ArraySlice<Double>) -> Double {
        values.reduce(0, +) / Double(values.count)
    }
}

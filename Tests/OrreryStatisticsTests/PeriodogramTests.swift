import OrreryKernel
import OrreryStatistics
import Testing

@Suite("A periodogram")
struct PeriodogramTests {
    @Test(
        "has all of a sine's power at its frequency, half of the count times its squared amplitude",
        arguments: [96, 97, 504])
    func sine(count: Int) throws {
        let values = (0..<count).map { 5 + 3 * PortableMath.sin(2 * Double.pi * 12 * Double($0) / Double(count)) }
        let peak = try #require(Periodogram(values).peak())
        #expect(peak.cycles == 12)
        #expect(abs(peak.period - Double(count) / 12) < 1e-9)
        #expect(peak.share > 0.999_999)
        #expect(abs(Periodogram(values).powers[11] / (9 * Double(count) / 4) - 1) < 1e-6)
    }

    @Test("shares out the sum of squares: Parseval's theorem", arguments: [10, 11])
    func parseval(count: Int) {
        let values = (0..<count).map { Double($0 * $0 % 7) }
        let mean = values.reduce(0, +) / Double(count)
        let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let powers = Periodogram(values).powers
        // Each frequency stands for itself and its mirror image, but the highest of an even series.
        let doubled = 2 * powers.reduce(0, +) - (count % 2 == 0 ? powers[count / 2 - 1] : 0)
        #expect(abs(doubled / squares - 1) < 1e-9)
    }

    @Test("calls no peak of white noise significant more often than it says")
    func noise() {
        let found = (0..<200 as Range<UInt64>).count { seed in
            var random = RandomStream(seed: seed, entity: "noise", purpose: "test")
            let values = (0..<200).map { _ in random.standardNormal() }
            return Periodogram(values).peak().map { $0.pValue < 0.05 } ?? false
        }
        #expect(found < 20)
    }

    @Test("has no peak where nothing varies")
    func constant() {
        #expect(Periodogram([]).peak() == nil)
        #expect(Periodogram([1]).peak() == nil)
        #expect(Periodogram([2, 2, 2, 2]).peak() == nil)
    }
}

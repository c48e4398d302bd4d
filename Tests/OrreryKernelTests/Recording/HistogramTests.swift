import Foundation
import OrreryKernel
import Testing

@Suite("A histogram")
struct HistogramTests {
    /// Shapes of samples, each on a scale in nanoseconds.
    enum Shape: String, CaseIterable, Sendable {
        case constant
        case uniform
        case heavyTailed
        case twoPeaks
        case everyMagnitude

        func sample(scale: Double, using random: inout RandomStream) -> Duration {
            let unit = random.unit()
            let value: Double =
                switch self {
                case .constant: scale
                case .uniform: scale * unit
                case .heavyTailed: scale / random.positiveUnit()
                case .twoPeaks: unit < 0.9 ? scale : scale * 100 * (1 + random.unit())
                case .everyMagnitude: Double(1 << random.index(below: 55)) * (1 + unit)
                }
            return Duration(seconds: value * 1e-9)
        }
    }

    /// From a nanosecond to a year.
    static let scales: [Double] = [1, 1e3, 1e6, 1e9, 8.64e13, 3.15e16]

    @Test("knows every quantile within half a bucket", arguments: Shape.allCases, scales)
    func quantileError(shape: Shape, scale: Double) throws {
        var random = RandomStream(seed: 7, entity: "histogram", purpose: shape.rawValue)
        for precision in [4, 7, 10] {
            var histogram = Histogram(precision: precision)
            var values: [Int64] = []
            for _ in 0..<3000 {
                let value = shape.sample(scale: scale, using: &random)
                histogram.record(value)
                values.append(value.nanoseconds)
            }
            values.sort()
            for permille in [0, 1, 7, 10, 70, 100, 250, 500, 550, 900, 990, 999, 1000] {
                let exact = Double(values[max(1, (permille * values.count + 999) / 1000) - 1]) / 1e9
                let quantile = try #require(histogram.quantile(Double(permille) / 1000))
                let bound = exact / Double(2 << precision) + exact * 1e-12
                #expect(abs(quantile - exact) <= bound, "\(permille)‰: \(quantile) for \(exact)")
            }
        }
    }

    @Test("gives the value of the rank for small values, also where a decimal share is not exact in binary")
    func ranks() {
        var histogram = Histogram()
        for value in 1...100 as ClosedRange<Int64> { histogram.record(Duration(nanoseconds: value)) }
        for percent in 1...100 {
            #expect(histogram.quantile(Double(percent) / 100) == Double(percent) / 1e9, "\(percent) %")
        }
        #expect(histogram.quantile(0) == 1e-9)
        #expect(histogram.quantile(0.071) == 8e-9)
    }

    @Test("merged from parts equals the histogram of everything", arguments: Shape.allCases)
    func merges(shape: Shape) {
        var random = RandomStream(seed: 3, entity: "merge", purpose: shape.rawValue)
        var whole = Histogram()
        var parts = [Histogram](repeating: Histogram(), count: 5)
        for _ in 0..<5000 {
            let value = shape.sample(scale: 1e6, using: &random)
            whole.record(value)
            parts[random.index(below: 4)].record(value)
        }
        var merged = Histogram()
        for part in parts.reversed() { merged.merge(part) }
        #expect(merged.count == whole.count && merged.sum == whole.sum)
        #expect(merged.smallest == whole.smallest && merged.largest == whole.largest)
        #expect(merged.buckets == whole.buckets)
        #expect(merged.mean == whole.mean && merged.quantile(0.99) == whole.quantile(0.99))
    }

    @Test("has an exact sum, mean and range, even for sums beyond 64 bits")
    func exactMoments() {
        var histogram = Histogram()
        for _ in 0..<1000 { histogram.record(.limit) }
        histogram.record(Duration(nanoseconds: 1))
        #expect(histogram.sum == Int128(1000) << 61 + 1)
        #expect(histogram.smallest == Duration(nanoseconds: 1) && histogram.largest == .limit)
        var small = Histogram()
        for seconds in [1, 2, 6] as [Int64] { small.record(.seconds(seconds)) }
        #expect(small.mean == 3)
        #expect(small.count == 3)
    }

    @Test("files every duration into the bucket that bounds it")
    func buckets() throws {
        var random = RandomStream(seed: 5, entity: "histogram", purpose: "buckets")
        for _ in 0..<300 {
            var histogram = Histogram()
            let value = random.next() >> UInt64(1 + random.index(below: 63))
            histogram.record(Duration(nanoseconds: Int64(value)))
            let bucket = try #require(histogram.buckets.firstIndex(of: 1))
            let (low, width) = histogram.bounds(of: bucket)
            #expect(low <= value && value - low < width, "\(value) in \(low) + \(width)")
            #expect(bucket == histogram.buckets.count - 1)
            #expect(bucket == 0 || histogram.bounds(of: bucket - 1).low + histogram.bounds(of: bucket - 1).width == low)
        }
    }

    @Test("knows nothing without values, and again after it forgot them")
    func empty() {
        var histogram = Histogram(precision: 5)
        #expect(histogram.mean == nil && histogram.quantile(0.5) == nil && histogram.smallest == nil)
        histogram.record(.seconds(1))
        histogram.removeAll()
        #expect(histogram.mean == nil && histogram.count == 0 && histogram.buckets.isEmpty)
        #expect(histogram.precision == 5)
    }

    @Test("takes no negative value, no other precision, and no share outside 0…1")
    func nonsenseIsABug() async {
        await #expect(processExitsWith: .failure) {
            var histogram = Histogram()
            histogram.record(Duration(nanoseconds: -1))
        }
        await #expect(processExitsWith: .failure) {
            var histogram = Histogram(precision: 7)
            histogram.merge(Histogram(precision: 8))
        }
        await #expect(processExitsWith: .failure) { _ = Histogram(precision: 0) }
        await #expect(processExitsWith: .failure) { _ = Histogram(precision: 15) }
        await #expect(processExitsWith: .failure) {
            var histogram = Histogram()
            histogram.record(.seconds(1))
            _ = histogram.quantile(.nan)
        }
        await #expect(processExitsWith: .failure) {
            var histogram = Histogram()
            histogram.record(.seconds(1))
            _ = histogram.quantile(1.01)
        }
    }

    @Test("is the same after it was packed and unpacked", arguments: Shape.allCases, [1, 7, 14])
    func packed(shape: Shape, precision: Int) throws {
        var random = RandomStream(seed: 11, entity: "histogram", purpose: shape.rawValue)
        var histogram = Histogram(precision: precision)
        for count in [0, 1, 500] {
            for _ in 0..<count { histogram.record(shape.sample(scale: 1e9, using: &random)) }
            let bytes = try JSONEncoder().encode([histogram])
            #expect(try JSONDecoder().decode([Histogram].self, from: bytes) == [histogram])
        }
    }

    @Test(
        "does not come out of numbers that are none: no precision, an odd number, no count, a bucket beyond the last",
        arguments: [
            [], [0], [15], [7, 1, 1, 1], [7, 1, 1, 1, 0], [7, 1, 2, 1, 0, 1], [7, 1, 1, 1, 0, 0],
            [7, 1, 1, 1, 9000, 1],
        ])
    func unpackable(numbers: [Int128]) throws {
        let bytes = try JSONEncoder().encode([PackedIntegers.text(numbers)])
        #expect(throws: DecodingError.self) { try JSONDecoder().decode([Histogram].self, from: bytes) }
    }
}

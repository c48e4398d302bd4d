import Testing

@testable import OrreryKernel

@Suite("Random streams")
struct RandomStreamTests {
    @Test("gives the published numbers of xoshiro256++")
    func publishedVector() {
        var stream = RandomStream(seed: 0, entity: "", purpose: "")
        stream.state = (1, 2, 3, 4)
        // From the test of `Xoshiro256PlusPlus` in Rust's rand_xoshiro, made with the authors' C program.
        let expected: [UInt64] = [
            41_943_041, 58_720_359, 3_588_806_011_781_223, 3_591_011_842_654_386, 9_228_616_714_210_784_205,
            9_973_669_472_204_895_162, 14_011_001_112_246_962_877, 12_406_186_145_184_390_807,
            15_849_039_046_786_891_736, 10_450_023_813_501_588_000,
        ]
        #expect(expected.map { _ in stream.next() } == expected)
    }

    @Test("gives the same numbers for the same name, in every version")
    func goldenVector() {
        var stream = RandomStream(seed: 42, entity: "telescope/ridge/17", purpose: "exposure")
        let words = (0..<4).map { _ in stream.next() }
        #expect(words == [0x2CD1_8B4B_43E8_7650, 0xD615_0482_095A_4922, 0x4689_7B74_FB8D_3DAC, 0xE9BA_239B_B692_CA2C])
        #expect(RandomStream.version == 1)
    }

    @Test("gives other numbers for another seed, entity or purpose")
    func namesDiffer() {
        let names = [
            (1, "a", "b"), (2, "a", "b"), (1, "b", "a"), (1, "ab", ""), (1, "", "ab"), (1, "a", "c"), (1, "c", "b"),
        ]
        let firsts = names.map { seed, entity, purpose in
            var stream = RandomStream(seed: UInt64(seed), entity: entity, purpose: purpose)
            return stream.next()
        }
        #expect(Set(firsts).count == names.count)
    }

    @Test("has streams of neighbouring names and seeds that do not correlate")
    func streamsAreUncorrelated() {
        let count = 100_000
        for neighbour in 1...20 {
            var left = RandomStream(seed: 7, entity: "telescope/0", purpose: "exposure")
            var right = RandomStream(seed: 7, entity: "telescope/\(neighbour)", purpose: "exposure")
            if neighbour > 10 {
                right = RandomStream(seed: UInt64(neighbour), entity: "telescope/0", purpose: "exposure")
            }
            var sum = 0.0
            for _ in 0..<count { sum += (left.unit() - 0.5) * (right.unit() - 0.5) }
            // Twelve times the mean product is the correlation; its standard deviation is 1 ÷ √count.
            let correlation = 12 * sum / Double(count)
            #expect(abs(correlation) < 4 / Double(count).squareRoot(), "neighbour \(neighbour)")
        }
    }

    @Test("keeps its units in their interval and their mean in the middle")
    func unitInterval() {
        var stream = RandomStream(seed: 1, entity: "unit", purpose: "test")
        var sum = 0.0
        for _ in 0..<200_000 {
            let (unit, positive) = (stream.unit(), stream.positiveUnit())
            #expect(unit >= 0 && unit < 1 && positive > 0 && positive <= 1)
            sum += unit + positive
        }
        #expect(abs(sum / 400_000 - 0.5) < 4 / (12.0 * 400_000).squareRoot())
    }

    @Test("gives every index below a bound equally often", arguments: [1, 2, 3, 7, 100, 1000])
    func indexIsUniform(bound: Int) {
        var stream = RandomStream(seed: 3, entity: "index", purpose: "test")
        var counts = [Int](repeating: 0, count: bound)
        let count = 200 * bound + 20_000
        for _ in 0..<count { counts[stream.index(below: bound)] += 1 }
        let expected = Double(count) / Double(bound)
        let statistic = counts.reduce(0.0) { $0 + (Double($1) - expected) * (Double($1) - expected) / expected }
        // Chi-square with n degrees of freedom has mean n and variance 2n; five standard deviations are generous.
        let freedom = Double(bound - 1)
        #expect(abs(statistic - freedom) <= 5 * (2 * freedom).squareRoot())
    }

    @Test("rejects the biased part of the widest bounds")
    func wideBounds() {
        var stream = RandomStream(seed: 4, entity: "index", purpose: "test")
        let bound = Int.max / 4 * 3
        var sum = 0.0
        for _ in 0..<100_000 {
            let index = stream.index(below: bound)
            #expect(index >= 0 && index < bound)
            sum += Double(index) / Double(bound)
        }
        #expect(abs(sum / 100_000 - 0.5) < 0.005)
    }

    @Test("refuses a bound that is not positive")
    func noBound() async {
        await #expect(processExitsWith: .failure) {
            var stream = RandomStream(seed: 1, entity: "a", purpose: "b")
            _ = stream.index(below: 0)
        }
    }
}

import OrreryKernel
import OrreryStatistics
import Testing

@Suite("Intervals")
struct IntervalTests {
    @Test("a mean has the textbook's Student-t interval")
    func studentInterval() throws {
        // Law, example 4.26: ten values, mean 1.34, 90 % interval 1.34 ± 0.24.
        let estimate = Estimate([1.20, 1.50, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.50, 1.09], confidence: 0.9)
        #expect(estimate.count == 10)
        #expect(abs(try #require(estimate.mean) - 1.343) < 1e-12)
        #expect(abs(try #require(estimate.halfWidth) - 0.24) < 0.005)
        // t(0.975, 1) = 12.706.
        #expect(abs(try #require(Estimate([-1, 1]).halfWidth) - 12.706204736432102) < 1e-9)
    }

    @Test("fewer than two values have no interval, and equal ones have width 0")
    func noInterval() {
        #expect(Estimate([]).mean == nil && Estimate([]).interval == nil)
        #expect(Estimate([3]).mean == 3 && Estimate([3]).interval == nil && Estimate([3]).halfWidth == nil)
        #expect(Estimate([0.1, 0.1, 0.1]).interval == 0.1...0.1 && Estimate([0.1, 0.1, 0.1]).relativeHalfWidth == 0)
    }

    @Test("large values lose nothing to cancellation")
    func noCancellation() throws {
        let deviation = try #require(Estimate([1e12 + 1, 1e12 + 2, 1e12 + 3]).standardDeviation)
        #expect(abs(deviation - 1) < 1e-9)
    }

    @Test("a 95 % interval covers the mean in about 95 % of experiments")
    func coverage() {
        var stream = RandomStream(seed: 1, entity: "coverage", purpose: "test")
        var covered = 0
        for _ in 0..<4000 {
            let estimate = Estimate((0..<8).map { _ in 5 + stream.standardNormal() })
            if estimate.interval?.contains(5) == true { covered += 1 }
        }
        let share = Proportion(successes: covered, trials: 4000)
        #expect(share.interval(confidence: 0.999)?.contains(0.95) == true)
    }

    @Test("a paired difference has Student's interval over the seeds' differences")
    func pairedDifference() throws {
        // Differences 2, 3 and 4: mean 3, deviation 1, and t(0.975, 2) = 4.302653, so 4.302653 / √3 = 2.484138.
        let estimate = PairedDifference(from: [1: 10, 2: 20, 3: 30], to: [3: 34, 1: 12, 2: 23]).estimate
        #expect(estimate.count == 3 && estimate.mean == 3 && estimate.standardDeviation == 1)
        #expect(abs(try #require(estimate.halfWidth) - 2.484137711644546) < 1e-9)
    }

    @Test("pairs are made by seed: a seed without a value in one of the two has none")
    func pairsBySeed() {
        let estimate = PairedDifference(from: [1: 10, 2: 20, 3: 30, 5: 1], to: [2: 21, 3: 31, 4: 99]).estimate
        #expect(estimate.count == 2 && estimate.mean == 1, "by index, 10 would stand beside 21")
        let nothing = PairedDifference(from: [1: 10], to: [2: 10]).estimate
        #expect(nothing.count == 0 && nothing.mean == nil && nothing.interval == nil)
    }

    @Test("one pair has a difference and no interval; equal differences have an interval of just that value")
    func degeneratePairs() {
        let one = PairedDifference(from: [1: 10], to: [1: 13]).estimate
        #expect(one.mean == 3 && one.interval == nil)
        let equal = PairedDifference(from: [1: 10, 2: 20], to: [1: 13, 2: 23]).estimate
        #expect(equal.interval == 3...3)
        let same = PairedDifference(from: [1: 0.1, 2: 0.7], to: [1: 0.1, 2: 0.7]).estimate
        #expect(same.interval == 0...0)
    }

    @Test("a paired interval covers the true difference in about 95 %, and is narrow where the seeds' luck is shared")
    func pairedCoverage() {
        var stream = RandomStream(seed: 2, entity: "coverage", purpose: "test")
        var covered = 0
        var covering = 0
        var narrower = 0
        for _ in 0..<4000 {
            var (first, second): ([UInt64: Double], [UInt64: Double]) = ([:], [:])
            for seed in 0..<8 as Range<UInt64> {
                // The luck of a seed is ten times what the settings differ by on their own.
                let luck = 10 * stream.standardNormal()
                first[seed] = luck + stream.standardNormal()
                second[seed] = luck + stream.standardNormal() + 0.5
            }
            let estimate = PairedDifference(from: first, to: second).estimate
            if estimate.interval?.contains(0.5) == true { covered += 1 }
            if estimate.interval?.contains(2.5) == true { covering += 1 }
            let alone = Estimate(first.keys.sorted().compactMap { first[$0] })
            if let width = estimate.halfWidth, let wide = alone.halfWidth, width < wide { narrower += 1 }
        }
        let share = Proportion(successes: covered, trials: 4000)
        #expect(share.interval(confidence: 0.999)?.contains(0.95) == true, "\(covered) of 4000")
        #expect(covering < 1000, "a wrong difference is seldom covered: the test can fail")
        #expect(narrower == 4000)
    }

    @Test("a proportion has the exact interval of Clopper and Pearson")
    func clopperPearson() throws {
        // 1 − 0.025^(1/10) and its mirror image; 4 of 10 from R's binom.test.
        let none = try #require(Proportion(successes: 0, trials: 10).interval())
        #expect(none.lowerBound == 0 && abs(none.upperBound - 0.30849710781876083) < 1e-9)
        let all = try #require(Proportion(successes: 10, trials: 10).interval())
        #expect(all.upperBound == 1 && abs(all.lowerBound - 0.6915028921812392) < 1e-9)
        let four = try #require(Proportion(successes: 4, trials: 10).interval())
        #expect(abs(four.lowerBound - 0.1215523) < 1e-6 && abs(four.upperBound - 0.7376219) < 1e-6)
        let untried = Proportion(successes: 0, trials: 0)
        #expect(untried.interval() == nil && untried.share == nil)
    }

    @Test("no collapse in 59 runs bounds its probability by 5 %, in 299 runs by 1 %")
    func ruleOfRareEvents() throws {
        #expect(try #require(Proportion(successes: 0, trials: 59).upperBound()) < 0.05)
        #expect(try #require(Proportion(successes: 0, trials: 58).upperBound()) > 0.05)
        #expect(try #require(Proportion(successes: 0, trials: 299).upperBound()) < 0.01)
        #expect(try #require(Proportion(successes: 0, trials: 298).upperBound()) > 0.01)
    }

    @Test("the interval's ends are where the binomial distribution says", arguments: [1, 7, 40, 100, 1000, 20_000])
    func endsAreExact(trials: Int) throws {
        for successes in Set([0, 1, trials / 3, trials / 2, trials - 1, trials]).sorted() {
            let interval = try #require(Proportion(successes: successes, trials: trials).interval())
            if successes < trials {
                let below = CumulativeProbability.binomial(
                    UInt32(successes), probability: interval.upperBound, trials: UInt32(trials))
                #expect(abs(below - 0.025) < 1e-6, "\(successes) of \(trials)")
            }
            if successes > 0 {
                let above =
                    1
                    - CumulativeProbability.binomial(
                        UInt32(successes - 1), probability: interval.lowerBound, trials: UInt32(trials))
                #expect(abs(above - 0.025) < 1e-6, "\(successes) of \(trials)")
            }
        }
    }
}

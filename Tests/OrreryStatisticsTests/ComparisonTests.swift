import OrreryKernel
import OrreryStatistics
import Testing

@Suite("Comparison by pairs")
struct ComparisonTests {
    private static let before: [UInt64: Double] = [
        1: 12.1, 2: 15.3, 3: 9.8, 4: 14.2, 5: 11.7, 6: 13.3, 7: 10.9, 8: 16.0, 9: 99,
    ]
    private static let after: [UInt64: Double] = [
        1: 14.0, 2: 20.1, 3: 9.9, 4: 17.5, 5: 12.2, 6: 15.9, 7: 10.1, 8: 22.4, 10: -99,
    ]

    @Test("level, ratio, spread and their p-values are those of the textbooks' formulas")
    func referenceValues() throws {
        // Computed with scipy 1.17: ttest_rel, pearsonr of sums and differences, Fieller's quadratic.
        let comparison = PairedComparison(from: ComparisonTests.before, to: ComparisonTests.after)
        #expect(comparison.difference.estimate.count == 8, "seeds 9 and 10 have no pair")
        #expect(close(comparison.difference.pValue, 0.03001650369437213))
        #expect(close(comparison.ratio?.ratio, 1.1819941916747339))
        #expect(close(comparison.ratio?.interval?.lowerBound, 1.0270793270963132))
        #expect(close(comparison.ratio?.interval?.upperBound, 1.3007008973945757))
        let spread = try #require(comparison.spread)
        #expect(close(spread.ratio, 2.107303075169122) && close(spread.pValue, 1.2299803664254232e-05))
        #expect(close(spread.interval.lowerBound, 1.8099522018656478))
        #expect(close(spread.interval.upperBound, 2.453504709151911))
        #expect(close(comparison.varianceReduction, 4.265066698427823))
        let variances = (comparison.pairedVariance ?? 0, comparison.unpairedVariance ?? 0)
        #expect(close(variances.1 / variances.0, 4.265066698427823))
    }

    @Test("a setting against itself differs by nothing, and nothing is claimed beyond that")
    func sameSetting() {
        let comparison = PairedComparison(from: ComparisonTests.before, to: ComparisonTests.before)
        #expect(comparison.difference.pValue == 1 && comparison.ratio?.interval == 1...1)
        #expect(comparison.spread?.ratio == 1 && comparison.spread?.pValue == 1)
        #expect(comparison.varianceReduction == nil)
    }

    @Test("too little to compare gives nil and no trap")
    func degenerate() {
        let nothing = PairedComparison(from: [1: 5], to: [2: 5])
        #expect(nothing.ratio == nil && nothing.difference.pValue == nil && nothing.spread == nil)
        let one = PairedComparison(from: [1: 5], to: [1: 6])
        #expect(one.ratio?.ratio == 1.2 && one.ratio?.interval == nil && one.difference.pValue == nil)
        let constant = PairedComparison(from: [1: 5, 2: 5, 3: 5], to: [1: 6, 2: 6, 3: 6])
        #expect(constant.difference.pValue == 0.25 && constant.ratio?.interval == 1.2...1.2 && constant.spread == nil)
        let doubled = PairedComparison(from: [1: 1, 2: 2, 3: 3], to: [1: 2, 2: 4, 3: 6])
        #expect(doubled.spread?.ratio == 2 && doubled.spread?.pValue == 0 && doubled.spread?.interval == 2...2)
        #expect(PairedComparison(from: [1: 0, 2: 0], to: [1: 1, 2: 2]).ratio == nil)
        let vague = PairedComparison(from: [1: -1, 2: 1.5, 3: 0.2], to: [1: 1, 2: 2, 3: 3])
        #expect(vague.ratio != nil && vague.ratio?.interval == nil, "the first mean may be zero")
    }

    @Test("a change of how often something happens is judged by the pairs that differ (McNemar's exact test)")
    func events() {
        func events(_ both: Int, _ neither: Int, onlyFirst: Int, onlySecond: Int) -> PairedEvents {
            let rows =
                Array(repeating: (true, true), count: both) + Array(repeating: (false, false), count: neither)
                + Array(repeating: (true, false), count: onlyFirst)
                + Array(repeating: (false, true), count: onlySecond)
            let seeds = rows.enumerated().map { (UInt64($0.offset), $0.element) }
            return PairedEvents(
                from: Dictionary(uniqueKeysWithValues: seeds.map { ($0.0, $0.1.0) } + [(1_000, true)]),
                to: Dictionary(uniqueKeysWithValues: seeds.map { ($0.0, $0.1.1) } + [(2_000, true)]))
        }
        // 2 · (1 + 10) / 2¹⁰ and 2 · (1 + 15 + 105 + 455) / 2¹⁵.
        #expect(close(events(5, 20, onlyFirst: 1, onlySecond: 9).pValue, 0.021484375))
        #expect(close(events(0, 0, onlyFirst: 12, onlySecond: 3).pValue, 0.03515625))
        #expect(
            events(7, 7, onlyFirst: 3, onlySecond: 3).pValue == 1
                && events(9, 9, onlyFirst: 0, onlySecond: 0).pValue == 1)
        let some = events(2, 3, onlyFirst: 1, onlySecond: 4)
        #expect(some.pairs == 10 && some.first == 3 && some.second == 6, "seeds 1000 and 2000 have no pair")
    }

    @Test("p-values are corrected as in Holm's paper: step by step, and never falling")
    func holm() {
        let adjusted = HolmCorrection.adjusted([0.01, 0.04, 0.03, 0.005])
        #expect(zip(adjusted, [0.03, 0.06, 0.06, 0.02]).allSatisfy { abs($0 - $1) < 1e-15 }, "\(adjusted)")
        #expect(HolmCorrection.adjusted([0.5, 0.9]) == [1, 1])
        #expect(HolmCorrection.adjusted([]) == [] && HolmCorrection.adjusted([0.2]) == [0.2])
    }

    @Test("1000 comparisons of a setting with five like it raise at most 5 % alarms after Holm's correction")
    func falseAlarms() {
        var source = PairSource(name: "false alarms", correlation: 0.8)
        var alarms = 0
        var uncorrected = 0
        for _ in 0..<1000 {
            let rows = (0..<20).map { _ in source.row(alternatives: 5) }
            let first = settings(rows) { $0[0] }
            let pValues = (1...5).compactMap { alternative in
                PairedComparison(from: first, to: settings(rows) { $0[alternative] }).difference.pValue
            }
            if HolmCorrection.adjusted(pValues).contains(where: { $0 <= 0.05 }) { alarms += 1 }
            if pValues.contains(where: { $0 <= 0.05 }) { uncorrected += 1 }
        }
        #expect(alarms <= 50, "\(alarms) of 1000")
        #expect(uncorrected > 100, "without a correction it would be more than 10 %, not \(uncorrected) of 1000")
    }

    @Test("a planted effect of 5 % among five alternatives is found in at least 95 of 100 comparisons of 40 seeds")
    func plantedEffect() {
        var source = PairSource(name: "planted effect", correlation: 0.95)
        var found = 0
        var unshared = 0
        for _ in 0..<100 {
            let rows = (0..<40).map { _ in source.row(alternatives: 5) }
            let first = settings(rows) { $0[0] }
            let comparisons = (1...5).map { alternative in
                PairedComparison(
                    from: first, to: settings(rows) { alternative == 3 ? 1.05 * $0[3] : $0[alternative] })
            }
            let adjusted = HolmCorrection.adjusted(comparisons.compactMap(\.difference.pValue))
            if adjusted[2] <= 0.05 { found += 1 }
            // The same setting with seeds of its own.
            let strange = settings((0..<40).map { _ in source.row(alternatives: 5) }) { 1.05 * $0[3] }
            let pValue = PairedComparison(from: first, to: strange).difference.pValue
            if let pValue, pValue <= 0.05 { unshared += 1 }
        }
        #expect(found >= 95, "\(found) of 100")
        #expect(unshared < 50, "without common seeds it would be found rarely, not in \(unshared) of 100")
    }

    @Test(
        "sharing seeds reduces the variance of a difference by 1 / (1 − ρ)", arguments: [0, 0.5, 0.9, 0.98])
    func varianceReduction(correlation: Double) throws {
        var source = PairSource(name: "reduction \(correlation)", correlation: correlation)
        let rows = (0..<20_000).map { _ in source.row(alternatives: 1) }
        let reduction = try #require(
            PairedComparison(from: settings(rows) { $0[0] }, to: settings(rows) { $0[1] }).varianceReduction)
        #expect(abs(reduction * (1 - correlation) - 1) < 0.05, "\(reduction)")
    }

    @Test("intervals of ratio and spread cover the truth in about 95 % of experiments")
    func coverage() {
        var source = PairSource(name: "coverage", correlation: 0.7)
        var ratios = 0
        var spreads = 0
        var alarms = 0
        for _ in 0..<4000 {
            let rows = (0..<12).map { _ in source.row(alternatives: 2) }
            let first = settings(rows) { $0[0] }
            let comparison = PairedComparison(from: first, to: settings(rows) { 1.4 + 2 * ($0[1] - 1) })
            if comparison.ratio?.interval?.contains(1.4) == true { ratios += 1 }
            if comparison.spread?.interval.contains(2) == true { spreads += 1 }
            if let same = PairedComparison(from: first, to: settings(rows) { $0[2] }).spread {
                if same.pValue <= 0.05 { alarms += 1 }
                #expect((same.pValue <= 0.05) == !same.interval.contains(1), "p-value and interval disagree")
            }
        }
        #expect((3760...3840).contains(ratios), "\(ratios) of 4000")
        #expect((3760...3840).contains(spreads), "\(spreads) of 4000")
        #expect((160...240).contains(alarms), "\(alarms) of 4000")
    }

    private func close(_ value: Double?, _ expected: Double) -> Bool {
        value.map { abs($0 - expected) <= 1e-9 * abs(expected) } ?? false
    }

    private func settings(_ rows: [[Double]], value: ([Double]) -> Double) -> [UInt64: Double] {
        Dictionary(uniqueKeysWithValues: rows.enumerated().map { (UInt64($0.offset), value($0.element)) })
    }
}

/// Rows of values with mean 1 and a deviation of 0.2, each correlated with each by what the seed did to all of them.
private struct PairSource {
    private var stream: RandomStream
    private let shared: Double
    private let own: Double

    init(name: String, correlation: Double) {
        stream = RandomStream(seed: 1, entity: "pairs", purpose: name)
        shared = 0.2 * correlation.squareRoot()
        own = 0.2 * (1 - correlation).squareRoot()
    }

    /// The value of a setting and of its alternatives for one seed.
    mutating func row(alternatives: Int) -> [Double] {
        let level = 1 + shared * stream.standardNormal()
        return (0...alternatives).map { _ in level + own * stream.standardNormal() }
    }
}

import OrreryKernel
import OrreryStatistics

/// What changes from one stored result to others, metric by metric and paired by seed.
///
/// Every seed brings both sides the same chance, so its two values are subtracted before anything is averaged. All
/// metrics of all alternatives, and how many of their runs end badly, are judged together (Holm): where nothing
/// differs, a comparison raises any alarm at all in at most 5 % of cases, however many metrics it looks at. Measured
/// with runs of an M/M/1 station, twenty against twenty others, it is 2.2 % (89 of 4000), because metrics go together.
public struct ResultComparison: Codable, Sendable {
    /// The format's name: `orrery-comparison`.
    public var format = "orrery-comparison"
    /// The version of the format; raised when a field changes its meaning.
    public var formatVersion = 1
    /// The alternatives, each against its base.
    public var alternatives: [Alternative]

    /// The error of all judgements together.
    static let error = 0.05

    /// What is compared: a variant of a result with a variant of the same or of another.
    public struct Pair: Sendable {
        /// What the pair is called.
        public let name: String
        /// The side that is compared with.
        public let base: VariantResult
        /// The side that is judged.
        public let head: VariantResult

        /// A pair of variants.
        public init(name: String, base: VariantResult, head: VariantResult) {
            self.name = name
            self.base = base
            self.head = head
        }
    }

    /// One alternative against its base.
    public struct Alternative: Codable, Sendable {
        /// What it is called.
        public var name: String
        /// How many seeds finished on both sides.
        public var pairs: Int
        /// The classes of runs of the base, and of the alternative.
        public var baseClasses: [ClassResult]
        /// The classes of runs of the alternative.
        public var headClasses: [ClassResult]
        /// How likely runs are to end badly.
        public var endings: [EndingComparison]
        /// Every metric that both have, in the catalog's order.
        public var metrics: [MetricComparison]

        /// What the comparison shows of every ending and metric.
        public var verdicts: [MetricComparison.Verdict?] { endings.map(\.verdict) + metrics.map(\.verdict) }
    }

    /// Compares pairs; each needs a seed that finished on both sides.
    public init(_ pairs: [Pair]) {
        alternatives = pairs.map { pair in
            let seeds = Set(pair.base.replications.map(\.seed))
            return Alternative(
                name: pair.name, pairs: pair.head.replications.count { seeds.contains($0.seed) },
                baseClasses: pair.base.classes, headClasses: pair.head.classes, endings: EndingComparison.all(pair),
                metrics: MetricComparison.all(pair))
        }
        judge()
    }

    /// Whether anything of any alternative is shown to be worse.
    public var isRegression: Bool { alternatives.contains { $0.verdicts.contains(.worse) } }

    /// Judges all endings, and all metrics that have a better direction, together; what is the same in every seed needs
    /// no judgement.
    private mutating func judge() {
        var places: [(alternative: Int, isEnding: Bool, index: Int)] = []
        var pValues: [Double] = []
        for (alternative, comparison) in alternatives.enumerated() {
            for (index, row) in comparison.endings.enumerated() where row.verdict == nil {
                places.append((alternative, true, index))
                pValues.append(row.pValue)
            }
            for (index, row) in comparison.metrics.enumerated() where row.verdict == nil {
                places.append((alternative, false, index))
                pValues.append(row.pValue ?? 1)
            }
        }
        for (place, adjusted) in zip(places, HolmCorrection.adjusted(pValues)) {
            if place.isEnding {
                alternatives[place.alternative].endings[place.index].judge(adjusted)
            } else {
                alternatives[place.alternative].metrics[place.index].judge(adjusted)
            }
        }
    }
}

/// How a metric changes from one side to the other.
public struct MetricComparison: Codable, Sendable {
    /// The metric's key; of a duration, each seed's mean is compared.
    public var key: String
    /// The unit.
    public var unit: String
    /// Which way is the better one: `higher`, `lower` or `neither`.
    public var better: String
    /// How many seeds have a value on both sides.
    public var pairs: Int
    /// The mean of the base over these seeds, in the unit.
    public var base: Double
    /// The mean of head − base, in the unit.
    public var difference: Double
    /// Half the width of its 95 % interval; nil for one pair.
    public var halfWidth: Double?
    /// The mean of the head as a multiple of that of the base; nil where that is zero.
    public var ratio: Double?
    /// The lower end of its 95 % interval (Fieller); nil where the base cannot be told from zero.
    public var ratioLower: Double?
    /// The upper end.
    public var ratioUpper: Double?
    /// How likely as large a difference is by chance, for this metric alone; nil for one pair.
    public var pValue: Double?
    /// The same for all metrics of the comparison together (Holm); nil for one that is not judged.
    public var pAdjusted: Double?
    /// The standard deviation over the seeds as a multiple of the base's (Pitman and Morgan); nil where one does not
    /// vary.
    public var spreadRatio: Double?
    /// How likely as large a change of spread is by chance, for this metric alone.
    public var spreadPValue: Double?
    /// The variance of the difference between the two values of a seed, in the unit squared; nil for one pair.
    public var pairedVariance: Double?
    /// The variance that it would have between values of different seeds, in the unit squared; nil for one pair.
    public var unpairedVariance: Double?
    /// The second divided by the first: how many times as many unpaired runs would be as sharp; nil where all
    /// differences are equal.
    public var varianceReduction: Double?
    /// What the comparison shows.
    public var verdict: Verdict?

    /// What a comparison can show.
    public enum Verdict: String, Codable, Sendable {
        /// The value is the same in every seed.
        case same
        /// There may be a difference, but these seeds do not show it.
        case notShown = "not-shown"
        /// It changed for the better.
        case better
        /// It changed for the worse.
        case worse
        /// It has no better direction, so nothing is judged.
        case unjudged
    }

    /// All metrics that both sides have with a same seed.
    fileprivate static func all(_ pair: ResultComparison.Pair) -> [MetricComparison] {
        let latency = row(
            "delivery.latency", "s", "lower", bySeed(pair.base, pair.base.latency.bySeed),
            bySeed(pair.head, pair.head.latency.bySeed))
        let others = pair.base.metrics.compactMap { base -> MetricComparison? in
            guard let head = pair.head.metrics.first(where: { $0.key == base.key }) else { return nil }
            return row(
                base.key, base.unit, base.better, bySeed(pair.base, base.bySeed), bySeed(pair.head, head.bySeed))
        }
        return (latency.map { [$0] } ?? []) + others
    }

    private static func bySeed(_ variant: VariantResult, _ values: [Double?]) -> [UInt64: Double] {
        var table: [UInt64: Double] = [:]
        for (run, value) in zip(variant.replications, values) { table[run.seed] = value }
        return table
    }

    private static func row(
        _ key: String, _ unit: String, _ better: String, _ base: [UInt64: Double], _ head: [UInt64: Double]
    ) -> MetricComparison? {
        let comparison = PairedComparison(from: base, to: head)
        let estimate = comparison.difference.estimate
        guard let mean = estimate.mean else { return nil }
        func printed(_ value: Double?) -> Double? { value.map { Quantity.rounded($0, digits: 9) } }
        let paired = base.keys.sorted().filter { head[$0] != nil }.compactMap { base[$0] }
        let isSame = mean == 0 && (estimate.standardDeviation ?? 0) == 0
        return MetricComparison(
            key: key, unit: unit, better: better, pairs: estimate.count, base: Estimate(paired).mean ?? 0,
            difference: mean, halfWidth: estimate.printedHalfWidth, ratio: comparison.ratio?.ratio,
            ratioLower: printed(comparison.ratio?.interval?.lowerBound),
            ratioUpper: printed(comparison.ratio?.interval?.upperBound),
            pValue: printed(comparison.difference.pValue), pAdjusted: nil, spreadRatio: comparison.spread?.ratio,
            spreadPValue: printed(comparison.spread?.pValue), pairedVariance: comparison.pairedVariance,
            unpairedVariance: comparison.unpairedVariance, varianceReduction: comparison.varianceReduction,
            verdict: isSame ? .same : better == "neither" ? .unjudged : nil)
    }

    /// Judges the difference by its p-value among all of them.
    fileprivate mutating func judge(_ adjusted: Double) {
        pAdjusted = Quantity.rounded(adjusted, digits: 9)
        if adjusted > ResultComparison.error {
            verdict = .notShown
        } else {
            verdict = (difference > 0) == (better == "higher") ? .better : .worse
        }
    }
}

import OrreryModel
import OrreryStatistics

/// How much more or less likely runs are to end badly, paired by seed.
public struct EndingComparison: Codable, Sendable, Equatable {
    /// The classes that count as this ending, in the order of the classes: `metastable`, `collapsed`.
    public var classes: [String]
    /// How many seeds have a class on both sides.
    public var pairs: Int
    /// How many of them end so in the base.
    public var base: Int
    /// How many of them end so in the alternative.
    public var head: Int
    /// How many end so in the base only.
    public var onlyBase: Int
    /// How many end so in the alternative only.
    public var onlyHead: Int
    /// How likely as large a change is by chance, for this ending alone (McNemar's exact test).
    public var pValue: Double
    /// The same for everything that the comparison judges together (Holm); nil where no seed differs.
    public var pAdjusted: Double?
    /// What the comparison shows; `same` where no seed differs.
    public var verdict: MetricComparison.Verdict?

    /// Endings that are bad whatever else changes: a run that turns from metastable to collapsed is no better for it.
    private static let bad: [[RunClass]] = [[.collapsed], [.metastable, .collapsed]]

    /// All endings of a pair of which at least one seed has a class on both sides; where no run is metastable, there is
    /// only one.
    static func all(_ pair: ResultComparison.Pair) -> [EndingComparison] {
        let runs = pair.base.replications + pair.head.replications
        let isMetastable = runs.contains { $0.class == RunClass.metastable.rawValue }
        return bad.prefix(isMetastable ? 2 : 1).compactMap { EndingComparison($0.map(\.rawValue), pair) }
    }

    private init?(_ classes: [String], _ pair: ResultComparison.Pair) {
        func endings(_ variant: VariantResult) -> [UInt64: Bool] {
            var table: [UInt64: Bool] = [:]
            for run in variant.replications { table[run.seed] = run.class.map(classes.contains) }
            return table
        }
        let events = PairedEvents(from: endings(pair.base), to: endings(pair.head))
        guard events.pairs > 0 else { return nil }
        self.classes = classes
        (pairs, base, head) = (events.pairs, events.first, events.second)
        (onlyBase, onlyHead) = (events.onlyFirst, events.onlySecond)
        pValue = Quantity.rounded(events.pValue, digits: 9)
        verdict = onlyBase + onlyHead == 0 ? .same : nil
    }

    /// Judges the change by its p-value among all of them.
    mutating func judge(_ adjusted: Double) {
        pAdjusted = Quantity.rounded(adjusted, digits: 9)
        verdict = adjusted > ResultComparison.error ? .notShown : head > base ? .worse : .better
    }
}

import OrreryDiagnosis
import OrreryModel
import OrreryStatistics

/// By how much a variant differs from the scenario's first in one metric, paired by seed.
///
/// Every seed counts the same, however many items it had: the mean latency differs by the mean of the seeds'
/// differences, which is not the difference between the two means over all items.
public struct DifferenceResult: Codable, Sendable, Equatable {
    /// The metric's key, for instance `items.lost`; of a duration, each seed's mean is compared.
    public var key: String
    /// The unit of the metric; of a share, a difference of 0.01 is one percentage point.
    public var unit: String
    /// How many seeds have a value in both variants; at least one.
    public var pairs: Int
    /// The mean over the pairs of this variant − the first, in the unit.
    public var mean: Double
    /// Half the width of the 95 % Student-t interval over the pairs; nil for one pair, 0 where all pairs differ alike.
    public var halfWidth: Double?

    /// What a difference shows.
    public enum Direction: Sendable {
        /// The interval lies below zero.
        case lower
        /// The interval lies above zero.
        case higher
        /// The interval covers zero: there may be a difference, but this many seeds do not show it.
        case notShown
    }

    /// What the difference shows; nil without an interval.
    public var direction: Direction? {
        guard let halfWidth else { return nil }
        if mean.magnitude <= halfWidth { return .notShown }
        return mean < 0 ? .lower : .higher
    }
}

extension VariantSummary {
    /// The differences of this variant to another, for every metric that both measured with at least one same seed, in
    /// the catalog's order.
    func differences(to first: VariantSummary) -> [DifferenceResult] {
        zip(first.observations, observations).compactMap { before, after in
            let estimate = PairedDifference(from: before.valueBySeed, to: after.valueBySeed).estimate
            guard let mean = estimate.mean else { return nil }
            return DifferenceResult(
                key: after.metric.key, unit: after.metric.unit.rawValue, pairs: estimate.count, mean: mean,
                halfWidth: estimate.printedHalfWidth)
        }
    }
}

extension Estimate {
    /// Half the width of the interval in nine significant digits: its last bits come from the C library and differ by
    /// machine.
    var printedHalfWidth: Double? {
        halfWidth.map { Quantity.rounded($0, digits: 9) }
    }
}

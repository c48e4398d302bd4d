import OrreryDiagnosis
import OrreryModel
import OrreryStatistics

/// The metric that tells what would relieve a variant: the one that its trouble is about.
struct ReliefMetric {
    /// The metric.
    let metric: Metric
    /// Whether less of it is better.
    let isLowerBetter: Bool

    /// Losing more than this share of all items is what matters most about a variant.
    private static let lossShare = 0.01

    /// The metric of a variant: the share of items that is lost, if that is more than 1 %; else that of the first
    /// broken threshold; else the latency; nil if nothing went wrong.
    init?(_ summary: VariantSummary) {
        func observation(_ key: String) -> MetricObservation? {
            summary.observations.first { $0.metric.key == key && !$0.perSeed.isEmpty }
        }
        let broken = summary.judges.filter { $0.judgement.verdict == .broken }.map(\.threshold)
        guard summary.diagnosis.commonestCause != nil || !broken.isEmpty else { return nil }
        if let loss = observation("items.loss-share"), Estimate(loss.perSeed).mean ?? 0 > ReliefMetric.lossShare {
            self.init(metric: loss.metric, isLowerBetter: true)
            return
        }
        for threshold in broken {
            guard let observation = observation(threshold.metric) else { continue }
            let isLowerBetter =
                observation.metric.better == .neither
                ? threshold.comparison.isUpper : observation.metric.better == .lower
            self.init(metric: observation.metric, isLowerBetter: isLowerBetter)
            return
        }
        guard let latency = observation("delivery.latency") else { return nil }
        self.init(metric: latency.metric, isLowerBetter: true)
    }

    private init(metric: Metric, isLowerBetter: Bool) {
        self.metric = metric
        self.isLowerBetter = isLowerBetter
    }

    /// What changes bring, paired by seed and corrected for their number; the most effective first, without those that
    /// make it worse.
    ///
    /// Of a duration, the means of the seeds are compared.
    func reliefs(
        of summary: VariantSummary, by changes: [(name: String, summary: VariantSummary)], areVariants: Bool
    ) -> [ReliefResult] {
        guard let before = values(of: summary) else { return [] }
        let compared = changes.compactMap { change -> Comparison? in
            guard let after = values(of: change.summary) else { return nil }
            let difference = PairedDifference(from: before, to: after)
            guard let mean = difference.estimate.mean else { return nil }
            let seeds = before.keys.sorted().filter { after[$0] != nil }
            return Comparison(
                name: change.name, gain: isLowerBetter ? -mean : mean, difference: difference,
                before: Estimate(seeds.compactMap { before[$0] }).mean ?? 0,
                after: Estimate(seeds.compactMap { after[$0] }).mean ?? 0)
        }
        let tested = compared.filter { $0.difference.pValue != nil }
        let adjusted = HolmCorrection.adjusted(tested.compactMap(\.difference.pValue))
        var results: [(gain: Double, result: ReliefResult)] = []
        for comparison in compared where comparison.gain > 0 {
            let place = tested.firstIndex { $0.name == comparison.name }
            results.append(
                (
                    comparison.gain,
                    ReliefResult(
                        change: comparison.name, isVariant: areVariants, metric: metric.key,
                        before: Quantity.rounded(comparison.before, digits: 9),
                        after: Quantity.rounded(comparison.after, digits: 9), unit: metric.unit.rawValue,
                        halfWidth: comparison.difference.estimate.printedHalfWidth,
                        isShown: place.map { adjusted[$0] <= 0.05 } ?? false)
                ))
        }
        return results.enumerated().sorted { left, right in
            let (one, other) = (left.element, right.element)
            if one.result.isShown != other.result.isShown { return one.result.isShown }
            return (one.gain, -left.offset) > (other.gain, -right.offset)
        }.map(\.element.result)
    }

    private struct Comparison {
        let name: String
        let gain: Double
        let difference: PairedDifference
        let before: Double
        let after: Double
    }

    private func values(of summary: VariantSummary) -> [UInt64: Double]? {
        summary.observations.first { $0.metric.key == metric.key }.map(\.valueBySeed)
    }
}

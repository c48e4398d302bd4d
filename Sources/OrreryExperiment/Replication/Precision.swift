import OrreryDiagnosis
public import OrreryModel
public import OrreryStatistics

/// Runs are added until a metric's mean is known as precisely as this, in every variant.
public struct Precision: Sendable {
    /// The metric; of a duration, each seed's mean is one value.
    public let metric: Metric
    /// How precisely, and after how many seeds to look.
    public let rule: PrecisionRule

    /// The most seeds that are run.
    public var seedsMax: Int { rule.looks.ceiling }

    /// A precision that is asked for.
    public init(metric: Metric, rule: PrecisionRule) {
        self.metric = metric
        self.rule = rule
    }

    /// How many seeds there must be next, of which so many were run; nil if all variants are known precisely, or if
    /// there are no more to be run.
    ///
    /// A seed without data has no value and is no reason to stop.
    func seedsWanted(_ summaries: [VariantSummary], run: Int) -> Int? {
        let isOpen = summaries.contains { if case .more = rule.decide(values(of: $0)) { true } else { false } }
        return isOpen ? rule.looks.sizes.first { $0 > run } : nil
    }

    /// What was reached.
    func result(_ summaries: [VariantSummary], names: [String]) -> PrecisionResult {
        PrecisionResult(
            key: metric.key, unit: metric.unit.rawValue, relativeHalfWidth: rule.relativeHalfWidth,
            seedsMax: rule.looks.ceiling,
            variants: zip(names, summaries).map { name, summary in
                let values = values(of: summary)
                let reached = if case .precise = rule.decide(values) { true } else { false }
                let estimate = Estimate(values, confidence: rule.confidence)
                return PrecisionResult.Variant(
                    name: name, seeds: values.count, mean: estimate.mean, halfWidth: estimate.printedHalfWidth,
                    isReached: reached)
            })
    }

    private func values(of summary: VariantSummary) -> [Double] {
        summary.observations.first { $0.metric.key == metric.key }?.perSeed ?? []
    }
}

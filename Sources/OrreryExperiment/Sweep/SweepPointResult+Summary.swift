import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryScenario

extension SweepPointResult {
    /// The shares of the quantiles that every point has.
    private static let shares = [0.5, 0.9, 0.95, 0.99, 0.999]

    /// What one variant came to at a point.
    init(_ point: SweepPoint, _ summary: VariantSummary) {
        let thresholds = summary.judges.map(ThresholdResult.init)
        let broken = thresholds.contains(where: \.isBroken)
        let isUnclear =
            !summary.overwhelmed.isEmpty || thresholds.contains { !$0.holds && !$0.isBroken }
            || summary.replications.allSatisfy { $0.produced == 0 }
        self.init(
            values: point.values.map(\.text), numbers: point.values.map(\.number),
            replications: summary.replications.count, overwhelmed: summary.overwhelmed.count,
            fingerprint: summary.fingerprint.description, classes: ClassResult.all(summary.classes),
            collapse: ProbabilityResult(collapsesIn: summary.classes),
            metrics: summary.observations.compactMap(PointMetric.init), thresholds: thresholds,
            outcome: broken ? .failed : isUnclear ? .invalid : .passed)
    }

    fileprivate static func quantiles(_ distribution: DistributionResult) -> [DistributionResult.Quantile] {
        distribution.quantiles.filter { shares.contains($0.share) }
    }
}

extension ProbabilityResult {
    /// How often runs ended metastable or collapsed, of those that have a class; nil if none has one.
    init?(collapsesIn classes: [RunClass?]) {
        let known = classes.compactMap(\.self)
        self.init(runs: known.count { $0 == .metastable || $0 == .collapsed }, of: known.count)
    }
}

extension PointMetric {
    /// A metric over the seeds of a point; nil without data.
    fileprivate init?(_ observation: MetricObservation) {
        let key = observation.metric.key
        if observation.metric.form == .distribution {
            let distribution = DistributionResult(observation)
            guard let mean = distribution.mean else { return nil }
            self.init(
                key: key, mean: mean, halfWidth: distribution.halfWidth,
                quantiles: SweepPointResult.quantiles(distribution))
        } else {
            guard let metric = MetricResult(observation) else { return nil }
            self.init(key: key, mean: metric.mean, halfWidth: metric.halfWidth)
        }
    }
}

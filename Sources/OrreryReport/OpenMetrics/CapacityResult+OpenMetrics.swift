public import OrreryExperiment

extension CapacityResult {
    /// What the search said of every value, with the value as a label.
    public var openMetrics: String {
        var (runs, probabilities, thresholds) = (
            MetricFamily("run.finished", unit: "runs", help: "runs of the value, those that were given up included"),
            ProbabilityFamilies(), ThresholdFamilies()
        )
        let time = SimulatedClock(startDate: startDate, durationSeconds: durationSeconds)?.end
        let names = ParameterLabels([parameter.path])
        for point in points {
            let labels = [("scenario", scenario), ("variant", variant)] + names.labels(of: [point.value])
            runs.add(Double(point.replications), labels, at: time)
            probabilities.add(
                "collapse", share: point.collapse?.share, lower: point.collapse?.lower, upper: point.collapse?.upper,
                labels, at: time)
            for test in point.thresholds {
                thresholds.add(
                    condition: "\(test.metric): \(test.condition)" + (test.scope.map { ", \($0)" } ?? ""),
                    unit: test.unit, verdict: test.outcome.rawValue, observed: test.estimate, limit: test.limit,
                    labels, at: time)
            }
        }
        return MetricFamily.document([runs] + probabilities.families + thresholds.families)
    }
}

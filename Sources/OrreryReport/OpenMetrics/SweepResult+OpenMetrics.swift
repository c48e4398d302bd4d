public import OrreryExperiment

extension SweepResult {
    /// What every point came to, with the values of the parameters as labels.
    public var openMetrics: String {
        var (figures, runs) = (FigureFamilies(), RunFamilies())
        var (probabilities, thresholds) = (ProbabilityFamilies(), ThresholdFamilies())
        let legends = Dictionary(metrics.map { ($0.key, $0) }) { first, _ in first }
        let names = ParameterLabels(parameters.map(\.path))
        for variant in variants {
            let time = SimulatedClock(
                startDate: variant.startDate, durationSeconds: variant.durationSeconds)?.end
            for point in variant.points {
                let labels =
                    [("scenario", scenario), ("variant", variant.name)] + names.labels(of: point.values)
                runs.add(finished: point.replications, fingerprint: point.fingerprint, labels, at: time)
                for metric in point.metrics {
                    let legend = legends[metric.key]
                    figures.add(
                        metric.key, unit: legend?.unit ?? "", help: legend?.summary ?? metric.key, mean: metric.mean,
                        halfWidth: metric.halfWidth, quantiles: metric.quantiles ?? [], labels, at: time)
                }
                for kind in point.classes {
                    probabilities.add(
                        kind.name, share: kind.share, lower: kind.lower, upper: kind.upper, labels, at: time)
                }
                for threshold in point.thresholds { thresholds.add(threshold, labels, at: time) }
            }
        }
        return MetricFamily.document(
            runs.families + figures.families + probabilities.families + thresholds.families)
    }
}

/// The parameters' paths as names of labels: `system_workers_count`.
struct ParameterLabels {
    private let names: [String]

    /// Names for these paths; two that would be the same are told apart by a number.
    init(_ paths: [String]) {
        var names: [String] = []
        for path in paths {
            let name = MetricFamily.sanitised(path)
            let isFree = !names.contains(name) && !["scenario", "variant"].contains(name)
            names.append(isFree ? name : "\(name)_\(names.count + 1)")
        }
        self.names = names
    }

    /// The labels of a point.
    func labels(of values: [String]) -> [MetricFamily.Label] { zip(names, values).map { ($0, $1) } }
}

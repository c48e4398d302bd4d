public import OrreryExperiment

extension ExperimentResult {
    /// What happened over time, at simulated instants, and at the end of the runs what they came to.
    ///
    /// Counters are sums of the means over the seeds. A server such as Prometheus takes such samples in by a backfill,
    /// because they are not of today.
    public var openMetrics: String {
        MetricFamily.document(series + latencies + end + thresholds)
    }

    private func labels(_ variant: VariantResult, _ more: [MetricFamily.Label] = []) -> [MetricFamily.Label] {
        [("scenario", scenario), ("variant", variant.name)] + more
    }

    private func clock(_ variant: VariantResult) -> SimulatedClock? {
        SimulatedClock(startDate: variant.startDate, durationSeconds: variant.durationSeconds)
    }

    /// One family for each series that any variant has, the variants in their order.
    private var series: [MetricFamily] {
        let all = variants.map { (variant: $0, series: NamedSeries.all($0.series)) }
        var names: [String] = []
        for one in all.flatMap(\.series) where !names.contains(one.name) { names.append(one.name) }
        return names.compactMap { name in
            guard let first = all.lazy.flatMap(\.series).first(where: { $0.name == name }) else { return nil }
            let words = name.replacing("-", with: " ")
            let isCount = first.kind == .count
            var family = MetricFamily(
                name, unit: first.unit, kind: isCount ? .counter : .gauge,
                help: isCount
                    ? "\(words) since the start of the run, mean over the seeds"
                    : "\(words), mean over the bin that ends at the time and over the seeds")
            for (variant, series) in all {
                guard let one = series.first(where: { $0.name == name }), let clock = clock(variant) else { continue }
                var sum = 0.0
                for (bin, value) in one.values.enumerated() {
                    sum += value
                    let time = clock.end(ofBin: bin, width: variant.series.binSeconds)
                    family.add(isCount ? sum : value, labels(variant), at: time)
                }
            }
            return family
        }
    }

    /// The latency of what was delivered in each bin; a bin without deliveries has no sample.
    private var latencies: [MetricFamily] {
        var family = MetricFamily(
            "delivery-latency", unit: "s",
            help: "what a share of the items delivered in the bin that ends at the time did not exceed, all seeds")
        for variant in variants {
            guard let clock = clock(variant) else { continue }
            for (share, values) in NamedSeries.latencies(variant.series) {
                for (bin, value) in values.enumerated() {
                    guard let value else { continue }
                    let time = clock.end(ofBin: bin, width: variant.series.latencyBinSeconds)
                    family.add(value, labels(variant, [MetricFamily.quantile(share)]), at: time)
                }
            }
        }
        return [family]
    }

    /// What the runs came to.
    private var end: [MetricFamily] {
        var (figures, runs, probabilities) = (FigureFamilies(), RunFamilies(), ProbabilityFamilies())
        for variant in variants {
            guard let time = clock(variant)?.end else { continue }
            runs.add(
                finished: variant.replications.count, fingerprint: variant.fingerprint, labels(variant), at: time)
            for metric in variant.metrics {
                figures.add(
                    metric.key, unit: metric.unit, help: metric.summary, mean: metric.mean,
                    halfWidth: metric.halfWidth, labels(variant), at: time)
            }
            if let mean = variant.latency.mean {
                figures.add(
                    "delivery.latency", unit: "s", help: "from the closing of the shutter to the archive", mean: mean,
                    halfWidth: variant.latency.halfWidth, quantiles: variant.latency.quantiles, labels(variant),
                    at: time)
            }
            for kind in variant.classes {
                probabilities.add(
                    kind.name, share: kind.share, lower: kind.lower, upper: kind.upper, labels(variant), at: time)
            }
        }
        return runs.families + figures.families + probabilities.families
    }

    private var thresholds: [MetricFamily] {
        var families = ThresholdFamilies()
        for variant in variants {
            guard let time = clock(variant)?.end else { continue }
            for threshold in variant.thresholds { families.add(threshold, labels(variant), at: time) }
        }
        return families.families
    }
}

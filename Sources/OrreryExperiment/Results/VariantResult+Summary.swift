import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryScenario
import OrreryStatistics

extension VariantResult {
    /// What was found for a variant, and how it differs from the first, if it is another.
    init(
        _ variant: ScenarioVariant, _ summary: VariantSummary, _ diagnosis: DiagnosisResult, first: VariantSummary?
    ) {
        let plan = variant.plan
        let latency = summary.observations.first { $0.metric.key == "delivery.latency" }
        self.init(
            name: variant.name, scenarioText: variant.text, startDate: plan.startDate.description,
            durationSeconds: plan.duration.seconds, warmUpSeconds: plan.warmUp.seconds, network: NetworkSize(plan),
            replications: summary.replications, classes: ClassResult.all(summary.classes),
            fingerprint: summary.fingerprint.description, metrics: summary.observations.compactMap(MetricResult.init),
            differences: first.map(summary.differences) ?? [], latency: DistributionResult(latency),
            stages: summary.stages, series: summary.series.result,
            groups: summary.groupResults(plan),
            thresholds: summary.judges.map(ThresholdResult.init),
            diagnosis: diagnosis,
            findings: summary.overwhelmed.prefix(10)
                + Findings.sentences(summary.facts, classes: summary.classes, plan: plan),
            assumptions: plan.assumptions)
    }
}

extension NetworkSize {
    fileprivate init(_ plan: NetworkPlan) {
        self.init(
            telescopes: plan.telescopeCount, sites: plan.siteCount, streams: plan.arrivals.count,
            workers: plan.workers.count, nodes: plan.cluster?.nodes,
            brokerCapacity: plan.hasBroker ? plan.broker.capacity : nil, hasStore: plan.store != nil,
            coordinationServers: plan.workers.lock.flatMap { _ in plan.coordination?.servers },
            state: plan.state?.model.kind.name, operators: plan.operators?.count,
            scheduler: plan.scheduler?.dispatch.kind.name)
    }
}

extension ClassResult {
    /// How often each class was seen, with its interval; runs without a class count for nothing.
    static func all(_ classes: [RunClass?]) -> [ClassResult] {
        let classed = classes.compactMap(\.self)
        return RunClass.allCases.map { kind in
            let proportion = Proportion(successes: classed.count { $0 == kind }, trials: classed.count)
            let interval = proportion.interval()
            return ClassResult(
                name: kind.rawValue, summary: kind.summary, runs: proportion.successes, classed: proportion.trials,
                share: proportion.share, lower: interval.map { Quantity.rounded($0.lowerBound, digits: 9) },
                upper: interval.map { Quantity.rounded($0.upperBound, digits: 9) })
        }
    }
}

extension MetricResult {
    /// A scalar metric over the seeds; nil for distributions, which have a place of their own, and without data.
    init?(_ observation: MetricObservation) {
        if case .distribution = observation.metric.reading { return nil }
        let estimate = Estimate(observation.perSeed)
        guard let mean = estimate.mean else { return nil }
        self.init(
            key: observation.metric.key, unit: observation.metric.unit.rawValue, summary: observation.metric.summary,
            mean: mean, halfWidth: estimate.printedHalfWidth, better: observation.metric.better.rawValue,
            bySeed: observation.bySeed)
    }
}

extension MetricObservation {
    /// One value a seed whose mean is the mean over all items, and whose spread is that mean's.
    ///
    /// Seeds deliver different numbers of items, so the mean over all items is a ratio of two sums, and its interval
    /// comes from the ratio's linearisation: mean + (seed's mean − mean) × seed's items ÷ mean items.
    ///
    /// Source: W. G. Cochran, "Sampling Techniques" (3rd edition, 1977), chapter 6 (ratio estimators).
    fileprivate var influences: [Double] {
        guard let mean = merged?.mean, let count = merged?.count, !perSeed.isEmpty else { return [] }
        let meanCount = Double(count) / Double(perSeed.count)
        return zip(perSeed, countPerSeed).map { mean + ($0 - mean) * Double($1) / meanCount }
    }
}

extension DistributionResult {
    /// From 0 to 1, ever finer towards one.
    private static let shares: [Double] =
        [0, 0.01, 0.05, 0.1, 0.2, 0.25, 0.3, 0.4, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.97, 0.98, 0.985]
        + [0.99, 0.9925, 0.995, 0.9975, 0.999, 0.9995, 0.9999, 0.99999, 1]

    /// The quantiles that enough items stand behind: beyond 0.5, at least ten items lie above each.
    init(_ observation: MetricObservation?) {
        guard let observation, let merged = observation.merged, merged.count > 0 else {
            self.init(
                count: 0, mean: nil, halfWidth: nil, smallest: nil, largest: nil, quantiles: [],
                bySeed: observation?.bySeed ?? [])
            return
        }
        let count = Double(merged.count)
        let quantiles = DistributionResult.shares.compactMap { share -> Quantile? in
            guard share <= 0.5 || share == 1 || (1 - share) * count >= 10 else { return nil }
            return merged.quantile(share).map { Quantile(share: share, seconds: $0) }
        }
        self.init(
            count: merged.count, mean: merged.mean, halfWidth: Estimate(observation.influences).printedHalfWidth,
            smallest: merged.smallest?.seconds, largest: merged.largest?.seconds, quantiles: quantiles,
            bySeed: observation.bySeed)
    }
}

extension VariantSummary {
    /// The stages in which anything spent time, in the order of the way.
    fileprivate var stages: [StageResult] {
        Stage.allCases.compactMap { stage in
            let times = observations.first { $0.metric.key == "stage.\(stage.name)" }?.merged
            guard meanOccupancy(of: stage) > 0 || times?.sum ?? 0 > 0 else { return nil }
            return StageResult(
                name: stage.name, summary: stage.summary, isWaiting: stage.isWaiting, mean: times?.mean,
                p95: times?.quantile(0.95), largest: times?.largest?.seconds, meanOccupancy: meanOccupancy(of: stage),
                highestOccupancy: highestOccupancy[stage.rawValue])
        }
    }

    fileprivate func groupResults(_ plan: NetworkPlan) -> [GroupResult] {
        let fleet = plan.fleet.enumerated().map { index, group in
            groups[index].result(
                name: group.name, site: plan.sites[group.site].name, telescopes: group.count,
                size: group.camera.imageSize)
        }
        let arrivals = plan.arrivals.enumerated().map { index, stream in
            groups[plan.fleet.count + index].result(name: stream.name, site: nil, telescopes: nil, size: stream.size)
        }
        return fleet + arrivals
    }
}

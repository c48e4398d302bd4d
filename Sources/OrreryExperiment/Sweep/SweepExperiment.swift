import OrreryDiagnosis
import OrreryKernel
import OrreryModel
public import OrreryScenario
public import OrreryStore

/// A sweep, the seeds to run every variant of every point with, and the command that asked for it.
public struct SweepExperiment: Sendable {
    /// The scenario with its points.
    public let sweep: Sweep
    /// The seeds, in the order in which results are merged; the same at every point.
    public let seeds: [UInt64]
    /// The command that makes the result again.
    public let command: String

    /// A sweep; every variant runs at every point with every seed.
    public init(sweep: Sweep, seeds: [UInt64], command: String) {
        self.sweep = sweep
        self.seeds = seeds
        self.command = command
    }

    /// How many runs it takes.
    public var runCount: Int { sweep.points.count * variantCount * seeds.count }

    /// Runs everything and says what was found; also if it was stopped before the end, from what was finished.
    ///
    /// Runs are merged point by point, so that only one point's histograms are in memory at a time.
    public func run(with replicator: Replicator) async throws(RunStoreError) -> SweepResult {
        var found = Found(variants: variantCount)
        var summary: VariantSummary?
        var merged = 0
        try await replicator.run((0..<runCount).lazy.map(replication)) { replication, outcome in
            let (point, variant) = place(of: merged)
            let plan = sweep.points[point].variants[variant]
            var current = summary ?? VariantSummary(plan: plan.plan, thresholds: plan.thresholds)
            current.add(outcome, seed: replication.seed)
            merged += 1
            summary = merged % seeds.count == 0 ? nil : current
            if summary == nil { found.add(sweep.points[point], variant, current) }
        }
        if let summary {
            let (point, variant) = place(of: merged - 1)
            found.add(sweep.points[point], variant, summary)
        }
        return result(found)
    }

    private var variantCount: Int { sweep.points.first?.variants.count ?? 0 }

    /// Which point and variant a run belongs to: point by point, variant by variant, seed by seed.
    private func place(of run: Int) -> (point: Int, variant: Int) {
        (run / seeds.count / variantCount, run / seeds.count % variantCount)
    }

    /// The run at a place of the order in which they are merged.
    @Sendable func replication(_ run: Int) -> Replication {
        let (point, variant) = place(of: run)
        let plan = sweep.points[point].variants[variant]
        return Replication(
            variant: variant, plan: plan.plan, planDigest: plan.planDigest, seed: seeds[run % seeds.count])
    }

    /// What is kept of the points that are finished.
    private struct Found {
        var points: [[SweepPointResult]]
        var fingerprint = Fingerprint()
        var finished = 0

        init(variants: Int) { points = Array(repeating: [], count: variants) }

        mutating func add(_ point: SweepPoint, _ variant: Int, _ summary: VariantSummary) {
            finished += summary.replications.count + summary.overwhelmed.count
            guard !summary.replications.isEmpty || !summary.overwhelmed.isEmpty else { return }
            fingerprint.absorb(summary.fingerprint)
            points[variant].append(SweepPointResult(point, summary))
        }
    }

    private func result(_ found: Found) -> SweepResult {
        let scenario = sweep.scenario
        let names = sweep.points.first?.variants.map(\.name) ?? []
        let parameters = sweep.parameters.map(SweptParameterResult.init)
        let variants = zip(names, found.points).map { name, points in
            let scaling = ScalingResult(of: points, over: parameters)
            let variant = scenario.variants.first { $0.name == name }
            let words = SweepWords(parameters: parameters, points: points, scaling: scaling)
            return SweptVariantResult(
                name: name, scenarioText: variant?.text ?? "", startDate: variant?.plan.startDate.description,
                durationSeconds: variant?.plan.duration.seconds, points: points, scaling: scaling,
                statements: words.statements)
        }
        let known = Set(found.points.joined().flatMap { $0.metrics.map(\.key) })
        return SweepResult(
            orreryVersion: Experiment.version, samplerVersion: RandomStream.version, command: command,
            scenario: scenario.name, summary: scenario.summary, seeds: seeds,
            interrupted: found.finished < runCount, parameters: parameters,
            metrics: MetricCatalog.metrics.filter { known.contains($0.key) }.map(MetricLegend.init),
            variants: variants, fingerprint: found.fingerprint.description,
            verdict: ExperimentResult.Verdict(of: found.points.flatMap(\.self), runs: found.finished, planned: runCount)
        )
    }
}

extension SweptParameterResult {
    init(_ parameter: SweepParameter) {
        self.init(
            path: parameter.path, unit: parameter.isNumeric ? parameter.values.first?.unit : nil,
            values: parameter.values.map(\.text))
    }
}

extension MetricLegend {
    fileprivate init(_ metric: Metric) {
        self.init(key: metric.key, unit: metric.unit.rawValue, summary: metric.summary)
    }
}

extension ExperimentResult.Verdict {
    /// The verdict over a sweep: invalid if something could not be judged; what breaks where is an answer.
    fileprivate init(of points: [SweepPointResult], runs: Int, planned: Int) {
        let unclear = points.count { $0.outcome == .invalid }
        let held = points.count { $0.outcome == .passed }
        if runs < planned {
            self.init(outcome: .invalid, sentence: "Interrupted after \(runs) of \(planned) runs.")
        } else if unclear > 0 {
            self.init(
                outcome: .invalid,
                sentence: "\(unclear) of \(points.count) points could not be judged: "
                    + "a threshold has no data there, or runs were given up.")
        } else if points.allSatisfy({ $0.thresholds.isEmpty }) {
            self.init(outcome: .passed, sentence: "All \(points.count) points were run; no thresholds are stated.")
        } else {
            self.init(
                outcome: .passed,
                sentence: held == points.count
                    ? "The thresholds hold at all \(points.count) points."
                    : "The thresholds hold at \(held) of \(points.count) points.")
        }
    }
}

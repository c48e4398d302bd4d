import OrreryDiagnosis
import OrreryKernel
import OrreryModel
public import OrreryScenario
import OrreryStatistics
public import OrreryStore

/// A scenario, the seeds to run every variant with, and the command that asked for it.
public struct Experiment: Sendable {
    /// The version of Orrery; it stands in every result.
    public static let version = "0.1.0"

    /// The scenario with the variants to run.
    public let scenario: Scenario
    /// The seeds, in the order in which results are merged.
    public let seeds: [UInt64]
    /// The command that makes the result again.
    public private(set) var command: String
    /// What thresholds relative to a stored result are compared with, by variant and threshold.
    private var baselines: [[Double?]]
    /// How precisely something is to be known; nil to run the seeds as they are.
    public let precision: Precision?
    /// Whether the variants in trouble are run once more with a little more of each of their capacities.
    public private(set) var asksForRelief = false

    /// An experiment; every variant runs with every seed.
    ///
    /// With a precision, the seeds go on one by one from the first: as many as it takes, and `seeds` holds the most.
    public init(scenario: Scenario, seeds: [UInt64], command: String, precision: Precision? = nil) {
        self.scenario = scenario
        self.seeds = seeds
        self.command = command
        self.precision = precision
        baselines = scenario.variants.map { _ in [] }
    }

    /// The same experiment with thresholds that may compare with a stored result; fails if that is of another scenario,
    /// or does not hold what they compare with.
    ///
    /// `words` ask for the comparison in the command.
    public func comparing(with baseline: Baseline, words: String) throws(Baseline.Problem) -> Experiment {
        try baseline.check(scenario: scenario.name)
        var experiment = self
        experiment.command += " " + words
        experiment.baselines = []
        for variant in scenario.variants {
            var values: [Double?] = []
            for threshold in variant.thresholds {
                values.append(try baseline.value(for: threshold, variant: variant.name))
            }
            experiment.baselines.append(values)
        }
        return experiment
    }

    /// The same experiment that also asks what a little more of each capacity would bring.
    ///
    /// `words` ask for it in the command.
    public func askingForRelief(words: String) -> Experiment {
        var experiment = self
        experiment.command += " " + words
        experiment.asksForRelief = true
        return experiment
    }

    /// All runs, variant by variant and seed by seed.
    public var replications: [Replication] { replications(of: seeds[...]) }

    private func replications(of seeds: ArraySlice<UInt64>) -> [Replication] {
        scenario.variants.enumerated().flatMap { index, variant in
            seeds.map { Replication(variant: index, plan: variant.plan, planDigest: variant.planDigest, seed: $0) }
        }
    }

    /// Runs everything and says what was found; also if it was stopped before the end, from what was finished.
    public func run(with replicator: Replicator) async throws(RunStoreError) -> ExperimentResult {
        try await run(with: replicator) { _, _ in }
    }

    /// The same; `observe` is shown the record of every finished run with its variant, in the order of the result.
    func run(
        with replicator: Replicator, observe: (_ variant: Int, RunRecord) -> Void
    ) async throws(RunStoreError) -> ExperimentResult {
        var summaries = zip(scenario.variants, baselines).map {
            VariantSummary(plan: $0.plan, thresholds: $0.thresholds, baselines: $1)
        }
        var asked = 0
        var wanted = precision.map { min($0.rule.looks.floor, seeds.count) } ?? seeds.count
        var isStopped = false
        while asked < wanted && !isStopped {
            let list = replications(of: seeds[asked..<wanted])
            var merged = 0
            try await replicator.run(list, first: asked * scenario.variants.count) { replication, outcome in
                summaries[replication.variant].add(outcome, seed: replication.seed)
                if case .finished(let record) = outcome { observe(replication.variant, record) }
                merged += outcome == .abandoned ? 0 : 1
            }
            isStopped = merged < list.count
            asked = wanted
            wanted = precision?.seedsWanted(summaries, run: asked).map { min($0, seeds.count) } ?? asked
        }
        let planned = asked * scenario.variants.count
        var variants: [VariantResult] = []
        var made = planned
        for (index, summary) in summaries.enumerated() {
            let others = summaries.indices.filter { $0 != index }.map { (scenario.variants[$0].name, summaries[$0]) }
            let isAsked = asksForRelief && !isStopped && ReliefMetric(summary) != nil
            let eased =
                isAsked
                ? try await eased(
                    scenario.variants[index], seeds: Array(seeds[..<asked]), first: made, with: replicator) : []
            made += eased.count * asked
            let diagnosis = DiagnosisResult(summary, others: others, eased: eased)
            variants.append(
                VariantResult(
                    scenario.variants[index], summary, diagnosis, first: index > 0 ? summaries[0] : nil))
        }
        var fingerprint = Fingerprint()
        for summary in summaries { fingerprint.absorb(summary.fingerprint) }
        let precision = self.precision?.result(summaries, names: variants.map(\.name))
        let finished = summaries.reduce(0) { $0 + $1.replications.count }
        let overwhelmed = summaries.reduce(0) { $0 + $1.overwhelmed.count }
        return ExperimentResult(
            orreryVersion: Experiment.version, samplerVersion: RandomStream.version, command: command,
            scenario: scenario.name, summary: scenario.summary,
            startDate: scenario.variants.first?.plan.startDate.description ?? "",
            durationSeconds: scenario.variants.first?.plan.duration.seconds ?? 0,
            warmUpSeconds: scenario.variants.first?.plan.warmUp.seconds ?? 0, seeds: Array(seeds[..<asked]),
            interrupted: finished + overwhelmed < planned, variants: variants,
            fingerprint: fingerprint.description,
            verdict: ExperimentResult.Verdict(
                of: variants, finished: finished, overwhelmed: overwhelmed, planned: planned,
                precision: precision), precision: precision)
    }
}

extension ExperimentResult.Verdict {
    /// The verdict over all variants: a broken threshold fails, and what could not be judged is invalid.
    fileprivate init(
        of variants: [VariantResult], finished: Int, overwhelmed: Int, planned: Int, precision: PrecisionResult?
    ) {
        let thresholds = variants.flatMap(\.thresholds)
        let broken = thresholds.count(where: \.isBroken)
        let inconclusive = thresholds.filter(\.isInconclusive)
        let unjudged = thresholds.count { !$0.holds } - broken - inconclusive.count
        let empty = variants.filter { !$0.replications.isEmpty && $0.replications.allSatisfy { $0.produced == 0 } }
        if finished == 0 && overwhelmed == 0 {
            self.init(outcome: .invalid, sentence: "No run was finished.")
        } else if overwhelmed > 0 && broken == 0 {
            self.init(
                outcome: .invalid,
                sentence: "\(overwhelmed) of \(planned) runs \(overwhelmed == 1 ? "was" : "were") given up: "
                    + "too many items were on their way.")
        } else if broken > 0 {
            self.init(
                outcome: .failed,
                sentence: "\(broken) of \(thresholds.count) thresholds \(broken == 1 ? "is" : "are") broken.")
        } else if let first = empty.first {
            let place = variants.count == 1 ? "" : " in variant \(first.name)"
            self.init(outcome: .invalid, sentence: "Nothing was produced\(place), so there is nothing to judge.")
        } else if unjudged > 0 {
            self.init(
                outcome: .invalid, sentence: "\(unjudged) of \(thresholds.count) thresholds have no data to judge.")
        } else if let first = inconclusive.first {
            let several = inconclusive.count == 1 ? "1 threshold is" : "\(inconclusive.count) thresholds are"
            self.init(
                outcome: .invalid,
                sentence: "\(several) inconclusive: \(first.metric) \(first.condition): \(first.remark ?? "").")
        } else if finished < planned {
            self.init(outcome: .invalid, sentence: "Interrupted after \(finished) of \(planned) runs.")
        } else if let precision, let first = precision.unreached.first {
            let place = variants.count == 1 ? "" : " in variant \(first.name)"
            let share = Words.percent(precision.relativeHalfWidth)
            self.init(
                outcome: .invalid,
                sentence: "Inconclusive: \(precision.key) is not known to ± \(share)\(place) after "
                    + "\(first.seeds) seeds.")
        } else if thresholds.isEmpty {
            self.init(outcome: .passed, sentence: "The scenario states no thresholds, and every run was sound.")
        } else {
            let all = thresholds.count == 1 ? "The threshold holds." : "All \(thresholds.count) thresholds hold."
            self.init(outcome: .passed, sentence: all)
        }
    }
}

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
    public let command: String
    /// What thresholds relative to a stored result are compared with, by variant and threshold.
    private let baselines: [[Double?]]

    /// An experiment; every variant runs with every seed.
    public init(scenario: Scenario, seeds: [UInt64], command: String) {
        self.scenario = scenario
        self.seeds = seeds
        self.command = command
        baselines = scenario.variants.map { _ in [] }
    }

    /// An experiment whose thresholds may compare with a stored result; fails if that is of another scenario, or does
    /// not hold what they compare with.
    public init(
        scenario: Scenario, seeds: [UInt64], command: String, baseline: Baseline
    ) throws(Baseline.Problem) {
        try baseline.check(scenario: scenario.name)
        var all: [[Double?]] = []
        for variant in scenario.variants {
            var values: [Double?] = []
            for threshold in variant.thresholds {
                values.append(try baseline.value(for: threshold, variant: variant.name))
            }
            all.append(values)
        }
        self.scenario = scenario
        self.seeds = seeds
        self.command = command
        baselines = all
    }

    /// All runs, variant by variant and seed by seed.
    public var replications: [Replication] {
        scenario.variants.enumerated().flatMap { index, variant in
            seeds.map { Replication(variant: index, plan: variant.plan, planDigest: variant.planDigest, seed: $0) }
        }
    }

    /// Runs everything and says what was found; also if it was stopped before the end, from what was finished.
    public func run(with replicator: Replicator) async throws(RunStoreError) -> ExperimentResult {
        var summaries = zip(scenario.variants, baselines).map {
            VariantSummary(plan: $0.plan, thresholds: $0.thresholds, baselines: $1)
        }
        try await replicator.run(replications) { replication, outcome in
            summaries[replication.variant].add(outcome, seed: replication.seed)
        }
        let variants = summaries.enumerated().map { index, summary in
            VariantResult(scenario.variants[index], summary, first: index > 0 ? summaries[0] : nil)
        }
        var fingerprint = Fingerprint()
        for summary in summaries { fingerprint.absorb(summary.fingerprint) }
        let finished = summaries.reduce(0) { $0 + $1.replications.count }
        let overwhelmed = summaries.reduce(0) { $0 + $1.overwhelmed.count }
        return ExperimentResult(
            orreryVersion: Experiment.version, samplerVersion: RandomStream.version, command: command,
            scenario: scenario.name, summary: scenario.summary,
            startDate: scenario.variants.first?.plan.startDate.description ?? "",
            durationSeconds: scenario.variants.first?.plan.duration.seconds ?? 0,
            warmUpSeconds: scenario.variants.first?.plan.warmUp.seconds ?? 0, seeds: seeds,
            interrupted: finished + overwhelmed < replications.count, variants: variants,
            fingerprint: fingerprint.description,
            verdict: ExperimentResult.Verdict(
                of: variants, finished: finished, overwhelmed: overwhelmed, planned: replications.count))
    }
}

extension ExperimentResult.Verdict {
    /// The verdict over all variants: a broken threshold fails, and what could not be judged is invalid.
    fileprivate init(of variants: [VariantResult], finished: Int, overwhelmed: Int, planned: Int) {
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
        } else if thresholds.isEmpty {
            self.init(outcome: .passed, sentence: "The scenario states no thresholds, and every run was sound.")
        } else {
            let all = thresholds.count == 1 ? "The threshold holds." : "All \(thresholds.count) thresholds hold."
            self.init(outcome: .passed, sentence: all)
        }
    }
}

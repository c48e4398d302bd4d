import OrreryDiagnosis
import OrreryScenario
import OrreryStore

extension Experiment {
    /// How many runs it takes at most to ask each capacity of each variant what a little more of it would bring.
    var reliefRunsMax: Int { scenario.variants.reduce(0) { $0 + $1.capacities.count } * seeds.count }

    /// How many runs it takes at most.
    public var runsMax: Int { replications.count + (asksForRelief ? reliefRunsMax : 0) }

    /// Runs a variant once more for each of its capacities, each time with one of them a little better.
    ///
    /// A change that the scenario does not allow, because it leaves a range or fits nothing else, is left out.
    func eased(
        _ variant: ScenarioVariant, seeds: [UInt64], first: Int, with replicator: Replicator
    ) async throws(RunStoreError) -> [(name: String, summary: VariantSummary)] {
        let changes = variant.capacities.compactMap { capacity -> (name: String, variant: ScenarioVariant)? in
            guard let override = Override("\(capacity.path)=\(capacity.better)"),
                let changed = try? Scenario.decode(variant.text, file: variant.name, overrides: [override]),
                let first = changed.variants.first
            else { return nil }
            return (capacity.change, first)
        }
        var summaries = changes.map { VariantSummary(plan: $0.variant.plan, thresholds: []) }
        let list = changes.enumerated().flatMap { index, change in
            seeds.map {
                Replication(
                    variant: index, plan: change.variant.plan, planDigest: change.variant.planDigest, seed: $0)
            }
        }
        try await replicator.run(list, first: first) { replication, outcome in
            summaries[replication.variant].add(outcome, seed: replication.seed)
        }
        return zip(changes, summaries).map { ($0.name, $1) }
    }
}

import OrreryDiagnosis
public import OrreryKernel
import OrreryModel
public import OrreryScenario
import OrreryStatistics
public import OrreryStore

/// Finds how much of a variant's runs to leave out: how long the network takes to fill up.
///
/// The first runs of the variant, up to ten, are made without a warm-up. MSER-5 looks at the number of items on their
/// way over time, averaged over these runs, and says where the transient ends. One cut then holds for all runs of the
/// variant, because a cut for each run by itself favours runs that happened to begin badly (see ``MSER5``).
///
/// For steady states only: a burst or a roll-out *is* its transient.
public enum WarmUpPilot {
    /// How many runs are looked at, at most.
    public static let runsMax = 10

    /// The warm-up of each of the scenario's variants, in its order; nil where the first half of the runs is not enough
    /// to fill the network, or where the runs did not finish.
    public static func warmUps(
        of scenario: Scenario, seeds: [UInt64], with replicator: Replicator
    ) async throws(RunStoreError) -> [Duration?] {
        let list = scenario.variants.enumerated().flatMap { index, variant in
            let plan = variant.plan.withoutWarmUp
            return seeds.prefix(runsMax).map { Replication(variant: index, plan: plan, seed: $0) }
        }
        var levels = scenario.variants.map { _ in [[Double]]() }
        var binWidths = scenario.variants.map { _ in Duration.zero }
        try await replicator.run(list) { replication, outcome in
            guard case .finished(let record) = outcome else { return }
            levels[replication.variant].append(record.series.inFlight.means(on: record.series.grid))
            binWidths[replication.variant] = record.series.grid.binWidth
        }
        return zip(levels, binWidths).map { levels, binWidth in
            guard levels.count == min(seeds.count, runsMax), let cut = MSER5.cut(MSER5.averaged(levels)) else {
                return nil
            }
            return Duration(nanoseconds: Int64(cut) * binWidth.nanoseconds)
        }
    }
}

extension NetworkPlan {
    /// The same network, observed from the beginning on.
    fileprivate var withoutWarmUp: NetworkPlan {
        var plan = self
        plan.warmUp = .zero
        return plan
    }
}

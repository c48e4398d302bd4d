import OrreryKernel

/// Where the telescopes of a group are in their observation plans.
///
/// ```
///   target 1: filter 1 × exposures ─filter change─► filter 2 × exposures ─slew, filter change─► target 2: filter 1 …
/// ```
///
/// A telescope slews and changes the filter at once, as the Rubin Observatory does (rubin_scheduler, kinem_model.py):
/// the longer of both counts.
struct Targets: Sendable {
    private let plan: ObservationPlan
    /// The number of the group's first telescope; the others follow it.
    private let first: UInt32
    private var telescopes: ContiguousArray<Place> = []

    /// A telescope's place in its plan.
    private struct Place: Sendable {
        /// Exposures of the target that were taken, in all filters.
        var taken = 0
        var slews: RandomStream
        var changes: RandomStream
    }

    /// The plans of a group whose telescopes are numbered from `first` on.
    init(_ plan: ObservationPlan, of group: TelescopePlan, first: UInt32, seed: UInt64) {
        self.plan = plan
        self.first = first
        telescopes.reserveCapacity(group.count)
        for index in 0..<group.count {
            let name = "telescope/\(group.name)/\(index)"
            telescopes.append(
                Place(
                    slews: RandomStream(seed: seed, entity: name, purpose: "slew"),
                    changes: RandomStream(seed: seed, entity: name, purpose: "filter-change")))
        }
    }

    /// The next exposure of a telescope is the first one of a new target; the set-up points there.
    mutating func begin(_ id: TelescopeID) { telescopes[Int(id.number - first)].taken = 0 }

    /// A telescope has taken an exposure: how long it moves before the next one; nil if it stays as it is.
    mutating func move(_ id: TelescopeID) -> Duration? {
        let index = Int(id.number - first)
        telescopes[index].taken += 1
        let taken = telescopes[index].taken
        guard taken % plan.exposuresPerTarget == 0 else { return nil }
        let change = plan.filters > 1 ? plan.filterChange.duration(using: &telescopes[index].changes) : .zero
        guard taken == plan.exposuresPerTarget * plan.filters else { return change }
        telescopes[index].taken = 0
        return max(change, plan.slew.duration(using: &telescopes[index].slews))
    }
}

import OrreryKernel

/// Which telescopes of a group are down, night by night.
struct Downtime: Sendable {
    private let plan: DowntimePlan
    /// The number of the group's first telescope; the others follow it.
    private let first: UInt32
    private var telescopes: ContiguousArray<Repair> = []

    /// A telescope's repair.
    private struct Repair: Sendable {
        /// Nights until it works again, the present one included; 0 if it works.
        var nights: Int64 = 0
        var random: RandomStream
    }

    /// The downtime of a group whose telescopes are numbered from `first` on; all work at the start.
    init(_ plan: DowntimePlan, of group: TelescopePlan, first: UInt32, seed: UInt64) {
        self.plan = plan
        self.first = first
        telescopes.reserveCapacity(group.count)
        for index in 0..<group.count {
            let name = "telescope/\(group.name)/\(index)"
            telescopes.append(Repair(random: RandomStream(seed: seed, entity: name, purpose: "downtime")))
        }
    }

    /// A night begins: whether a telescope is down in it.
    mutating func beginNight(_ id: TelescopeID) -> Bool {
        let index = Int(id.number - first)
        if telescopes[index].nights > 0 { telescopes[index].nights -= 1 }
        if telescopes[index].nights == 0, telescopes[index].random.unit() < plan.probability {
            telescopes[index].nights = max(
                1, plan.nights.wholeNumber(upTo: 1_000_000, using: &telescopes[index].random))
        }
        return telescopes[index].nights > 0
    }
}

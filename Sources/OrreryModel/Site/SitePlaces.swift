import OrreryKernel

/// Dense numbers for all sites: the sites of the first plan come first.
struct SitePlaces {
    private let first: [Int]
    private let counts: [Int]
    let count: Int

    init(_ plans: [SitePlan]) {
        var first: [Int] = []
        var next = 0
        for plan in plans {
            first.append(next)
            next += plan.count
        }
        self.first = first
        counts = plans.map(\.count)
        count = next
    }

    /// The site for the telescope of this index: round and round over the sites of a plan.
    func site(number index: Int, of plan: Int) -> SiteID {
        SiteID(number: UInt32(first[plan] + index % counts[plan]))
    }
}

extension SitePlan {
    /// The darkness at one of the plan's sites.
    ///
    /// Scattered sites lie at the same places for every seed.
    func darkness(index: Int, epoch: CalendarDate) -> Darkness {
        var stream = RandomStream(seed: 0, entity: "site/\(name)/\(index)", purpose: "place")
        let north = count > 1 ? scatter * (2 * stream.unit() - 1) : 0
        let east = count > 1 ? scatter * (2 * stream.unit() - 1) : 0
        return Darkness(
            latitude: min(90, max(-90, latitude + north)), longitude: longitude + east, limit: darkBelow, epoch: epoch)
    }
}

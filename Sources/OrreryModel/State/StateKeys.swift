import OrreryKernel

/// Which key of the state an item changes.
struct StateKeys: Sendable {
    /// How many keys there are.
    let count: Int
    private let isStated: Bool
    /// The first key of each group of telescopes and each stream of arrivals.
    private let first: ContiguousArray<UInt32>

    /// The keys of a network: as many as stated, or one for each telescope and each key of a stream.
    init(_ stated: Int?, of plan: NetworkPlan) {
        // Telescopes are counted through over all groups.
        var first = ContiguousArray<UInt32>(repeating: 0, count: plan.fleet.count)
        var next = plan.telescopeCount
        for stream in plan.arrivals {
            first.append(UInt32(next))
            next += stream.keys ?? 1
        }
        self.first = first
        isStated = stated != nil
        count = stated ?? next
    }

    /// The key of an item; always the same one, whoever asks and how often.
    func key(of item: Item) -> Int {
        let own = item.source == Item.noSource ? 0 : item.source
        let place = Int(first[Int(item.group)]) + Int(own)
        guard isStated else { return place }
        if item.source != Item.noSource { return place % count }
        var stream = RandomStream(seed: UInt64(item.created.nanoseconds), entity: "state", purpose: "key")
        return stream.index(below: count)
    }
}

extension NetworkPlan {
    /// How many keys the state of this network has; nil without one.
    public var stateKeyCount: Int? { state.map { StateKeys($0.keys, of: self).count } }
}

import OrreryKernel

/// Every event goes to every node: the owner works on it, the others take note.
///
/// A cluster of n nodes so handles n messages an event, and when each node brings its own events, n² in all.
struct Broadcast: EventDistribution {
    var reachesAll: Bool { true }

    func reach(of position: EventPosition, in view: ClusterView) -> Int {
        position.isRepeated ? (position.isAtOwner ? 0 : 1) : view.others(than: position.node)
    }

    func route(
        _ position: EventPosition, in view: ClusterView, random: inout RandomStream,
        into handovers: inout ContiguousArray<Handover>
    ) {
        // The others have taken note of it already.
        if position.isRepeated { return handovers.append(Handover(to: position.owner, .work)) }
        for node in view.members where node != position.node || node == position.owner {
            handovers.append(Handover(to: node, node == position.owner ? .work : .note))
        }
    }

    static let kind = Kind<any EventDistribution>(
        "broadcast", summary: "every event goes to every node; its owner works on it, the others take note"
    ) { _ in Broadcast() }
}

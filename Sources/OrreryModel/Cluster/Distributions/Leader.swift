import OrreryKernel

/// Every event goes to the leader, who hands it to its owner.
///
/// The leader is the first of the nodes that are there: when it is gone, the next one leads.
struct Leader: EventDistribution {
    func reach(of position: EventPosition, in view: ClusterView) -> Int {
        position.isAtOwner && (!position.isEntry || position.node == view.members.first) ? 0 : 1
    }

    func route(
        _ position: EventPosition, in view: ClusterView, random: inout RandomStream,
        into handovers: inout ContiguousArray<Handover>
    ) {
        guard let leader = view.members.first else { return }
        if position.isEntry && position.node != leader {
            handovers.append(Handover(to: leader, .passOn))
        } else {
            handovers.append(Handover(to: position.owner, .work))
        }
    }

    static let kind = Kind<any EventDistribution>(
        "leader", summary: "every event goes to a leader, the first node that is there, who hands it to its owner"
    ) { _ in Leader() }
}

import OrreryKernel

/// An event spreads as a rumour: whoever hears of it for the first time tells some others, drawn at random.
///
/// It reaches all but about a share e^−fan-out of the nodes; an owner that it does not reach is told when the event is
/// handed over once more.
struct Gossip: EventDistribution {
    let fanOut: Int

    var reachesAll: Bool { true }

    func reach(of position: EventPosition, in view: ClusterView) -> Int {
        if position.isRepeated { return position.isAtOwner ? 0 : 1 }
        return min(fanOut, view.others(than: position.node))
    }

    func route(
        _ position: EventPosition, in view: ClusterView, random: inout RandomStream,
        into handovers: inout ContiguousArray<Handover>
    ) {
        if position.isRepeated { return handovers.append(Handover(to: position.owner, .work)) }
        if position.isAtOwner { handovers.append(Handover(to: position.owner, .work)) }
        let first = handovers.count
        while handovers.count - first < min(fanOut, view.others(than: position.node)) {
            let node = view.members[random.index(below: view.members.count)]
            let isKnown = handovers[first...].contains { $0.node == node }
            if node != position.node && !isKnown { handovers.append(Handover(to: node, .passOn)) }
        }
    }

    private static let fanOut = Parameter<Int>(
        "fan-out", default: 4, range: .within(1...64), summary: "how many others a node tells of an event",
        source: "memberlist gossips to 3 nodes in a LAN and to 4 over a WAN")

    static let kind = Kind<any EventDistribution>(
        "gossip", summary: "whoever hears of an event for the first time tells some others, drawn at random",
        source: "A. Demers et al., Epidemic Algorithms for Replicated Database Maintenance, PODC 1987",
        parameters: [fanOut.spec]
    ) { Gossip(fanOut: $0[fanOut]) }
}

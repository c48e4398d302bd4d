import OrreryKernel

/// An event goes to the node that owns it, and to the next ones on the ring as replicas, and to nobody else.
struct Partitioned: EventDistribution {
    let replication: Int

    func reach(of position: EventPosition, in view: ClusterView) -> Int {
        let work = position.isAtOwner ? 0 : 1
        if position.isRepeated || replication == 1 { return work }
        return work + view.successors(of: position.owner, count: replication - 1).count { $0 != position.node }
    }

    func route(
        _ position: EventPosition, in view: ClusterView, random: inout RandomStream,
        into handovers: inout ContiguousArray<Handover>
    ) {
        handovers.append(Handover(to: position.owner, .work))
        if position.isRepeated { return }
        for node in view.successors(of: position.owner, count: replication - 1) where node != position.node {
            handovers.append(Handover(to: node, .note))
        }
    }

    private static let replication = Parameter<Int>(
        "replication", default: 1, range: .within(1...100),
        summary: "how many nodes get an event: its owner, who works on it, and the next ones, who take note",
        source: "Kafka's default.replication.factor is 1, Cassandra's usual one 3")

    static let kind = Kind<any EventDistribution>(
        "partitioned", summary: "an event goes to the node that owns its partition, and to its replicas",
        source: "consistent hashing: D. Karger et al., STOC 1997", parameters: [replication.spec]
    ) { Partitioned(replication: $0[replication]) }
}

import OrreryKernel

/// The first nodes of a cluster and the others do not reach each other; what was on its way between them is lost.
struct NodePartition: FaultEffect {
    let count: Int

    // One must be left on the other side.
    var nodesHit: Int { count + 1 }

    func begin(in network: inout Network, agenda: inout Agenda<Message>) { network.cutNodes(count) }

    func end(in network: inout Network, agenda: inout Agenda<Message>) { network.mendNodes(count) }

    static let kind = Kind<any FaultEffect>(
        "node-partition", summary: "the first nodes of the cluster and the others do not reach each other",
        parameters: [FaultedNodes.count.spec]
    ) { NodePartition(count: $0[FaultedNodes.count]) }
}

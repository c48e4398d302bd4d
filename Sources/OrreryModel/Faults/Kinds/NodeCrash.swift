import OrreryKernel

/// Nodes of the cluster crash: they lose all they have, and start again when the fault is over.
struct NodeCrash: FaultEffect {
    let count: Int

    var nodesHit: Int { count }

    func begin(in network: inout Network, agenda: inout Agenda<Message>) {
        network.crashNodes(count, agenda: &agenda)
    }

    func end(in network: inout Network, agenda: inout Agenda<Message>) {
        network.recoverNodes(count, agenda: &agenda)
    }

    static let kind = Kind<any FaultEffect>(
        "node-crash", summary: "the first nodes of the cluster crash, and start again when it is over",
        parameters: [FaultedNodes.count.spec]
    ) { NodeCrash(count: $0[FaultedNodes.count]) }
}

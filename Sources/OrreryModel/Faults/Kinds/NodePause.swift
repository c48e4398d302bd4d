import OrreryKernel

/// The loops of nodes stand still, as in a long collection of garbage: nothing is lost, and nothing goes on.
struct NodePause: FaultEffect {
    let count: Int

    var nodesHit: Int { count }

    func begin(in network: inout Network, agenda: inout Agenda<Message>) {
        network.pauseNodes(count, at: agenda.now)
    }

    func end(in network: inout Network, agenda: inout Agenda<Message>) {
        network.continueNodes(count, agenda: &agenda)
    }

    static let kind = Kind<any FaultEffect>(
        "node-pause", summary: "the loops of the first nodes of the cluster stand still",
        parameters: [FaultedNodes.count.spec]
    ) { NodePause(count: $0[FaultedNodes.count]) }
}

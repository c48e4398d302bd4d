import OrreryKernel

/// The loops of nodes take longer for everything.
struct SlowNode: FaultEffect {
    let count: Int
    let factor: Double

    var nodesHit: Int { count }

    func begin(in network: inout Network, agenda: inout Agenda<Message>) { network.slowNodes(count, by: factor) }

    func end(in network: inout Network, agenda: inout Agenda<Message>) { network.quickenNodes(count, by: factor) }

    private static let factor = Parameter<Double>(
        "factor", range: .within(1...1000), summary: "how many times longer everything takes")

    static let kind = Kind<any FaultEffect>(
        "slow-node", summary: "the loops of the first nodes of the cluster take longer for everything",
        parameters: [FaultedNodes.count.spec, factor.spec]
    ) { SlowNode(count: $0[FaultedNodes.count], factor: $0[factor]) }
}

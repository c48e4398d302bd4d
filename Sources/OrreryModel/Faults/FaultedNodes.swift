import OrreryKernel

/// How many nodes of the cluster a fault hits.
enum FaultedNodes {
    static let count = Parameter<Int>(
        "nodes", default: 1, range: .within(1...Double(ClusterPlan.nodeLimit)),
        summary: "how many nodes it hits, from the first on", source: "one unless stated")
}

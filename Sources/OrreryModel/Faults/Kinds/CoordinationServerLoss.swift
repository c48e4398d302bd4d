import OrreryKernel

/// Servers of the coordination service are gone, and come back with all that was written down.
struct CoordinationServerLoss: FaultEffect {
    let count: Int
    let withLeader: Bool

    var serversHit: Int { withLeader ? count : count + 1 }

    func begin(in network: inout Network, agenda: inout Agenda<Message>) {
        network.loseServers(count, withLeader: withLeader, agenda: &agenda)
    }

    func end(in network: inout Network, agenda: inout Agenda<Message>) {
        network.recoverServers(count, withLeader: withLeader, agenda: &agenda)
    }

    private static let servers = Parameter<Int>(
        "servers", default: 1, range: .within(1...Double(CoordinationPlan.serverLimit)),
        summary: "how many servers it hits", source: "one unless stated")
    private static let first = Parameter<String>(
        "first", dimension: .choice(["leader", "follower"]), default: "leader",
        summary: "whom it hits first: the leader and then others, or others only",
        source: "the loss that everybody notices")

    static let kind = Kind<any FaultEffect>(
        "coordination-server-loss", summary: "servers of the coordination service are gone, and come back",
        parameters: [servers.spec, first.spec]
    ) { CoordinationServerLoss(count: $0[servers], withLeader: $0[first] == "leader") }
}

import OrreryKernel

/// Who probes whom, and who is suspected: the state of SWIM in all nodes.
struct Probes: Sendable {
    let plan: Swim
    /// By the node that asks: who has not answered it yet.
    private var targets: ContiguousArray<UInt16?>
    /// By the node that asks: when it asks others to help.
    private let timers: ContiguousArray<Timer>
    /// When a node that is suspected will be dead.
    private let suspicions: ContiguousArray<Timer>

    /// Nobody asks anybody.
    init(_ plan: Swim, nodes: Int, agenda: inout Agenda<Message>) {
        self.plan = plan
        targets = ContiguousArray(repeating: nil, count: nodes)
        timers = ContiguousArray((0..<nodes).map { _ in agenda.makeTimer() })
        suspicions = ContiguousArray((0..<nodes).map { _ in agenda.makeTimer() })
    }

    /// Whom a node asks, and has not heard of yet.
    func target(of node: Int) -> Int? { targets[node].map(Int.init) }

    /// A node asks whether another one is there.
    mutating func begin(_ target: Int, by node: Int, agenda: inout Agenda<Message>) {
        targets[node] = UInt16(target)
        agenda.arm(timers[node], .cluster(.unanswered(NodeID(node))), after: plan.timeout)
    }

    /// A node hears that another one is there.
    mutating func end(_ target: Int, by node: Int, agenda: inout Agenda<Message>) {
        if targets[node] == UInt16(target) { abandon(by: node, agenda: &agenda) }
    }

    /// A node asks nobody any more.
    mutating func abandon(by node: Int, agenda: inout Agenda<Message>) {
        targets[node] = nil
        agenda.cancel(timers[node])
    }

    /// A member of a cluster of so many is suspected; false if it was already.
    func suspect(_ node: Int, members: Int, agenda: inout Agenda<Message>) -> Bool {
        if agenda.isArmed(suspicions[node]) { return false }
        agenda.arm(
            suspicions[node], .cluster(.unrefuted(NodeID(node))), after: plan.suspicionTime(members: members))
        return true
    }

    /// A node says that it is there, or is not a member any more.
    func clear(_ node: Int, agenda: inout Agenda<Message>) { agenda.cancel(suspicions[node]) }
}

import OrreryKernel

// Nodes that ask whether others are there, as SWIM does.
extension Cluster {
    /// A node asks a member drawn at random whether it is there, and suspects the one that it asked before if that has
    /// not answered.
    mutating func probe(from node: Int, agenda: inout Agenda<Message>) {
        if let former = probes?.target(of: node) {
            probes?.abandon(by: node, agenda: &agenda)
            suspect(former, by: node, agenda: &agenda)
        }
        guard let target = anyMember(apartFrom: [node]) else { return }
        probes?.begin(target, by: node, agenda: &agenda)
        tell(target, .ping(for: UInt16(node), by: UInt16(node)), from: node, agenda: &agenda)
    }

    /// A node asks some others to ping the one that did not answer in time.
    mutating func askHelpers(of node: Int, agenda: inout Agenda<Message>) {
        guard let probes, let target = probes.target(of: node) else { return }
        var asked = [node, target]
        for _ in 0..<probes.plan.helpers {
            guard let helper = anyMember(apartFrom: asked) else { return }
            asked.append(helper)
            tell(helper, .pingRequest(UInt16(target), for: UInt16(node)), from: node, agenda: &agenda)
        }
    }

    /// A node takes in a question, an answer, or that it is suspected.
    mutating func answer(_ message: NodeMessage, at node: Int, agenda: inout Agenda<Message>) {
        guard view.contains(node) else { return }
        switch message {
        case .ping(let asker, let sender):
            tell(Int(sender), .pong(UInt16(node), for: asker), from: node, agenda: &agenda)
        case .pong(let target, let asker) where Int(asker) == node:
            probes?.end(Int(target), by: node, agenda: &agenda)
        case .pong(let target, let asker):
            tell(Int(asker), .pong(target, for: asker), from: node, agenda: &agenda)
        case .pingRequest(let target, let asker):
            tell(Int(target), .ping(for: asker, by: UInt16(node)), from: node, agenda: &agenda)
        case .suspected: probes?.clear(node, agenda: &agenda)
        default: violation("\(message) is neither a question nor an answer")
        }
    }

    /// All hear that a member suspects another one, unless half of them are cut off from it; the suspect may refute it.
    private mutating func suspect(_ node: Int, by observer: Int, agenda: inout Agenda<Message>) {
        guard view.contains(node), !isCutOff(observer),
            probes?.suspect(node, members: view.members.count, agenda: &agenda) == true
        else { return }
        books.suspicions.add(at: agenda.now)
        send(.suspected, from: observer, to: node)
        launch(1, agenda: &agenda)
    }

    /// Some member apart from some nodes; nil if there is none.
    private mutating func anyMember(apartFrom others: [Int]) -> Int? {
        let count = view.members.count { !others.contains($0) }
        guard count > 0 else { return nil }
        let place = probing.index(below: count)
        return view.members.lazy.filter { !others.contains($0) }.dropFirst(place).first
    }

    /// A node sends a message that may get lost.
    private mutating func tell(_ peer: Int, _ message: NodeMessage, from node: Int, agenda: inout Agenda<Message>) {
        if plan.heartbeatLoss > 0 && losses.unit() < plan.heartbeatLoss { return }
        send(message, from: node, to: peer)
        launch(1, agenda: &agenda)
    }
}

import OrreryKernel

// Nodes that crash, pause, are declared dead, and come back.
extension Cluster {
    /// A node loses patience with another one; when most do, that one is dead to all.
    mutating func loseHeart(
        _ observer: Int, in peer: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        guard view.contains(observer), view.contains(peer) else { return }
        if nodes[observer].pauseCount > 0 || !nodes[observer].isReachable {
            // It notices nothing now, and looks again later.
            membership?.listen(to: peer, by: observer, agenda: &agenda)
            return
        }
        if membership?.suspects(peer, by: observer) == false { books.suspicions.add(at: agenda.now) }
        if membership?.suspect(peer, by: observer, among: view.members.count) == true {
            declareDead(peer, ledger: &ledger, agenda: &agenda)
        }
    }

    /// A node is dead to all others.
    mutating func declareDead(_ node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        view.remove(node)
        books.members.add(-1, at: agenda.now)
        books.declaredDead.add(at: agenda.now)
        if let crashedAt = nodes[node].crashedAt {
            books.detectionDelay.record(agenda.now - crashedAt)
        } else if !nodes[node].isRestarting {
            books.falseAlarms.add(at: agenda.now)
        }
        for member in view.members {
            membership?.unwatch(node, by: member, agenda: &agenda)
            membership?.unwatch(member, by: node, agenda: &agenda)
        }
        probes?.clear(node, agenda: &agenda)
        for member in view.members {
            post(.declaredDead(UInt16(node)), to: member, ledger: &ledger, agenda: &agenda)
        }
        post(.expelled, to: node, ledger: &ledger, agenda: &agenda)
        // Among fewer members, as many suspicions may be enough.
        if let next = membership?.condemned(among: view.members) {
            declareDead(next, ledger: &ledger, agenda: &agenda)
        }
    }

    /// A node that learns that it was declared dead gives up all it has, and starts again; one that has joined since
    /// then does not care any more.
    mutating func leave(_ node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        if view.contains(node) { return }
        empty(node, ledger: &ledger, agenda: &agenda)
        awaitRestart(of: node, agenda: &agenda)
    }

    /// A node loses all it has.
    private mutating func empty(_ node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        if let message = nodes[node].current {
            stop(node, at: agenda.now)
            vanish(message, ledger: &ledger, at: agenda.now)
        }
        while let message = nodes[node].inbox.removeFirst() {
            books.waiting.add(-1, at: agenda.now)
            vanish(message, ledger: &ledger, at: agenda.now)
        }
        while let tending = nodes[node].tended.removeFirst() {
            release(tending.event, ledger: &ledger, at: agenda.now)
        }
        agenda.cancel(ticks[node])
        probes?.abandon(by: node, agenda: &agenda)
    }

    private mutating func awaitRestart(of node: Int, agenda: inout Agenda<Message>) {
        nodes[node].isRestarting = true
        agenda.arm(restarts[node], .cluster(.restarted(NodeID(node))), after: plan.restart.duration(using: &lives))
    }

    /// A node is there again, unless it crashed meanwhile, and catches up.
    mutating func comeBack(_ node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard nodes[node].isRestarting && nodes[node].crashCount == 0 else { return }
        // It does not find the others, and looks again with its next heartbeat.
        if isCutOff(node) {
            agenda.arm(restarts[node], .cluster(.restarted(NodeID(node))), after: beatInterval)
            return
        }
        nodes[node].isRestarting = false
        nodes[node].crashedAt = nil
        post(.rejoined, to: node, ledger: &ledger, agenda: &agenda)
    }

    /// A node that caught up is a member, and knows nothing of before.
    mutating func join(_ node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        if !view.contains(node) { books.members.add(+1, at: agenda.now) }
        nodes[node].known = nodes[node].caughtUpTo
        view.insert(node)
        for peer in view.members where peer != node {
            membership?.watch(peer, by: node, agenda: &agenda)
            membership?.watch(node, by: peer, agenda: &agenda)
            if !contexts.isEmpty {
                contexts[node * nodes.count + peer] = .start
                contexts[peer * nodes.count + node] = .start
            }
        }
        agenda.arm(ticks[node], .cluster(.tick(NodeID(node))), after: .zero)
        for peer in view.members where peer != node { post(.joined, to: peer, ledger: &ledger, agenda: &agenda) }
    }

    /// The first nodes crash.
    mutating func crash(_ count: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        for node in nodes.indices.prefix(count) {
            nodes[node].crashCount += 1
            guard nodes[node].crashCount == 1 else { continue }
            nodes[node].crashedAt = agenda.now
            nodes[node].isRestarting = false
            agenda.cancel(restarts[node])
            empty(node, ledger: &ledger, agenda: &agenda)
        }
    }

    /// One reason less for the first nodes to be down; they start again when there is none.
    mutating func recover(_ count: Int, agenda: inout Agenda<Message>) {
        for node in nodes.indices.prefix(count) {
            nodes[node].crashCount -= 1
            if nodes[node].crashCount == 0 { awaitRestart(of: node, agenda: &agenda) }
        }
    }

    /// The loops of the first nodes stand still, also in the middle of what they are at.
    mutating func pause(_ count: Int, at now: Instant) {
        for node in nodes.indices.prefix(count) {
            nodes[node].pauseCount += 1
            guard nodes[node].pauseCount == 1, nodes[node].current != nil else { continue }
            nodes[node].rest = nodes[node].end - now
            nodes[node].shift &+= 1
        }
    }

    /// One reason less for the loops of the first nodes to stand still.
    mutating func goOn(_ count: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        for node in nodes.indices.prefix(count) {
            nodes[node].pauseCount -= 1
            guard nodes[node].pauseCount == 0 else { continue }
            if nodes[node].current == nil {
                turn(node, ledger: &ledger, agenda: &agenda)
            } else {
                awaitEnd(of: node, after: nodes[node].rest, agenda: &agenda)
            }
        }
    }

    /// The first nodes and the others do not reach each other.
    mutating func cut(_ count: Int) { for node in nodes.indices.prefix(count) { nodes[node].cutCount += 1 } }

    /// One reason less for that.
    mutating func mend(_ count: Int) { for node in nodes.indices.prefix(count) { nodes[node].cutCount -= 1 } }

    /// Whether nothing gets from one node to another.
    func isCut(_ sender: Int, _ receiver: Int) -> Bool {
        (nodes[sender].cutCount > 0) != (nodes[receiver].cutCount > 0)
    }

    /// Whether half of the members or more are cut off from a node.
    func isCutOff(_ node: Int) -> Bool {
        !view.members.isEmpty && 2 * view.members.count { isCut(node, $0) } >= view.members.count
    }

    /// The loops of the first nodes take so many times as long from now on.
    mutating func slow(_ count: Int, by factor: Double) {
        for node in nodes.indices.prefix(count) { nodes[node].slowness *= factor }
    }

    /// They take so many times less from now on: what `slow` did is undone, to the last bit.
    mutating func quicken(_ count: Int, by factor: Double) {
        for node in nodes.indices.prefix(count) { nodes[node].slowness /= factor }
    }
}

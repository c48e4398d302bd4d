import OrreryKernel

// A node's loop: what everything costs, and what comes of it.
extension Cluster {
    /// The loop goes on with what waits, if it can.
    mutating func turn(_ node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        // What comes of a message may put the next one into the inbox; the loop comes to it afterwards.
        if nodes[node].isTurning { return }
        nodes[node].isTurning = true
        defer { nodes[node].isTurning = false }
        while nodes[node].isRunning, nodes[node].current == nil, let message = nodes[node].inbox.removeFirst() {
            books.waiting.add(-1, at: agenda.now)
            if let slot = copyBearer(message) { ledger.move(events[slot].copy, to: .service, at: agenda.now) }
            nodes[node].current = message
            let time = scaled(cost(of: message, at: node, now: agenda.now), at: node)
            if time == .zero {
                nodes[node].current = nil
                finish(message, at: node, ledger: &ledger, agenda: &agenda)
            } else {
                books.busy.add(+1, at: agenda.now)
                awaitEnd(of: node, after: time, agenda: &agenda)
            }
        }
    }

    /// The loop will be done with what it is at.
    mutating func awaitEnd(of node: Int, after time: Duration, agenda: inout Agenda<Message>) {
        nodes[node].end = agenda.now + time
        agenda.schedule(.cluster(.handled(NodeID(node), shift: nodes[node].shift)), after: time)
    }

    /// The loop is done with what it was at.
    mutating func endTurn(of node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard let message = nodes[node].current else { violation("node \(node) is done with nothing") }
        stop(node, at: agenda.now)
        nodes[node].isTurning = true
        finish(message, at: node, ledger: &ledger, agenda: &agenda)
        nodes[node].isTurning = false
        turn(node, ledger: &ledger, agenda: &agenda)
    }

    /// The loop is at nothing.
    mutating func stop(_ node: Int, at now: Instant) {
        nodes[node].current = nil
        nodes[node].shift &+= 1
        books.busy.add(-1, at: now)
    }

    /// How long the loop of this node takes for what a usual one with one core does in a time.
    private func scaled(_ time: Duration, at node: Int) -> Duration {
        let factor = nodes[node].slowness / plan.speed
        return factor == 1 ? time : min(.limit, Duration(seconds: time.seconds * factor))
    }

    private mutating func cost(of message: NodeMessage, at node: Int, now: Instant) -> Duration {
        switch message {
        case .offered(let slot): plan.accept + times(reach(of: slot, from: node, isEntry: true), plan.send)
        case .handOver(let slot): times(reach(of: slot, from: node, isEntry: true), plan.send)
        case .work(let slot, _): takeIn(from: Int(events[slot].entry), at: node, now: now) + work(on: slot, at: node)
        case .ownWork(let slot, _): work(on: slot, at: node)
        case .note(let origin): takeIn(from: Int(origin), at: node, now: now)
        case .passOn(let slot, _):
            takeIn(from: Int(events[slot].entry), at: node, now: now)
                + times(passOn(slot, at: node) ? reach(of: slot, from: node, isEntry: false) : 0, plan.send)
        case .acknowledged, .heartbeat, .forget, .ping, .pong, .pingRequest, .suspected: plan.control
        case .declaredDead, .joined: plan.rebalance
        case .tick where probes != nil: plan.control
        case .unanswered: times(probes?.target(of: node) == nil ? 0 : probes?.plan.helpers ?? 0, plan.control)
        case .tick, .contextChanged: times(view.members.count - 1, plan.control)
        case .expelled: .zero
        case .rejoined: plan.catchUp + times(catchUp(node), plan.replay)
        }
    }

    /// How many events a node has missed that it is to know; it knows them once it has caught up.
    private mutating func catchUp(_ node: Int) -> Int {
        nodes[node].caughtUpTo = spreadCount
        return Int(spreadCount) - Int(min(spreadCount, nodes[node].known))
    }

    private func times(_ count: Int, _ time: Duration) -> Duration {
        Duration(nanoseconds: Int64(max(0, count)) * time.nanoseconds)
    }

    private func reach(of slot: EventSlot, from node: Int, isEntry: Bool) -> Int {
        position(of: slot, at: node, isEntry: isEntry).map { distribution.reach(of: $0, in: view) } ?? 0
    }

    /// Where an event is for the distribution; nil if nobody is there to own it.
    ///
    /// Who owns it is settled anew with each attempt, and stays so while the event is passed on.
    private func position(of slot: EventSlot, at node: Int, isEntry: Bool) -> EventPosition? {
        guard let owner = isEntry ? view.owner(of: events[slot].key) : Int(events[slot].owner) else { return nil }
        return EventPosition(
            node: node, owner: owner, isEntry: isEntry, isRepeated: isEntry && events[slot].attempt > 0)
    }

    /// Taking in an event of another node, with its context.
    private mutating func takeIn(from origin: Int, at node: Int, now: Instant) -> Duration {
        if plan.lookup == .zero || origin == node { return plan.receive }
        if plan.cacheFor == .zero { return plan.receive + plan.lookup }
        let place = node * nodes.count + origin
        if contexts[place] > now { return plan.receive }
        contexts[place] = now + plan.cacheFor
        return plan.receive + plan.lookup
    }

    /// What the owner of an event has to do; nothing if it was done already.
    private mutating func work(on slot: EventSlot, at node: Int) -> Duration {
        let time = events[slot].isDone ? .zero : plan.service.duration(using: &services[node])
        nodes[node].serviceTime = scaled(time, at: node)
        return time
    }

    /// Whether a node passes an event on: always, unless it is a rumour that it has heard before.
    private mutating func passOn(_ slot: EventSlot, at node: Int) -> Bool {
        let isNew = events.hear(slot, by: node)
        nodes[node].passesOn = isNew || !distribution.reachesAll
        return nodes[node].passesOn
    }

    /// What comes of a message.
    private mutating func finish(
        _ message: NodeMessage, at node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        switch message {
        case .offered(let slot): accept(slot, at: node, ledger: &ledger, agenda: &agenda)
        case .handOver(let slot): handOverAgain(slot, at: node, ledger: &ledger, agenda: &agenda)
        case .work(let slot, let attempt):
            nodes[node].known += attempt == 1 ? 1 : 0
            complete(slot, at: node, ledger: &ledger, agenda: &agenda)
        case .ownWork(let slot, _): complete(slot, at: node, ledger: &ledger, agenda: &agenda)
        case .passOn(let slot, let attempt):
            if nodes[node].passesOn {
                nodes[node].known += 1
                handOver(slot, from: node, passingOn: attempt, ledger: &ledger, agenda: &agenda)
            }
            release(slot, ledger: &ledger, at: agenda.now)
        case .acknowledged(let slot):
            events[slot].isAcknowledged = true
            release(slot, ledger: &ledger, at: agenda.now)
        case .note: nodes[node].known += 1
        case .joined: break
        case .heartbeat(let peer):
            if view.contains(node) && view.contains(Int(peer)) {
                membership?.hear(Int(peer), by: node, agenda: &agenda)
            }
        case .unanswered: askHelpers(of: node, agenda: &agenda)
        case .ping, .pong, .pingRequest, .suspected: answer(message, at: node, agenda: &agenda)
        case .tick: beat(node, ledger: &ledger, agenda: &agenda)
        case .contextChanged: tellOthers(.forget(UInt16(node)), from: node, isReliable: true, agenda: &agenda)
        case .forget(let peer): if !contexts.isEmpty { contexts[node * nodes.count + Int(peer)] = .start }
        case .declaredDead(let peer): takeOver(from: Int(peer), at: node, ledger: &ledger, agenda: &agenda)
        case .expelled: leave(node, ledger: &ledger, agenda: &agenda)
        case .rejoined: join(node, ledger: &ledger, agenda: &agenda)
        }
    }

    /// A node has taken an event from its producer: it need not keep it any more, and the owner gets it.
    private mutating func accept(
        _ slot: EventSlot, at node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        let copy = events[slot].copy
        if ledger.isAwaited(copy) { agenda.schedule(.copy(copy, .confirmed)) }
        _ = events.hear(slot, by: node)
        spreadCount += distribution.reachesAll ? 1 : 0
        nodes[node].known += 1
        tend(slot, at: node, now: agenda.now)
        handOver(slot, from: node, ledger: &ledger, agenda: &agenda)
        release(slot, ledger: &ledger, at: agenda.now)
    }

    private mutating func tend(_ slot: EventSlot, at node: Int, now: Instant) {
        refer(to: slot)
        nodes[node].tended.append(Tending(event: slot, due: now + plan.retryAfter))
    }

    private mutating func handOverAgain(
        _ slot: EventSlot, at node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        if !events[slot].isAcknowledged && !events[slot].isSettled {
            tend(slot, at: node, now: agenda.now)
            handOver(slot, from: node, ledger: &ledger, agenda: &agenda)
        }
        release(slot, ledger: &ledger, at: agenda.now)
    }

    /// A node hands an event on as the distribution says: as a new attempt, or as part of one that it passes on.
    private mutating func handOver(
        _ slot: EventSlot, from node: Int, passingOn former: UInt16? = nil, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) {
        let isEntry = former == nil
        guard let position = position(of: slot, at: node, isEntry: isEntry) else { return }
        if isEntry {
            events[slot].attempt += 1
            events[slot].owner = UInt16(position.owner)
            if !events[slot].isSettled { ledger.move(events[slot].copy, to: .propagation, at: agenda.now) }
        }
        let (attempt, origin) = (former ?? events[slot].attempt, events[slot].entry)
        handovers.removeAll(keepingCapacity: true)
        distribution.route(position, in: view, random: &choices, into: &handovers)
        var (count, isOwn) = (0, false)
        for place in handovers.indices {
            let handover = handovers[place]
            if handover.duty != .note { refer(to: slot) }
            if handover.node == node {
                invariant(handover.duty == .work, "a node told itself of an event that it has")
                isOwn = true
                continue
            }
            count += 1
            switch handover.duty {
            case .work: send(.work(slot, attempt: attempt), from: node, to: handover.node)
            case .note: send(.note(from: origin), from: node, to: handover.node)
            case .passOn: send(.passOn(slot, attempt: attempt), from: node, to: handover.node)
            }
        }
        launch(count, agenda: &agenda)
        if isOwn { post(.ownWork(slot, attempt: attempt), to: node, ledger: &ledger, agenda: &agenda) }
    }

    /// An owner is done with an event, and says so to the node that took it.
    private mutating func complete(
        _ slot: EventSlot, at node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        if events[slot].isSettled {
            books.wastedWork += nodes[node].serviceTime
        } else {
            books.usefulWork += nodes[node].serviceTime
            let copy = events[slot].copy
            if ledger.isPoison(copy) {
                lose(slot, because: .deadLettered, ledger: &ledger, at: agenda.now)
            } else {
                events[slot].isSettled = true
                agenda.schedule(.copy(ledger.makeResult(of: copy, isTakenBack: false), .reachedStore))
                ledger.finish(copy, at: agenda.now)
            }
        }
        events[slot].isDone = true
        let entry = Int(events[slot].entry)
        if entry == node {
            events[slot].isAcknowledged = true
        } else {
            refer(to: slot)
            send(.acknowledged(slot), from: node, to: entry)
            launch(1, agenda: &agenda)
        }
        release(slot, ledger: &ledger, at: agenda.now)
    }

    /// A node sends its heartbeats or its probe, and looks after what nobody acknowledged in time.
    private mutating func beat(_ node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        if probes != nil {
            probe(from: node, agenda: &agenda)
        } else {
            tellOthers(.heartbeat(from: UInt16(node)), from: node, isReliable: false, agenda: &agenda)
        }
        agenda.arm(ticks[node], .cluster(.tick(NodeID(node))), after: beatInterval)
        while let first = nodes[node].tended.first, first.due <= agenda.now {
            _ = nodes[node].tended.removeFirst()
            handOverOnceMore(first.event, at: node, counting: \.retried, ledger: &ledger, agenda: &agenda)
        }
    }

    /// A node learns that another one is gone, and hands what that was to work on to others.
    private mutating func takeOver(
        from peer: Int, at node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        for _ in 0..<nodes[node].tended.count {
            guard let tending = nodes[node].tended.removeFirst() else { return }
            let event = events[tending.event]
            if Int(event.owner) == peer && !event.isAcknowledged {
                handOverOnceMore(
                    tending.event, at: node, counting: \.redistributed, ledger: &ledger, agenda: &agenda)
            } else {
                nodes[node].tended.append(tending)
            }
        }
    }

    /// What a node no longer waits for is handed over once more, unless it was done, or that was tried often enough.
    private mutating func handOverOnceMore(
        _ slot: EventSlot, at node: Int, counting counter: WritableKeyPath<ClusterBooks, CounterSeries>,
        ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        if events[slot].isAcknowledged || events[slot].isSettled {
            release(slot, ledger: &ledger, at: agenda.now)
        } else if Int(events[slot].attempt) >= plan.attempts {
            lose(slot, because: .timedOut, ledger: &ledger, at: agenda.now)
            release(slot, ledger: &ledger, at: agenda.now)
        } else {
            books[keyPath: counter].add(at: agenda.now)
            post(.handOver(slot), to: node, ledger: &ledger, agenda: &agenda)
        }
    }

    /// A node tells all other members something; heartbeats may get lost.
    private mutating func tellOthers(
        _ message: NodeMessage, from node: Int, isReliable: Bool, agenda: inout Agenda<Message>
    ) {
        var count = 0
        for peer in view.members where peer != node {
            if !isReliable && plan.heartbeatLoss > 0 && losses.unit() < plan.heartbeatLoss { continue }
            send(message, from: node, to: peer)
            count += 1
        }
        launch(count, agenda: &agenda)
    }
}

import OrreryKernel

// What the ensemble does with requests, and with sessions of which it hears nothing.
extension Coordination {
    /// Does what a request asks; says what comes of it.
    mutating func perform(_ request: Request, agenda: inout Agenda<Message>) -> Verdict {
        count(request.errand, at: agenda.now)
        let session = request.session
        if request.errand == .close {
            end(session, isExpiry: request.worker == nil, agenda: &agenda)
            return .expired
        }
        if sessions[session].state == .closed { return .expired }
        if sessions[session].state != .ending { sessions[session].touched = agenda.now }
        if request.worker != nil {
            // What came over an older connection is not meant any more; its answer would not be heard either.
            if request.connection < sessions[session].connection { return .done }
            sessions[session].connection = request.connection
        }
        switch request.errand {
        case .ping, .close: return .done
        case .open:
            if sessions[session].state == .asked {
                sessions[session].state = .open
                awaitSilence(of: session, agenda: &agenda)
            }
            return .done
        case .create: return makeNode(for: session, under: request.lock)
        case .list: return place(of: session, under: request.lock)
        case .watch: return watch(request)
        case .delete:
            removeNode(of: session, agenda: &agenda)
            return .done
        }
    }

    private mutating func count(_ errand: Errand, at now: Instant) {
        if errand.isWrite { books.writes.add(at: now) } else { books.reads.add(at: now) }
    }

    /// A request that was sent twice finds what the first one made.
    private mutating func makeNode(for session: SessionID, under lock: LockID) -> Verdict {
        if sessions[session].lock == nil {
            if lockPlan.recipe == .herd, let owner = locks[lock].nodes.first { return .behind(owner) }
            locks[lock].turns &+= 1
            locks[lock].nodes.append(session)
            sessions[session].lock = lock
            sessions[session].turn = locks[lock].turns
        }
        return lockPlan.recipe == .queue ? .done : .owner(turn: sessions[session].turn)
    }

    private func place(of session: SessionID, under lock: LockID) -> Verdict {
        guard let place = locks[lock].nodes.firstIndex(of: session) else { return .expired }
        return place == 0 ? .owner(turn: sessions[session].turn) : .behind(locks[lock].nodes[place - 1])
    }

    private mutating func watch(_ request: Request) -> Verdict {
        guard let worker = request.worker, let target = request.target else { violation("nobody watches nothing") }
        let watcher = Watcher(worker: worker, serial: request.serial)
        switch lockPlan.recipe {
        case .queue:
            // The same session may have lined up again, behind.
            let isBefore = sessions[target].turn < sessions[request.session].turn
            guard sessions[target].lock == request.lock && isBefore else { return .gone }
            sessions[target].watcher = watcher
        case .herd:
            guard !locks[request.lock].nodes.isEmpty else { return .gone }
            locks[request.lock].watchers.append(watcher)
        }
        return .done
    }

    /// The node of a session is gone, and whoever watches it is told.
    private mutating func removeNode(of session: SessionID, agenda: inout Agenda<Message>) {
        guard let lock = sessions[session].lock else { return }
        guard let place = locks[lock].nodes.firstIndex(of: session) else { violation("a node is under no lock") }
        locks[lock].nodes.remove(at: place)
        sessions[session].lock = nil
        if let watcher = sessions[session].watcher { tell(watcher, agenda: &agenda) }
        sessions[session].watcher = nil
        if lockPlan.recipe == .queue { return }
        for place in locks[lock].watchers.indices { tell(locks[lock].watchers[place], agenda: &agenda) }
        locks[lock].watchers.removeAll(keepingCapacity: true)
    }

    private mutating func tell(_ watcher: Watcher, agenda: inout Agenda<Message>) {
        guard self[watcher.worker].isConnected else { return }
        books.notifications.add(at: agenda.now)
        let delay = ensemble.notify(by: self[watcher.worker].server, at: agenda.now)
        agenda.schedule(.coordination(.notified(watcher.worker, serial: watcher.serial)), after: delay)
    }

    /// A session is over: its node goes, and its worker, if it is connected, is hung up on.
    private mutating func end(_ session: SessionID, isExpiry: Bool, agenda: inout Agenda<Message>) {
        guard sessions[session].state != .closed else { return }
        sessions[session].state = .closed
        if isExpiry {
            books.expired.add(at: agenda.now)
            if let lock = sessions[session].lock, locks[lock].nodes.first == session { books.lost.add(at: agenda.now) }
            hangUp(on: session, agenda: &agenda)
        }
        removeNode(of: session, agenda: &agenda)
    }

    /// The leader looks whether it has heard of a session, and ends it if not.
    mutating func judge(_ session: SessionID, agenda: inout Agenda<Message>) {
        guard sessions[session].state == .open else { return }
        guard ensemble.isServing, deadline(of: session) <= agenda.now else {
            return awaitSilence(of: session, agenda: &agenda)
        }
        sessions[session].state = .ending
        ensemble.send(
            Request(.close, of: session, by: nil, server: ensemble.leader, connection: 0, serial: 0), agenda: &agenda)
    }

    /// A new leader has heard of every session just now.
    ///
    /// Source: ZooKeeper, `SessionTrackerImpl`, which a new leader makes with all sessions fresh.
    mutating func restartSessions(agenda: inout Agenda<Message>) {
        for number in sessions.indices {
            let session = SessionID(number: UInt32(number))
            sessions[session].touched = agenda.now
            guard sessions[session].state == .ending else { continue }
            sessions[session].state = .open
            awaitSilence(of: session, agenda: &agenda)
        }
    }

    private mutating func awaitSilence(of session: SessionID, agenda: inout Agenda<Message>) {
        let wait = deadline(of: session) - agenda.now
        agenda.schedule(.coordination(.sessionDue(session)), after: wait > .zero ? wait : plan.tick)
    }

    /// When a session ends of which nothing more is heard: at the first look after its time-out.
    ///
    /// Source: ZooKeeper, `ExpiryQueue.roundToNextInterval`.
    private func deadline(of session: SessionID) -> Instant {
        let end = (sessions[session].touched + plan.sessionTimeout).nanoseconds
        let tick = plan.tick.nanoseconds
        return Instant(nanoseconds: (end / tick + 1) * tick)
    }
}

// Checks from outside.
extension Coordination {
    /// Stops the run if the ensemble's state contradicts itself, or what workers think and what they do.
    func check(waiting: Int) {
        for lock in locks.indices {
            let nodes = locks[lock].nodes
            for (session, next) in zip(nodes, nodes.dropFirst()) {
                invariant(sessions[session].turn < sessions[next].turn, "a lock's nodes are out of order")
            }
            invariant(lockPlan.recipe == .queue || nodes.count <= 1, "\(nodes.count) sessions have a lock")
            for session in nodes {
                invariant(sessions[session].lock?.number == UInt32(lock), "a node is under another lock")
                invariant(sessions[session].state != .closed, "a session that is over has a node")
            }
        }
        let held = sessions.count { $0.lock != nil }
        let made = locks.reduce(0) { $0 + $1.nodes.count }
        invariant(held == made, "\(held) sessions have nodes, of which there are \(made)")
        let wanting = clients.count(where: \.isWaiting)
        invariant(wanting == waiting, "\(waiting) workers wait for a lock, \(wanting) clients do")
        invariant(books.waiting.gauge.level == wanting, "\(books.waiting.gauge.level) workers are booked as waiting")
    }
}

extension ContiguousArray<LockSession> {
    subscript(session: SessionID) -> LockSession {
        _read { yield self[Int(session.number)] }
        _modify { yield &self[Int(session.number)] }
    }
}

extension ContiguousArray<LockState> {
    subscript(lock: LockID) -> LockState {
        _read { yield self[Int(lock.number)] }
        _modify { yield &self[Int(lock.number)] }
    }
}

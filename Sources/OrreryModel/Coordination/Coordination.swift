import OrreryKernel

/// The coordination service at work: the ensemble, its sessions and locks, and the workers as its clients.
///
/// ```
///   worker wants a lock ─► session? ─► create ─┬─ queue ─► list ─► first? ─────────────────► has it
///                                              │              └─► watch the one before ─► told ─► list
///                                              └─ herd ──► made? ──────────────────────────► has it
///                                                             └─► watch ─► told, with all others ─► create
///   worker is done ─► delete ─► whoever watches is told
/// ```
///
/// All of that are requests to the ensemble, so that the load on it, and how long a lock takes, come of what workers
/// do. A worker has one request under way at a time, besides pings.
struct Coordination: Sendable {
    let plan: CoordinationPlan
    let lockPlan: LockPlan
    var ensemble: Ensemble
    /// By worker; those of workers that never wanted a lock are not there yet.
    var clients: ContiguousArray<LockClient> = []
    var sessions: ContiguousArray<LockSession> = []
    var locks: ContiguousArray<LockState> = []
    private var lockNumbers: [LockKey: LockID] = [:]
    private var reconnections: RandomStream
    /// Workers that have got their lock, or have given up, and do not know it yet.
    private(set) var news: ContiguousArray<LockNews> = []
    /// What is counted.
    var books: CoordinationBooks

    /// A service in which nobody has a session, for a run of this length.
    init(plan: CoordinationPlan, locks: LockPlan, seed: UInt64, duration: Duration) {
        self.plan = plan
        lockPlan = locks
        ensemble = Ensemble(plan: plan)
        reconnections = RandomStream(seed: seed, entity: "coordination", purpose: "reconnections")
        books = CoordinationBooks(duration: duration)
    }

    /// Something happens in the service.
    mutating func handle(_ event: Message.CoordinationEvent, agenda: inout Agenda<Message>) {
        switch event {
        case .arrived(let request):
            if ensemble.isAlive(request) { ensemble.receive(request, agenda: &agenda) }
        case .proposed(let request):
            if ensemble.isAlive(request) { ensemble.propose(request, agenda: &agenda) }
        case .served(let request), .committed(let request):
            guard ensemble.isAlive(request) else { return }
            let verdict = perform(ensemble.requests[request], agenda: &agenda)
            ensemble.answer(request, verdict, agenda: &agenda)
        case .answered(let id):
            guard ensemble.isAlive(id) else { return }
            let request = ensemble.requests[id]
            ensemble.requests.remove(id)
            hear(request, agenda: &agenda)
        case .notified(let worker, let serial): hearOfChange(worker, serial: serial, agenda: &agenda)
        case .clock(let worker): look(worker, agenda: &agenda)
        case .sessionDue(let session): judge(session, agenda: &agenda)
        case .impatient(let worker): giveUp(worker, agenda: &agenda)
        case .elected(let election):
            if ensemble.finishElection(election) { restartSessions(agenda: &agenda) }
        }
    }

    /// The lock of an item.
    mutating func lock(for item: Item) -> LockID {
        let key =
            lockPlan.scope == .all
            ? LockKey(group: 0, source: 0) : LockKey(group: item.group, source: item.source)
        if let lock = lockNumbers[key] { return lock }
        let lock = LockID(number: UInt32(locks.count))
        locks.append(LockState())
        lockNumbers[key] = lock
        return lock
    }

    /// Tells the workers' pool what it does not know yet.
    mutating func takeNews() -> LockNews? {
        news.isEmpty ? nil : news.removeFirst()
    }

    /// The warm-up is over.
    mutating func restart(at now: Instant) {
        books.restart(at: now)
        ensemble.restart(at: now)
    }

    /// The run is over.
    mutating func close(at end: Instant) {
        books.busiest = ensemble.busiestTime(at: end)
        books.close(at: end)
    }

    private struct LockKey: Hashable, Sendable {
        let group: UInt32
        let source: UInt32
    }
}

/// What a worker hears of its lock.
enum LockNews: BitwiseCopyable, Sendable {
    /// It has it.
    case granted(WorkerID)
    /// It has waited for long enough.
    case gaveUp(WorkerID)
}

// What workers do.
extension Coordination {
    /// A worker wants a lock.
    mutating func acquire(_ lock: LockID, for worker: WorkerID, agenda: inout Agenda<Message>) {
        meet(worker, agenda: &agenda)
        invariant(!self[worker].isWaiting, "worker \(worker.number) wants two locks")
        self[worker].wanted = agenda.now
        books.waiting.add(+1, at: agenda.now)
        if let patience = lockPlan.patience {
            agenda.arm(self[worker].patience, .coordination(.impatient(worker)), after: patience)
        }
        self[worker].next = lock
        if self[worker].phase == .idle { lineUp(worker, agenda: &agenda) }
    }

    /// A worker is done with its work, and gives its lock back; false if the archive refuses what it made.
    mutating func finish(_ worker: WorkerID, agenda: inout Agenda<Message>) -> Bool {
        let client = self[worker]
        invariant(client.phase == .holding, "worker \(worker.number) gave back a lock that it had not")
        let isOverdue = locks[client.lock].newest > client.turn
        if isOverdue && lockPlan.isFenced { books.fenced.add(at: agenda.now) }
        if isOverdue && !lockPlan.isFenced { books.violations.add(at: agenda.now) }
        leave(worker, agenda: &agenda)
        return !(isOverdue && lockPlan.isFenced)
    }

    /// A worker is gone: if it said goodbye, its session ends; if it crashed, nobody knows.
    mutating func forget(_ worker: WorkerID, saysGoodbye: Bool, agenda: inout Agenda<Message>) {
        guard clients.indices.contains(Int(worker.number)) else { return }
        if saysGoodbye && self[worker].isConnected { ask(.close, worker, agenda: &agenda) }
        if self[worker].isWaiting { books.waiting.add(-1, at: agenda.now) }
        agenda.cancel(self[worker].clock)
        agenda.cancel(self[worker].patience)
        hangUp(worker)
        self[worker].phase = .idle
        self[worker].session = nil
        self[worker].serial &+= 1
        self[worker].errand = nil
        self[worker].hasNode = false
        self[worker].next = nil
    }

    /// Makes sure that there is a client for a worker.
    private mutating func meet(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        while clients.count <= Int(worker.number) {
            clients.append(
                LockClient(
                    server: clients.count % plan.servers, clock: agenda.makeTimer(), patience: agenda.makeTimer()))
        }
    }

    /// A worker begins with the lock that it wants next.
    private mutating func lineUp(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        guard let lock = self[worker].next else {
            self[worker].phase = .idle
            return
        }
        self[worker].next = nil
        self[worker].lock = lock
        self[worker].phase = .acquiring
        begin(worker, agenda: &agenda)
    }

    /// A worker that wants a lock begins with its first step.
    private mutating func begin(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        if self[worker].session == nil {
            self[worker].session = SessionID(number: UInt32(sessions.count))
            sessions.append(LockSession(worker: worker))
            ask(.open, worker, agenda: &agenda)
        } else {
            create(worker, agenda: &agenda)
        }
    }

    private mutating func create(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        if lockPlan.recipe == .queue { self[worker].hasNode = true }
        ask(.create, worker, agenda: &agenda)
    }

    /// A worker has waited for long enough.
    private mutating func giveUp(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        invariant(self[worker].isWaiting, "worker \(worker.number) gave up a lock that it did not wait for")
        books.waiting.add(-1, at: agenda.now)
        books.abandoned.add(at: agenda.now)
        self[worker].next = nil
        if self[worker].phase == .acquiring { leave(worker, agenda: &agenda) }
        news.append(.gaveUp(worker))
    }

    /// A worker gives back what it has, as soon as it has heard what it waits for.
    private mutating func leave(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        self[worker].phase = .leaving
        if self[worker].errand == nil { goOnLeaving(worker, agenda: &agenda) }
    }

    private mutating func goOnLeaving(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        if self[worker].hasNode {
            ask(.delete, worker, agenda: &agenda)
        } else {
            lineUp(worker, agenda: &agenda)
        }
    }

    /// A worker has its lock.
    private mutating func hold(_ worker: WorkerID, turn: UInt32, agenda: inout Agenda<Message>) {
        self[worker].phase = .holding
        self[worker].turn = turn
        locks[self[worker].lock].newest = max(locks[self[worker].lock].newest, turn)
        agenda.cancel(self[worker].patience)
        books.waiting.add(-1, at: agenda.now)
        books.acquired.add(at: agenda.now)
        books.wait.record(agenda.now - self[worker].wanted)
        news.append(.granted(worker))
    }

    /// An answer reaches a worker, unless it came over a connection that is gone.
    private mutating func hear(_ request: Request, agenda: inout Agenda<Message>) {
        guard let worker = request.worker, self[worker].connection == request.connection else { return }
        self[worker].heard = agenda.now
        let isAnswer = request.errand != .ping && request.serial == self[worker].serial
        if isAnswer { self[worker].errand = nil }
        if case .expired = request.verdict {
            if self[worker].session == request.session { loseSession(worker, agenda: &agenda) }
        } else if isAnswer {
            goOn(worker, after: request, agenda: &agenda)
        }
    }

    /// A worker takes the next step after an answer.
    private mutating func goOn(_ worker: WorkerID, after request: Request, agenda: inout Agenda<Message>) {
        if case .owner = request.verdict { self[worker].hasNode = true }
        if request.errand == .delete { self[worker].hasNode = false }
        switch (self[worker].phase, request.errand, request.verdict) {
        case (.leaving, _, _): goOnLeaving(worker, agenda: &agenda)
        case (.acquiring, _, .owner(let turn)): hold(worker, turn: turn, agenda: &agenda)
        case (.acquiring, .open, _): create(worker, agenda: &agenda)
        case (.acquiring, .create, .done): ask(.list, worker, agenda: &agenda)
        case (.acquiring, .create, .behind), (.acquiring, .list, .behind):
            if case .behind(let other) = request.verdict { self[worker].target = other }
            ask(.watch, worker, agenda: &agenda)
        case (.acquiring, .watch, .gone): lookAgain(worker, agenda: &agenda)
        default: break
        }
    }

    /// A worker looks whether the lock is its own now.
    private mutating func lookAgain(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        ask(lockPlan.recipe == .queue ? .list : .create, worker, agenda: &agenda)
    }

    /// A worker hears that what it watched is gone.
    private mutating func hearOfChange(_ worker: WorkerID, serial: UInt32, agenda: inout Agenda<Message>) {
        guard self[worker].serial == serial, self[worker].phase == .acquiring, self[worker].isConnected else { return }
        self[worker].heard = agenda.now
        lookAgain(worker, agenda: &agenda)
    }

    /// A worker learns that its session is over, and with it all that it had; one that works goes on working.
    private mutating func loseSession(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        self[worker].session = nil
        self[worker].errand = nil
        self[worker].hasNode = false
        // A new session takes a new connection.
        hangUp(worker)
        agenda.cancel(self[worker].clock)
        switch self[worker].phase {
        case .acquiring: begin(worker, agenda: &agenda)
        case .leaving: lineUp(worker, agenda: &agenda)
        case .idle, .holding: break
        }
    }
}

// Connections.
extension Coordination {
    /// A worker asks the ensemble; without a connection, when it has one.
    private mutating func ask(_ errand: Errand, _ worker: WorkerID, agenda: inout Agenda<Message>) {
        self[worker].serial &+= 1
        self[worker].errand = errand
        if self[worker].isConnected {
            send(errand, worker, agenda: &agenda)
        } else if !agenda.isArmed(self[worker].clock) {
            connect(worker, agenda: &agenda)
        }
    }

    private mutating func send(_ errand: Errand, _ worker: WorkerID, agenda: inout Agenda<Message>) {
        let client = self[worker]
        guard let session = client.session else { return }
        var request = Request(
            errand, of: session, by: worker, server: client.server, connection: client.connection,
            serial: client.serial)
        request.lock = client.lock
        request.target = client.target
        self[worker].sent = agenda.now
        ensemble.send(request, agenda: &agenda)
    }

    /// A worker connects to the next server that is there, and says what it has to say; if there is none, it tries
    /// again.
    private mutating func connect(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        guard let server = ensemble.server(from: self[worker].server) else {
            return awaitReconnection(of: worker, agenda: &agenda)
        }
        self[worker].server = server
        self[worker].isConnected = true
        self[worker].connection &+= 1
        self[worker].heard = agenda.now
        if let errand = self[worker].errand {
            send(errand, worker, agenda: &agenda)
        } else if self[worker].phase == .acquiring {
            lookAgain(worker, agenda: &agenda)
        } else {
            send(.ping, worker, agenda: &agenda)
        }
        wind(worker, agenda: &agenda)
    }

    /// A worker's connection is gone: it looks for another server.
    private mutating func disconnect(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        hangUp(worker)
        self[worker].server = (self[worker].server + 1) % plan.servers
        if self[worker].session != nil { awaitReconnection(of: worker, agenda: &agenda) }
    }

    /// What is on its way over a worker's connection is lost.
    private mutating func hangUp(_ worker: WorkerID) {
        self[worker].isConnected = false
        self[worker].connection &+= 1
    }

    /// The ensemble hangs up on the worker of a session that is over; the worker learns why when it connects again.
    mutating func hangUp(on session: SessionID, agenda: inout Agenda<Message>) {
        let worker = sessions[session].worker
        if self[worker].session == session && self[worker].isConnected { disconnect(worker, agenda: &agenda) }
    }

    /// Source: ZooKeeper, `ClientCnxn.SendThread`, which waits up to a second before it connects again.
    private mutating func awaitReconnection(of worker: WorkerID, agenda: inout Agenda<Message>) {
        let wait = Duration(nanoseconds: 1 + Int64(reconnections.unit() * 1e9))
        agenda.arm(self[worker].clock, .coordination(.clock(worker)), after: wait)
    }

    /// A worker's clock rings: it is time to connect, to give a server up, or for a ping.
    private mutating func look(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        guard self[worker].session != nil else { return }
        guard self[worker].isConnected else { return connect(worker, agenda: &agenda) }
        if agenda.now - self[worker].heard >= plan.readTimeout { return disconnect(worker, agenda: &agenda) }
        if agenda.now - self[worker].sent >= plan.pingAfter { send(.ping, worker, agenda: &agenda) }
        wind(worker, agenda: &agenda)
    }

    private mutating func wind(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        let next = min(self[worker].sent + plan.pingAfter, self[worker].heard + plan.readTimeout)
        let wait = max(next - agenda.now, Duration(nanoseconds: 1))
        agenda.arm(self[worker].clock, .coordination(.clock(worker)), after: wait)
    }

    /// Servers may be gone: whoever was connected to one of them is not any more.
    private mutating func breakConnections(agenda: inout Agenda<Message>) {
        for number in clients.indices where clients[number].isConnected && !ensemble.serves(clients[number].server) {
            disconnect(WorkerID(number: UInt32(number)), agenda: &agenda)
        }
    }

    /// So many servers are lost.
    mutating func loseServers(_ count: Int, withLeader: Bool, agenda: inout Agenda<Message>) {
        ensemble.lose(count, withLeader: withLeader, agenda: &agenda)
        breakConnections(agenda: &agenda)
    }

    /// They are back.
    mutating func recoverServers(_ count: Int, withLeader: Bool, agenda: inout Agenda<Message>) {
        ensemble.recover(count, withLeader: withLeader, agenda: &agenda)
    }

    subscript(worker: WorkerID) -> LockClient {
        _read { yield clients[Int(worker.number)] }
        _modify { yield &clients[Int(worker.number)] }
    }
}

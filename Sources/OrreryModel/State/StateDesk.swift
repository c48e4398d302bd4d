import OrreryKernel

/// The state at work: what workers read before they work on an item, and write when they have.
///
/// A worker is busy all the time, also while it waits for an answer or backs off. What one that crashed had asked, or
/// was to be told, is lost with its connection; what it has written stays written.
struct StateDesk: Sendable {
    private let plan: StatePlan
    private let keys: StateKeys
    private var model: any StateModel
    private let backoff: any RetryPolicy
    private var port: StatePort
    private var latencies: RandomStream
    private var pauses: RandomStream
    /// The random numbers of the others, by key; empty if there are none.
    private var others: ContiguousArray<RandomStream>
    /// What each worker is at, by its number; of use as long as it is at it.
    private var sessions: ContiguousArray<StateSession> = []
    /// The newest version of each key that was acknowledged to a worker.
    private var acknowledged: ContiguousArray<UInt32>
    /// By how much the clocks of so many workers, from the first on, are ahead.
    private var skews: ContiguousArray<(count: Int, lead: Duration)> = []
    /// What was counted.
    private(set) var books: StateBooks

    /// The state of a network, for a run with a seed.
    init(_ plan: StatePlan, of network: NetworkPlan, seed: UInt64) {
        self.plan = plan
        let keys = StateKeys(plan.keys, of: network)
        self.keys = keys
        model = plan.model.make()
        model.open(keys: keys.count)
        backoff = plan.backoff.make()
        port = StatePort(random: RandomStream(seed: seed, entity: "state", purpose: "replicas"))
        latencies = RandomStream(seed: seed, entity: "state", purpose: "latency")
        pauses = RandomStream(seed: seed, entity: "state", purpose: "back-off")
        others = ContiguousArray(
            (0..<(plan.others == nil ? 0 : keys.count)).map {
                RandomStream(seed: seed, entity: "state/\($0)", purpose: "others")
            })
        acknowledged = ContiguousArray(repeating: 0, count: keys.count)
        books = StateBooks(duration: network.duration)
    }

    /// Others begin to write.
    mutating func start(agenda: inout Agenda<Message>) {
        for key in others.indices { awaitOthers(at: key, agenda: &agenda) }
    }

    /// The warm-up is over.
    mutating func restart() { books.restart() }

    /// Something happens; says which worker is done with its copy, if that is what happens.
    mutating func handle(
        _ event: Message.StateEvent, _ workers: inout WorkerPool, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) -> WorkDone? {
        switch event {
        case .worker(let worker, let shift, let step):
            guard workers.isAt(worker, shift) else { return nil }
            return take(step, worker, &workers, ledger: &ledger, agenda: &agenda)
        case .probed(let worker, let shift, let replica):
            guard workers.isAt(worker, shift) else { return nil }
            let session = sessions[worker.index]
            sessions[worker.index].version = max(
                session.version, model.version(of: session.key, at: Int(replica)))
        case .replicated(let place, let version): model.arrive(version, at: place)
        case .othersWrite(let key):
            port.clock = agenda.now
            model.overwrite(Int(key), port: &port)
            dispatch(agenda: &agenda)
            awaitOthers(at: Int(key), agenda: &agenda)
        }
        return nil
    }

    /// An operator writes what the item of a copy was to change.
    mutating func reconcile(_ copy: Copy, ledger: Ledger, agenda: inout Agenda<Message>) {
        port.clock = agenda.now
        model.overwrite(keys.key(of: ledger.items[copy.item]), port: &port)
        dispatch(agenda: &agenda)
    }

    /// The clocks of the first workers are so much further ahead from now on.
    mutating func skewClocks(of count: Int, by lead: Duration) { skews.append((count, lead)) }

    /// They no longer are.
    mutating func rightClocks(of count: Int, by lead: Duration) {
        if let place = skews.firstIndex(where: { $0 == (count, lead) }) { skews.remove(at: place) }
    }

    private func clock(of worker: WorkerID, at now: Instant) -> Instant {
        skews.reduce(now) { $1.count > worker.index ? $0 + $1.lead : $0 }
    }

    /// A worker is done with the work itself, and writes.
    mutating func hearWorked(_ visitor: StateVisitor, agenda: inout Agenda<Message>) {
        travel(.writes, visitor, agenda: &agenda)
    }

    private mutating func take(
        _ step: Message.StateStep, _ worker: WorkerID, _ workers: inout WorkerPool, ledger: inout Ledger,
        agenda: inout Agenda<Message>
    ) -> WorkDone? {
        let visitor = workers.visitor(worker)
        switch step {
        case .begins:
            begin(visitor, ledger: ledger)
            guard let version = model.remembered(sessions[worker.index].key, by: visitor.holder) else {
                travel(.reads, visitor, agenda: &agenda)
                return nil
            }
            sessions[worker.index].version = version
            return work(visitor, &workers, ledger: ledger, agenda: &agenda)
        case .reads: read(visitor, agenda: &agenda)
        case .answered:
            let session = sessions[worker.index]
            if session.version < session.acknowledged { books.staleReads.add() }
            return work(visitor, &workers, ledger: ledger, agenda: &agenda)
        case .writes: write(visitor, ledger: &ledger, agenda: &agenda)
        case .settled: return settle(visitor, agenda: &agenda)
        }
        return nil
    }

    private mutating func begin(_ visitor: StateVisitor, ledger: Ledger) {
        let session = StateSession(key: keys.key(of: ledger.items[visitor.copy.item]))
        while sessions.count <= visitor.worker.index { sessions.append(session) }
        sessions[visitor.worker.index] = session
    }

    /// A worker knows the state, and works on its item; on what is in the log already, it need not.
    private mutating func work(
        _ visitor: StateVisitor, _ workers: inout WorkerPool, ledger: Ledger, agenda: inout Agenda<Message>
    ) -> WorkDone? {
        if model.recognisesRepeats && ledger.isApplied(visitor.copy) {
            books.recognised.add()
            books.finished.add()
            return WorkDone(worker: visitor.worker)
        }
        sessions[visitor.worker.index].attempts += 1
        books.attempts.add()
        workers.work(visitor.worker, ledger: ledger, agenda: &agenda)
        return nil
    }

    private mutating func read(_ visitor: StateVisitor, agenda: inout Agenda<Message>) {
        let number = visitor.worker.index
        books.reads.add(at: agenda.now)
        let answer = model.read(sessions[number].key, by: visitor.holder, port: &port)
        books.replayed.add(Int64(answer.replayed))
        sessions[number].version = answer.version
        sessions[number].acknowledged = acknowledged[sessions[number].key]
        dispatch(for: visitor, agenda: &agenda)
        travel(.answered, visitor, after: answer.delay, agenda: &agenda)
    }

    private mutating func write(_ visitor: StateVisitor, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        let number = visitor.worker.index
        books.writes.add(at: agenda.now)
        let session = sessions[number]
        port.clock = clock(of: visitor.worker, at: agenda.now)
        let verdict = model.write(session.key, over: session.version, by: visitor.holder, port: &port)
        if verdict.version == nil {
            books.conflicts.add(at: agenda.now)
        } else if ledger.apply(visitor.copy) {
            books.writtenTwice.add()
        }
        if verdict.losesUpdates { books.lostUpdates.add() }
        sessions[number].written = verdict.version
        dispatch(agenda: &agenda)
        travel(.settled, visitor, after: verdict.delay, agenda: &agenda)
    }

    /// A worker hears what became of its write.
    private mutating func settle(_ visitor: StateVisitor, agenda: inout Agenda<Message>) -> WorkDone? {
        let session = sessions[visitor.worker.index]
        if let written = session.written {
            acknowledged[session.key] = max(acknowledged[session.key], written)
            books.finished.add()
            return WorkDone(worker: visitor.worker)
        }
        guard session.attempts < plan.attempts,
            let pause = backoff.delay(afterAttempt: session.attempts, previous: session.pause, using: &pauses)
        else {
            books.finished.add()
            books.givenUp.add()
            return WorkDone(worker: visitor.worker, isConflicted: true)
        }
        sessions[visitor.worker.index].pause = pause
        travel(.reads, visitor, after: pause, agenda: &agenda)
        return nil
    }

    /// A message between a worker and the state; it leaves after a delay.
    private mutating func travel(
        _ step: Message.StateStep, _ visitor: StateVisitor, after delay: Duration = .zero,
        agenda: inout Agenda<Message>
    ) {
        agenda.schedule(
            .state(.worker(visitor.worker, shift: visitor.shift, step)),
            after: delay + plan.latency.duration(using: &latencies))
    }

    /// What the model sent to its replicas is on its way; reads are those of a worker.
    private mutating func dispatch(for reader: StateVisitor? = nil, agenda: inout Agenda<Message>) {
        for (content, delay) in port.parcels {
            switch (content, reader) {
            case (.version(let version, let place), _):
                agenda.schedule(.state(.replicated(place: place, version: version)), after: delay)
            case (.read(let replica), let reader?):
                agenda.schedule(
                    .state(.probed(reader.worker, shift: reader.shift, replica: replica)), after: delay)
            case (.read, nil): violation("replicas are read for nobody")
            }
        }
        port.parcels.removeAll(keepingCapacity: true)
    }

    private mutating func awaitOthers(at key: Int, agenda: inout Agenda<Message>) {
        guard let gap = plan.others?.duration(using: &others[key]) else { return }
        agenda.schedule(.state(.othersWrite(key: UInt32(key))), after: gap)
    }
}

/// A worker is done with its copy, as far as the state is concerned.
struct WorkDone: BitwiseCopyable, Sendable {
    let worker: WorkerID
    /// Whether it could not write what it made, because of conflicts.
    var isConflicted = false
}

/// A worker at an item, as the state sees it.
struct StateVisitor: BitwiseCopyable, Sendable {
    /// The worker, between two crashes.
    let holder: StateHolder
    /// Which of its works it is.
    let shift: UInt32
    /// The item's copy.
    let copy: Copy

    var worker: WorkerID { holder.worker }
}

/// A worker's dealings with the state for one item.
private struct StateSession: BitwiseCopyable, Sendable {
    /// What it changes.
    let key: Int
    /// The version that it has read.
    var version: UInt32 = 0
    /// The newest version that had been acknowledged to anybody when it read.
    var acknowledged: UInt32 = 0
    /// The version that it wrote last; nil if that conflicted.
    var written: UInt32?
    /// How often it has worked on the item.
    var attempts = 0
    /// How long it backed off last.
    var pause = Duration.zero
}

import OrreryKernel

/// Equal workers: each gets copies from the broker, works on one at a time, hands it to the store, and answers.
///
/// ```
///   broker ─ half a round trip ─► buffer ─► service ─► store
///      ▲                                       │
///      └────────── half a round trip ◄── done, or handed back
/// ```
///
/// Work on a copy that the broker has taken back, or whose item was delivered meanwhile, goes on: the worker does not
/// know. That burns capacity, and is what keeps an overload going.
///
/// An autoscaler may start and stop workers: see `WorkerPool+Scaling.swift`.
struct WorkerPool: Sendable {
    let plan: WorkerPoolPlan
    private var stream: RandomStream
    private var failures: RandomStream
    /// By number; the numbers of workers that are gone are used again.
    var workers: ContiguousArray<Worker>
    /// How many replicas there are of each sort.
    var tally: ReplicaTally
    /// Whether a worker that goes works off first what it has.
    let worksOffBuffers: Bool
    /// Whether work on an item begins with reading the state that it changes.
    let changesState: Bool
    /// Answers on their way to the broker, in order: the delay is the same for all.
    private var answers = Line<Answer>()
    /// Workers that work on something, whether it is of use or not.
    private(set) var busy: LevelSeries
    /// How long workers worked since the warm-up on what turned out to have been delivered meanwhile.
    private(set) var wasted = Duration.zero
    private var observedSince = Instant.start
    /// How many faults keep all workers down.
    private(set) var haltCount = 0
    /// How often a worker crashed.
    private(set) var crashes: CounterSeries
    /// Workers that crashed and are not there again.
    private(set) var crashed: LevelSeries
    /// What workers have to say to the coordination service.
    var lockCalls: ContiguousArray<LockCall> = []

    /// How long a worker takes to connect again when the broker has closed its connection.
    ///
    /// Source: the reconnection wait of NATS clients, 2 s.
    static let reconnectionTime = Duration.seconds(2)

    /// A pool whose workers are all idle, for a run of this length.
    init(
        plan: WorkerPoolPlan, worksOffBuffers: Bool = false, changesState: Bool = false, stream: RandomStream,
        failures: RandomStream, duration: Duration
    ) {
        busy = LedgerSeries.level(over: duration)
        crashed = busy
        crashes = LedgerSeries.counter(over: duration)
        self.plan = plan
        self.stream = stream
        self.failures = failures
        self.worksOffBuffers = worksOffBuffers
        self.changesState = changesState
        workers = ContiguousArray(repeating: Worker(), count: plan.count)
        tally = ReplicaTally(started: plan.count, present: plan.count, ready: plan.count)
    }

    /// The copies in buffers and in service, apart from those that were taken back.
    var buffered: [Copy] { workers.flatMap(\.buffer.elements) }
    var served: [Copy] { workers.filter { !$0.isTakenBack && !$0.isWaiting }.compactMap(\.serving) }

    /// Every worker joins, and may crash one day.
    mutating func start(agenda: inout Agenda<Message>) {
        for number in workers.indices {
            let worker = WorkerID(number: UInt32(number))
            agenda.schedule(.broker(.joined(worker)))
            workers[number].mayCrash = true
            awaitCrash(of: worker, agenda: &agenda)
        }
    }

    /// The warm-up is over.
    mutating func restart(at now: Instant) {
        busy.restart(at: now)
        wasted = .zero
        observedSince = now
        crashes.restart()
    }

    /// The run is over.
    mutating func close(at end: Instant) {
        busy.close(at: end)
        crashed.close(at: end)
    }

    /// A worker connects to the broker; false if it is down or going, or connected already.
    mutating func connect(_ worker: WorkerID) -> Bool {
        guard workers[worker].isUp && workers[worker].phase == .active && !isConnected(worker) else { return false }
        workers[worker].isConnected = true
        return true
    }

    /// Whether the broker counts a worker as connected.
    func isConnected(_ worker: WorkerID) -> Bool { workers[worker].isConnected }

    /// The broker learns that a worker's connection is gone; false if the broker itself had closed it before.
    mutating func hangUp(_ worker: WorkerID) -> Bool {
        workers[worker].departures -= 1
        defer { workers[worker].isConnected = false }
        return workers[worker].isConnected
    }

    /// The broker has closed a worker's connection; the worker connects again.
    mutating func disconnect(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        workers[worker].isConnected = false
        agenda.schedule(.broker(.joined(worker)), after: WorkerPool.reconnectionTime)
    }

    /// A copy arrives at a worker.
    mutating func receive(_ copy: Copy, _ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        if mayBegin(worker) && workers[worker].serving == nil && workers[worker].buffer.isEmpty {
            serve(copy, worker, ledger: &ledger, agenda: &agenda)
        } else {
            ledger.move(copy, to: .workerWait, at: agenda.now)
            workers[worker].buffer.append(copy)
        }
    }

    /// A worker is done with its copy.
    ///
    /// What it could not write because of conflicts does not go to the store: it is the result that is returned.
    mutating func finish(
        _ worker: WorkerID, isConflicted: Bool = false, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) -> Copy? {
        guard let copy = workers[worker].serving, let task = workers[worker].task else {
            violation("worker \(worker.number) is done with nothing")
        }
        if ledger.isDelivered(copy) { wasted += agenda.now - max(workers[worker].began, observedSince) }
        let isTakenBack = workers[worker].isTakenBack
        stop(worker, at: agenda.now)
        var unwritten: Copy?
        switch (ledger.isPoison(copy), isTakenBack) {
        case (false, _):
            let result = ledger.makeResult(of: copy, isTakenBack: isTakenBack)
            if isConflicted { unwritten = result } else { agenda.schedule(.copy(result, .reachedStore)) }
            answer(
                isTakenBack ? .acknowledgedLate(task, by: worker) : .acknowledged(task, by: worker), worker,
                agenda: &agenda)
        case (true, false):
            ledger.move(copy, to: .propagation, at: agenda.now)
            answer(.rejected(task, by: worker), worker, agenda: &agenda)
        case (true, true): ledger.drop(copy, because: .deadLettered, at: agenda.now)
        }
        goOn(worker, ledger: &ledger, agenda: &agenda)
        return unwritten
    }

    /// A worker that has nothing begins with the next copy, or goes if it is to.
    mutating func goOn(_ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        serveNext(worker, ledger: &ledger, agenda: &agenda)
        if workers[worker].isReleased { departIfDone(worker, agenda: &agenda) }
    }

    /// The next answer that arrives at the broker; nil if the broker has heard it before.
    mutating func nextAnswer() -> BrokerInput? {
        guard let answer = answers.removeFirst() else { violation("an answer arrived that nobody gave") }
        return answer.input
    }

    /// The next answer of one worker that is on its way, and then is not any more; nil if there is none.
    mutating func takeAnswer(of worker: WorkerID) -> BrokerInput? {
        for place in 0..<answers.count where answers[place].worker == worker {
            guard let input = answers[place].input else { continue }
            answers[place].input = nil
            return input
        }
        return nil
    }

    /// The broker has taken a copy back that a worker had.
    ///
    /// A worker that works on it goes on with another copy, and its word on it comes late; false if it does not.
    mutating func giveUp(_ copy: Copy, _ worker: WorkerID, for other: Copy) -> Bool {
        if workers[worker].buffer.removeAll(where: { $0 == copy }) { return false }
        if workers[worker].task == copy && !workers[worker].isTakenBack {
            workers[worker].goOn(with: other)
            return true
        }
        for place in 0..<answers.count {
            if answers[place].input == .acknowledged(copy, by: worker) {
                answers[place].input = .acknowledgedLate(copy, by: worker)
                return false
            }
            if answers[place].input == .rejected(copy, by: worker) {
                answers[place].input = nil
                return false
            }
        }
        violation("\(copy) was taken back from worker \(worker.number), which has not got it")
    }

    /// A worker crashes.
    mutating func crash(_ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        guard let outage = plan.failures else { violation("a worker crashed that never does") }
        guard workers[worker].isThere else { return awaitCrash(of: worker, agenda: &agenda) }
        crashes.add(at: agenda.now)
        crashed.add(+1, at: agenda.now)
        workers[worker].isHealthy = false
        if haltCount == 0 { fall(worker, ledger: &ledger, agenda: &agenda) }
        let time = max(outage.down.duration(using: &failures), plan.roundTrip)
        agenda.schedule(.workers(.restarted(worker)), after: time)
    }

    /// A worker that crashed is there again.
    mutating func restart(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        crashed.add(-1, at: agenda.now)
        workers[worker].isHealthy = true
        if haltCount == 0 && workers[worker].phase == .active { rise(worker, agenda: &agenda) }
        awaitCrash(of: worker, agenda: &agenda)
    }

    /// All workers go down.
    mutating func halt(ledger: inout Ledger, agenda: inout Agenda<Message>) {
        haltCount += 1
        guard haltCount == 1 else { return }
        for worker in healthyWorkers { fall(worker, ledger: &ledger, agenda: &agenda) }
    }

    /// One reason less for all workers to be down.
    mutating func resume(agenda: inout Agenda<Message>) {
        haltCount -= 1
        guard haltCount == 0 else { return }
        for worker in healthyWorkers { rise(worker, agenda: &agenda) }
    }

    private var healthyWorkers: [WorkerID] {
        workers.indices.filter { workers[$0].isHealthy && workers[$0].isThere }.map { WorkerID(number: UInt32($0)) }
    }

    /// A worker goes down; the broker learns of it half a round trip later, after the answers that it gave before.
    private mutating func fall(_ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        goDown(worker, agenda: &agenda)
        callLocks(.crashed(worker))
        if let copy = workers[worker].serving {
            if workers[worker].isTakenBack {
                ledger.drop(copy, because: .crashed, at: agenda.now)
            } else {
                ledger.move(copy, to: .workerWait, at: agenda.now)
                workers[worker].buffer.prepend(copy)
            }
            stop(worker, at: agenda.now)
        }
    }

    /// A worker is up, or up again.
    mutating func rise(_ worker: WorkerID, agenda: inout Agenda<Message>) {
        change(worker, at: agenda.now) { $0.isUp = true }
        // Not before the broker has learned that it was gone.
        agenda.schedule(.broker(.joined(worker)), after: plan.halfRoundTrip)
    }

    /// What a worker that crashed had when the broker learns of it, last first.
    mutating func takeAll(from worker: WorkerID) -> [Copy] {
        let had = workers[worker].buffer.elements
        workers[worker].buffer.removeAll()
        return had.reversed()
    }

    mutating func awaitCrash(of worker: WorkerID, agenda: inout Agenda<Message>) {
        guard let outage = plan.failures else { return }
        agenda.schedule(.workers(.crashed(worker)), after: outage.up.duration(using: &failures))
    }

    private mutating func serveNext(_ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        while mayBegin(worker), let copy = workers[worker].buffer.removeFirst() {
            serve(copy, worker, ledger: &ledger, agenda: &agenda)
            if workers[worker].serving != nil { return }
        }
    }

    /// Takes a copy up, or discards it at once if it is too old to be worth the work.
    private mutating func serve(
        _ copy: Copy, _ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        if let age = plan.discardAfter, agenda.now - ledger.created(copy) > age {
            answer(.acknowledged(copy, by: worker), worker, agenda: &agenda)
            return ledger.discard(copy, because: .stale, at: agenda.now)
        }
        workers[worker].begin(copy, at: agenda.now)
        busy.add(+1, at: agenda.now)
        if plan.lock != nil {
            awaitLock(worker, ledger: &ledger, at: agenda.now)
        } else {
            begin(worker, ledger: &ledger, agenda: &agenda)
        }
    }

    /// A worker that has the lock that it needs, if any, turns to its copy.
    mutating func begin(_ worker: WorkerID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        ledger.move(copy(of: worker), to: .service, at: agenda.now)
        if changesState {
            agenda.schedule(.state(.worker(worker, shift: workers[worker].shift, .begins)))
        } else {
            work(worker, ledger: ledger, agenda: &agenda)
        }
    }

    /// A worker that has all that it needs works on its copy, for its service time.
    mutating func work(_ worker: WorkerID, ledger: Ledger, agenda: inout Agenda<Message>) {
        let size = ledger.size(of: copy(of: worker).item)
        agenda.schedule(
            .workers(.served(worker, shift: workers[worker].shift)),
            after: serviceTime(for: size, isSlow: agenda.now < workers[worker].slowUntil))
    }

    /// Whether a worker is still at the work of this number.
    func isAt(_ worker: WorkerID, _ shift: UInt32) -> Bool {
        workers[worker].shift == shift && workers[worker].serving != nil
    }

    /// Whether a worker is still at this work, and has made something that it can write.
    func mayWrite(_ worker: WorkerID, _ shift: UInt32, _ ledger: Ledger) -> Bool {
        isAt(worker, shift) && !ledger.isPoison(copy(of: worker))
    }

    /// What a worker works on.
    func copy(of worker: WorkerID) -> Copy {
        guard let copy = workers[worker].serving else { violation("worker \(worker.number) works on nothing") }
        return copy
    }

    /// A worker as the state sees it.
    func visitor(_ worker: WorkerID) -> StateVisitor {
        StateVisitor(
            holder: StateHolder(worker: worker, life: workers[worker].life), shift: workers[worker].shift,
            copy: copy(of: worker))
    }

    mutating func stop(_ worker: WorkerID, at now: Instant) {
        workers[worker].stop(at: now)
        busy.add(-1, at: now)
    }

    mutating func answer(_ input: BrokerInput, _ worker: WorkerID, agenda: inout Agenda<Message>) {
        answers.append(Answer(input: input, worker: worker))
        agenda.schedule(.broker(.answered), after: plan.halfRoundTrip)
    }

    private mutating func serviceTime(for size: ByteCount, isSlow: Bool) -> Duration {
        let base = plan.service.duration(using: &stream)
        let time = plan.throughput.map { min(.limit, base + $0.time(for: size)) } ?? base
        guard isSlow, let factor = plan.autoscaler?.slowStartFactor else { return time }
        return Duration(seconds: time.seconds * factor)
    }
}

/// A worker's word on a copy, on its way.
private struct Answer: BitwiseCopyable, Sendable {
    /// What the broker will hear; nil if it has heard it already.
    var input: BrokerInput?
    let worker: WorkerID
}

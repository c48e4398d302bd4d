import OrreryKernel

/// The broker at work: feeds it what happens, and does in the network what it says.
///
/// Deliveries take half a round trip to the workers, all the same, so that they arrive in the order in which they left.
struct BrokerDesk: Sendable {
    private var broker: any Broker
    private var port: BrokerPort
    /// Rings when the broker wants to be woken.
    private let timer: Timer
    /// For when the timer was armed last.
    private var armedFor = Instant.start
    /// How long a copy travels to a worker.
    private let delay: Duration
    /// What waits because the broker does not listen.
    private var door = Line<Copy>()
    private var isDoorOpen = true
    /// How many faults keep everybody from reaching the broker.
    private var outageCount = 0
    /// How many copies wait in the broker, over time.
    private(set) var depthOverTime: LevelSeries
    /// Copies on their way to workers; no copy where the worker is gone.
    private var deliveries = Line<Transit>()
    /// What the broker took back from workers, that they had, since the network last asked.
    ///
    /// The other copy is what the worker may go on with.
    private(set) var reclaimed: ContiguousArray<(copy: Copy, other: Copy, worker: WorkerID)> = []
    /// Whose connections the broker closed since the network last asked.
    private(set) var disconnected: ContiguousArray<WorkerID> = []

    /// A desk before a broker, a delay from its workers, for a run of this length.
    init(_ broker: any Broker, port: BrokerPort, delay: Duration, timer: Timer, duration: Duration) {
        depthOverTime = LedgerSeries.level(over: duration)
        self.broker = broker
        self.port = port
        self.delay = delay
        self.timer = timer
    }

    /// How many copies wait in the broker.
    var depth: Int { broker.depth }

    /// The copies that wait in each partition of the broker; none if it has one queue.
    var partitionDepths: [Int] { broker.partitionDepths }

    /// The copies that wait in the broker.
    var held: [Copy] { broker.held }

    /// The copies that wait at the door.
    var atDoor: [Copy] { door.elements }

    /// The copies that are on their way to a worker.
    var underWay: [Copy] { deliveries.elements.compactMap(\.copy) }

    /// A copy arrives.
    mutating func receive(_ copy: Copy, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        if outageCount > 0 {
            act(.refuse(copy, .unreachable), ledger: &ledger, agenda: &agenda)
        } else if isDoorOpen && door.isEmpty {
            feed(.published(ledger.publication(of: copy)), ledger: &ledger, agenda: &agenda)
        } else {
            ledger.move(copy, to: .doorWait, at: agenda.now)
            door.append(copy)
        }
    }

    /// From now on nobody reaches the broker.
    mutating func disappear() { outageCount += 1 }

    /// One reason less not to reach the broker.
    mutating func reappear() { outageCount -= 1 }

    /// Something happens to the broker; afterwards it may listen to what waits at its door.
    mutating func feed(_ input: BrokerInput, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        pass(input, ledger: &ledger, agenda: &agenda)
        while isDoorOpen, let copy = door.removeFirst() {
            pass(.published(ledger.publication(of: copy)), ledger: &ledger, agenda: &agenda)
        }
        let depth = broker.depth
        let noted = depthOverTime.gauge.level
        if depth != noted { depthOverTime.add(depth - noted, at: agenda.now) }
        if let time = port.wakeTime, !agenda.isArmed(timer) || time < armedFor {
            armedFor = time
            agenda.arm(timer, .broker(.woken), after: max(.zero, time - agenda.now))
        }
    }

    /// The warm-up is over.
    mutating func restart(at now: Instant) { depthOverTime.restart(at: now) }

    /// The run is over.
    mutating func close(at end: Instant) { depthOverTime.close(at: end) }

    /// The time for which the broker asked has come.
    mutating func wake(ledger: inout Ledger, agenda: inout Agenda<Message>) {
        port.wakeTime = nil
        feed(.woken, ledger: &ledger, agenda: &agenda)
    }

    /// The next copy that arrives at a worker; nil if the worker is gone since it was sent.
    mutating func nextDelivery() -> (copy: Copy, worker: WorkerID)? {
        guard let delivery = deliveries.removeFirst() else { violation("a copy arrived that nobody sent") }
        return delivery.copy.map { ($0, delivery.worker) }
    }

    /// Takes back what is on its way to a worker, last sent first: all of it, or one copy.
    mutating func takeBack(from worker: WorkerID, only copy: Copy? = nil) -> [Copy] {
        var taken: [Copy] = []
        for place in 0..<deliveries.count where deliveries[place].worker == worker {
            guard let found = deliveries[place].copy, copy == nil || copy == found else { continue }
            taken.append(found)
            deliveries[place].copy = nil
        }
        return taken.reversed()
    }

    /// Forgets what was taken back and closed; the network has seen to it.
    mutating func settle() {
        reclaimed.removeAll(keepingCapacity: true)
        disconnected.removeAll(keepingCapacity: true)
    }

    private mutating func pass(_ input: BrokerInput, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        port.now = agenda.now
        broker.handle(input, port: &port)
        for index in port.actions.indices { act(port.actions[index], ledger: &ledger, agenda: &agenda) }
        port.actions.removeAll(keepingCapacity: true)
    }

    private mutating func act(_ action: BrokerAction, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        switch action {
        case .hold(let copy): ledger.move(copy, to: .brokerWait, at: agenda.now)
        case .confirm(let copy):
            if ledger.isAwaited(copy) { agenda.schedule(.copy(copy, .confirmed)) }
        case .refuse(let copy, let reason): ledger.refuse(copy, because: reason, agenda: &agenda)
        case .deliver(let copy, let worker):
            if delay > .zero { ledger.move(copy, to: .workerWait, at: agenda.now) }
            deliveries.append(Transit(copy: copy, worker: worker))
            agenda.schedule(.workers(.delivered), after: delay)
        case .reclaim(let copy, let worker):
            ledger.move(copy, to: .brokerWait, at: agenda.now)
            // What has not arrived yet is taken back on the way.
            if takeBack(from: worker, only: copy).isEmpty {
                reclaimed.append((copy, ledger.fork(copy), worker))
            }
        case .drop(let copy, let reason): ledger.drop(copy, because: reason, at: agenda.now)
        case .finish(let copy):
            // Its item is with whoever was done with it, perhaps for long: at the store, or with an operator.
            ledger.move(copy, to: .propagation, at: agenda.now)
            ledger.finish(copy, at: agenda.now)
        case .disconnect(let worker): disconnected.append(worker)
        case .closeDoor: isDoorOpen = false
        case .openDoor: isDoorOpen = true
        }
    }
}

/// A copy and the worker to which it goes or went.
struct Transit: BitwiseCopyable, Sendable {
    /// The copy; nil if it was taken back on the way.
    var copy: Copy?
    /// The worker.
    let worker: WorkerID
}

import OrreryKernel

/// A stream of plain arrivals straight at the centre, from one source or from one at each node of the cluster.
///
/// Its producer sends each item on its own, as soon as it is there: items do not wait for one another.
struct Arrivals: Sendable {
    private let id: ArrivalsID
    private let group: UInt32
    private let plan: ArrivalPlan
    private let retrier: Retrier
    /// The random numbers of each source.
    private var streams: ContiguousArray<RandomStream>
    private var producer: Producer
    private var nextKey: UInt32 = 0
    /// What draws the keys; nil if they come one after the other.
    private let keyChoice: Zipf?
    private var keyStream: RandomStream

    /// A stream of the network with random numbers for each of its sources.
    init(
        id: ArrivalsID, group: UInt32, plan: ArrivalPlan, streams: ContiguousArray<RandomStream>,
        keyStream: RandomStream, producer: Producer
    ) {
        self.id = id
        self.group = group
        self.plan = plan
        self.streams = streams
        self.producer = producer
        self.keyStream = keyStream
        keyChoice = plan.skew.map { Zipf(size: plan.keys ?? 1, exponent: $0) }
        retrier = Retrier(plan.retry)
    }

    /// Waits for the first arrival from each source.
    mutating func start(agenda: inout Agenda<Message>) {
        for source in streams.indices { awaitNext(from: UInt32(source), agenda: &agenda) }
    }

    private mutating func awaitNext(from source: UInt32, agenda: inout Agenda<Message>) {
        let gap = plan.interarrival.duration(using: &streams[Int(source)])
        agenda.schedule(.arrivals(id, source: source), after: plan.swing?.stretched(gap, from: agenda.now) ?? gap)
    }

    /// An item arrives at the end of its travel, and the next one is awaited.
    mutating func arrive(from source: UInt32, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        let item = ledger.produce(
            size: plan.size, group: group, source: plan.isPerNode ? source : takeKey(), in: .propagation,
            at: agenda.now)
        if plan.poison > 0 && producer.unit() < plan.poison { ledger.poison(item) }
        launch(item, ledger: &ledger, agenda: &agenda)
        awaitNext(from: source, agenda: &agenda)
    }

    /// The producer hears of a copy, or has waited for long enough.
    mutating func handle(
        _ event: Message.CopyEvent, of copy: Copy, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        switch event {
        case .heardConfirmed where ledger.isAwaited(copy):
            producer.noteAcceptance(retrier, at: agenda.now)
            ledger.letGo(copy.item, at: agenda.now)
        case .heardRefused where ledger.isAwaited(copy):
            fail(copy, because: nil, ledger: &ledger, agenda: &agenda)
        case .timedOut where ledger.isAwaited(copy):
            ledger.loseHope(of: copy, at: agenda.now)
            fail(copy, because: .timedOut, ledger: &ledger, agenda: &agenda)
        case .backedOff where ledger.isHome(copy):
            launch(copy.item, ledger: &ledger, agenda: &agenda)
        default: break
        }
    }

    /// Sends an item, again or for the first time.
    private mutating func launch(_ item: ItemID, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        let outcome = producer.send(item, into: .propagation, retrier, ledger: &ledger, agenda: &agenda)
        guard case .sent(let copy) = outcome else { return settle(item, outcome, ledger: &ledger, at: agenda.now) }
        agenda.schedule(.copy(copy, .reachedBroker))
        if !retrier.isPatient { return ledger.letGo(item, at: agenda.now) }
        if let patience = retrier.plan.timeout { agenda.schedule(.copy(copy, .timedOut), after: patience) }
    }

    private mutating func fail(
        _ copy: Copy, because reason: LossReason?, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        let outcome = producer.takeHome(copy, because: reason, retrier, ledger: &ledger, agenda: &agenda)
        settle(copy.item, outcome, ledger: &ledger, at: agenda.now)
    }

    private func settle(_ item: ItemID, _ outcome: Producer.Outcome, ledger: inout Ledger, at now: Instant) {
        if case .givenUp(let reason) = outcome { ledger.letGo(item, because: reason, at: now) }
    }

    /// The key of the next item: drawn, or round and round over the keys of the stream.
    private mutating func takeKey() -> UInt32 {
        guard let keys = plan.keys else { return Item.noSource }
        if let keyChoice { return UInt32(keyChoice.sample(using: &keyStream)) - 1 }
        defer { nextKey = (nextKey + 1) % UInt32(keys) }
        return nextKey
    }
}

extension Arrivals {
    /// The stream of this number in a network, for a run with a seed.
    init(_ index: Int, of network: NetworkPlan, seed: UInt64) {
        let plan = network.arrivals[index]
        let entity = "arrivals/\(plan.name)"
        self.init(
            id: ArrivalsID(number: UInt32(index)), group: UInt32(network.fleet.count + index), plan: plan,
            streams: ContiguousArray(
                (0..<network.sourceCount(of: plan)).map { source in
                    RandomStream(
                        seed: seed, entity: plan.isPerNode ? "\(entity)/\(source)" : entity, purpose: "gaps")
                }),
            keyStream: RandomStream(seed: seed, entity: entity, purpose: "keys"),
            producer: Producer(random: RandomStream(seed: seed, entity: entity, purpose: "sending")))
    }
}

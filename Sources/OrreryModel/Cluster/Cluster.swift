import OrreryKernel

/// The cluster at work: nodes that take events from their producers, hand them to their owners, and work on those that
/// they own.
///
/// Everything that a node does goes through one inbox and one loop:
///
/// ```
///  producers ─► inbox ─► loop ─┬─► other nodes' inboxes: events, heartbeats, acknowledgements
///                 ▲            └─► the store: events that this node owned
///                 └─ other nodes, and the node's own timers
/// ```
///
/// So a node that has too much to do is late with its heartbeats too, and one whose inbox is full hears neither events
/// nor the heartbeats of others. A node is declared dead when most of the others miss its heartbeats; what it was to
/// work on goes to others then, and it starts again with an empty inbox once it learns of it.
struct Cluster: Sendable {
    let plan: ClusterPlan
    var nodes: ContiguousArray<ClusterNode>
    var view: ClusterView
    /// Who listens to whom, if nodes detect failures so.
    var membership: Membership?
    /// Who asks whom, if nodes detect failures so.
    var probes: Probes?
    /// How often a node sends its heartbeats, or probes another one.
    let beatInterval: Duration
    var events: EventTable
    /// Messages on their way between nodes, in order: the delay is the same for all.
    var transits = Line<NodeTransit>()
    let distribution: any EventDistribution
    /// What a node hands out at the moment.
    var handovers: ContiguousArray<Handover> = []
    /// Until when each node keeps the context of each other one.
    var contexts: ContiguousArray<Instant>
    /// When each node's loop is due to send heartbeats.
    let ticks: ContiguousArray<Timer>
    /// When each node that is away is there again.
    let restarts: ContiguousArray<Timer>
    /// How many events came in.
    var offeredCount: UInt64 = 0
    /// How many events every node is to know.
    var spreadCount: UInt64 = 0
    var services: ContiguousArray<RandomStream>
    var choices: RandomStream
    var losses: RandomStream
    var probing: RandomStream
    var lives: RandomStream
    /// What is counted.
    var books: ClusterBooks

    /// A cluster of idle nodes, for a run of this length.
    init(plan: ClusterPlan, seed: UInt64, duration: Duration, agenda: inout Agenda<Message>) {
        self.plan = plan
        let count = plan.nodes
        nodes = ContiguousArray(repeating: ClusterNode(), count: count)
        view = ClusterView(nodes: count)
        let detection = plan.detector.make()
        beatInterval = detection.interval
        switch detection {
        case .listening(let detector): membership = Membership(nodes: count, detector, agenda: &agenda)
        case .probing(let swim): probes = Probes(swim, nodes: count, agenda: &agenda)
        }
        events = EventTable(nodes: count)
        distribution = plan.distribution.make()
        contexts = ContiguousArray(repeating: .start, count: plan.cacheFor > .zero ? count * count : 0)
        ticks = ContiguousArray((0..<count).map { _ in agenda.makeTimer() })
        restarts = ContiguousArray((0..<count).map { _ in agenda.makeTimer() })
        services = ContiguousArray(
            (0..<count).map { RandomStream(seed: seed, entity: "cluster/node/\($0)", purpose: "service") })
        choices = RandomStream(seed: seed, entity: "cluster", purpose: "choices")
        losses = RandomStream(seed: seed, entity: "cluster", purpose: "losses")
        probing = RandomStream(seed: seed, entity: "cluster", purpose: "probes")
        lives = RandomStream(seed: seed, entity: "cluster", purpose: "lives")
        books = ClusterBooks(nodes: count, duration: duration)
    }

    /// Every node sends its first heartbeats, or its first probe, at an instant of its own within the first interval.
    mutating func start(agenda: inout Agenda<Message>) {
        for node in nodes.indices {
            let phase = Duration(seconds: lives.unit() * beatInterval.seconds)
            agenda.arm(ticks[node], .cluster(.tick(NodeID(node))), after: phase)
            for peer in nodes.indices where peer != node { membership?.watch(peer, by: node, agenda: &agenda) }
            awaitContextChange(of: node, agenda: &agenda)
        }
    }

    /// A producer's event arrives: at the node to which its source belongs, or at the next one that is there.
    mutating func receive(_ copy: Copy, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        let source = ledger.items[copy.item].source
        let home = source == Item.noSource ? Int(offeredCount % UInt64(nodes.count)) : Int(source) % nodes.count
        let key = plan.partitionBy == .source && source != Item.noSource ? UInt64(source) : offeredCount
        offeredCount += 1
        guard let entry = view.nearest(to: home) else {
            return ledger.refuse(copy, because: .unreachable, agenda: &agenda)
        }
        guard nodes[entry].isReachable else { return ledger.drop(copy, because: .unreachable, at: agenda.now) }
        guard nodes[entry].inbox.count < plan.inbox else {
            books.overflows.add(at: agenda.now)
            return ledger.refuse(copy, because: .inboxFull, agenda: &agenda)
        }
        let slot = events.insert(ClusterEvent(copy: copy, key: key, entry: UInt16(entry), owner: UInt16(entry)))
        refer(to: slot)
        post(.offered(slot), to: entry, ledger: &ledger, agenda: &agenda)
    }

    /// Something happens in the cluster.
    mutating func handle(_ event: Message.ClusterEvent, ledger: inout Ledger, agenda: inout Agenda<Message>) {
        switch event {
        case .arrived(let count):
            for _ in 0..<count {
                guard let transit = transits.removeFirst() else { violation("a message arrived that nobody sent") }
                if isCut(Int(transit.sender), Int(transit.node)) {
                    vanish(transit.message, ledger: &ledger, at: agenda.now)
                } else {
                    post(transit.message, to: Int(transit.node), ledger: &ledger, agenda: &agenda)
                }
            }
        case .handled(let node, let shift):
            guard nodes[node.index].shift == shift else { return }
            endTurn(of: node.index, ledger: &ledger, agenda: &agenda)
        case .tick(let node): post(.tick, to: node.index, ledger: &ledger, agenda: &agenda)
        case .silent(let observer, let peer):
            loseHeart(observer.index, in: peer.index, ledger: &ledger, agenda: &agenda)
        case .unanswered(let node): post(.unanswered, to: node.index, ledger: &ledger, agenda: &agenda)
        case .unrefuted(let node): declareDead(node.index, ledger: &ledger, agenda: &agenda)
        case .restarted(let node): comeBack(node.index, ledger: &ledger, agenda: &agenda)
        case .contextChanged(let node):
            post(.contextChanged, to: node.index, ledger: &ledger, agenda: &agenda)
            awaitContextChange(of: node.index, agenda: &agenda)
        }
    }

    /// A message reaches a node: it waits for the loop, unless nobody is there or the inbox is full.
    mutating func post(
        _ message: NodeMessage, to node: Int, ledger: inout Ledger, agenda: inout Agenda<Message>
    ) {
        guard nodes[node].isReachable else { return vanish(message, ledger: &ledger, at: agenda.now) }
        if message.isBounded && nodes[node].inbox.count >= plan.inbox {
            books.overflows.add(at: agenda.now)
            return vanish(message, ledger: &ledger, at: agenda.now)
        }
        if let slot = copyBearer(message) { ledger.move(events[slot].copy, to: .workerWait, at: agenda.now) }
        if message.isNext {
            nodes[node].inbox.prepend(message)
        } else {
            nodes[node].inbox.append(message)
        }
        books.waiting.add(+1, at: agenda.now)
        books.inboxHighest = max(books.inboxHighest, nodes[node].inbox.count)
        turn(node, ledger: &ledger, agenda: &agenda)
    }

    /// A message will arrive at another node; `launch` sends off what was sent together.
    mutating func send(_ message: NodeMessage, from sender: Int, to node: Int) {
        transits.append(NodeTransit(sender: UInt16(sender), node: UInt16(node), message: message))
    }

    /// So many messages that were sent just now leave together.
    mutating func launch(_ count: Int, agenda: inout Agenda<Message>) {
        guard count > 0 else { return }
        books.messages.add(Int64(count), at: agenda.now)
        agenda.schedule(.cluster(.arrived(count: UInt32(count))), after: plan.hop)
    }

    /// The event whose item is where the message is; nil if the message only speaks of one.
    func copyBearer(_ message: NodeMessage) -> EventSlot? {
        switch message {
        case .offered(let slot): slot
        case .work(let slot, let attempt), .ownWork(let slot, let attempt):
            events[slot].attempt == attempt && !events[slot].isSettled ? slot : nil
        default: nil
        }
    }

    /// One more speaks of an event.
    mutating func refer(to slot: EventSlot) { events[slot].references += 1 }

    /// One less speaks of an event; when nobody does any more, it is lost unless it was done.
    mutating func release(_ slot: EventSlot, ledger: inout Ledger, at now: Instant) {
        events[slot].references -= 1
        guard events[slot].references == 0 else { return }
        lose(slot, because: .crashed, ledger: &ledger, at: now)
        events.remove(slot)
    }

    /// An event is lost, unless it was done.
    mutating func lose(_ slot: EventSlot, because reason: LossReason, ledger: inout Ledger, at now: Instant) {
        if events[slot].isSettled { return }
        events[slot].isSettled = true
        ledger.drop(events[slot].copy, because: reason, at: now)
    }

    /// A message is gone that nobody has taken in.
    mutating func vanish(_ message: NodeMessage, ledger: inout Ledger, at now: Instant) {
        if let slot = copyBearer(message) { ledger.move(events[slot].copy, to: .backOff, at: now) }
        if let slot = message.event { release(slot, ledger: &ledger, at: now) }
    }

    private mutating func awaitContextChange(of node: Int, agenda: inout Agenda<Message>) {
        guard let changes = plan.contextChanges else { return }
        agenda.schedule(.cluster(.contextChanged(NodeID(node))), after: changes.duration(using: &lives))
    }

    /// The warm-up is over.
    mutating func restart(at now: Instant) { books.restart(at: now) }

    /// The run is over.
    mutating func close(at end: Instant) { books.close(at: end) }
}

// Checks of the books from outside.
extension Cluster {
    /// The copies that wait in inboxes.
    var waiting: [Copy] {
        nodes.flatMap { node in node.inbox.elements.compactMap { copyBearer($0).map { events[$0].copy } } }
    }

    /// The copies that loops are at.
    var served: [Copy] {
        nodes.compactMap { node in node.current.flatMap { copyBearer($0) }.map { events[$0].copy } }
    }

    /// Stops the run if an event is spoken of more or less often than is booked.
    func check() {
        var references: [UInt32: UInt32] = [:]
        func count(_ slot: EventSlot?) { if let slot { references[slot.number, default: 0] += 1 } }
        for transit in transits.elements { count(transit.message.event) }
        for node in nodes {
            for message in node.inbox.elements { count(message.event) }
            count(node.current?.event)
            for tending in node.tended.elements { count(tending.event) }
            invariant(node.current == nil || node.crashCount == 0, "a node that crashed is at something")
        }
        for slot in events.used {
            let (found, booked) = (references[slot.number] ?? 0, events[slot].references)
            invariant(found == booked, "an event is spoken of \(found) times and booked with \(booked)")
        }
    }
}

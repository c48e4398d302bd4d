import OrreryKernel

/// One node: a bounded inbox, and a loop that takes one message after the other out of it.
struct ClusterNode: Sendable {
    /// What waits for the loop.
    var inbox = Line<NodeMessage>()
    /// What the loop is at; nil if it waits.
    var current: NodeMessage?
    /// Goes up whenever the loop is cut short, so that the end of what it was at is known for what it is.
    var shift: UInt32 = 0
    /// How many faults keep it from running.
    var crashCount = 0
    /// How many faults keep it from going on, though it loses nothing.
    var pauseCount = 0
    /// How many faults part it from the nodes that they do not hit.
    var cutCount = 0
    /// Since when it has crashed; nil if it has not.
    var crashedAt: Instant?
    /// Whether it is away until its restart.
    var isRestarting = false
    /// By how much slower than usual its loop is.
    var slowness = 1.0
    /// When the loop will be done with what it is at.
    var end = Instant.start
    /// How much of what it is at is left while it is paused.
    var rest = Duration.zero
    /// Whether it is going from one message to the next at the moment.
    var isTurning = false
    /// How long this loop works on the event that it is at, if it does.
    var serviceTime = Duration.zero
    /// Whether the loop passes on what it is at.
    var passesOn = false
    /// How many events it knows, of those that every node is to know.
    var known: UInt64 = 0
    /// How many of them it will know once it has caught up.
    var caughtUpTo: UInt64 = 0
    /// The events that it took from producers, until it need not care for them any more: oldest handover first.
    var tended = Line<Tending>()

    /// Whether its loop runs.
    var isRunning: Bool { crashCount == 0 && pauseCount == 0 && !isRestarting }
    /// Whether messages reach it.
    var isReachable: Bool { crashCount == 0 && !isRestarting }
}

/// What a node's loop is told.
enum NodeMessage: BitwiseCopyable, Hashable, Sendable {
    /// A producer's event.
    case offered(EventSlot)
    /// An event from another node to work on.
    case work(EventSlot, attempt: UInt16)
    /// An event that the node has already, to work on.
    case ownWork(EventSlot, attempt: UInt16)
    /// An event to take note of, from the node that took it.
    case note(from: UInt16)
    /// An event to pass on.
    case passOn(EventSlot, attempt: UInt16)
    /// An event is done.
    case acknowledged(EventSlot)
    /// An event that nobody acknowledged, or whose owner is gone, to hand over once more.
    case handOver(EventSlot)
    /// Another node is there.
    case heartbeat(from: UInt16)
    /// Whether this node is there, asked for a node: by itself, or by another one that helps it.
    case ping(for: UInt16, by: UInt16)
    /// A node is there: the answer for the node that asked.
    case pong(UInt16, for: UInt16)
    /// The node that this one asked has not answered for as long as that may take.
    case unanswered
    /// To ping a node for another one, which got no answer.
    case pingRequest(UInt16, for: UInt16)
    /// This node is suspected.
    case suspected
    /// It is time to send heartbeats or a probe, and to look after events that nobody acknowledged.
    case tick
    /// The node's own context has changed.
    case contextChanged
    /// Another node's context has changed.
    case forget(UInt16)
    /// A node was declared dead: what it was to work on goes to others.
    case declaredDead(UInt16)
    /// A node is there again.
    case joined
    /// This node was declared dead.
    case expelled
    /// This node joins again.
    case rejoined

    /// Whether it takes a place in the inbox; the others come by ways that lose nothing.
    var isBounded: Bool {
        switch self {
        case .ownWork, .handOver, .tick, .contextChanged, .declaredDead, .joined, .expelled, .rejoined, .suspected,
            .unanswered:
            false
        case .offered, .work, .note, .passOn, .acknowledged, .heartbeat, .forget, .ping, .pong, .pingRequest: true
        }
    }

    /// Whether the loop comes to it before all that waits: what it has in hand, and that the others hung up on it.
    var isNext: Bool {
        switch self {
        case .ownWork, .expelled: true
        default: false
        }
    }

    /// The event of which it speaks.
    var event: EventSlot? {
        switch self {
        case .offered(let event), .work(let event, _), .ownWork(let event, _), .passOn(let event, _),
            .acknowledged(let event), .handOver(let event):
            event
        default: nil
        }
    }
}

/// An event that a node looks after.
struct Tending: BitwiseCopyable, Sendable {
    let event: EventSlot
    /// When it is handed over again, unless it was acknowledged.
    let due: Instant
}

/// A message on its way between nodes.
struct NodeTransit: BitwiseCopyable, Sendable {
    let sender: UInt16
    let node: UInt16
    let message: NodeMessage
}

/// Which event of the cluster: a place in its table, used again when nobody speaks of the event any more.
struct EventSlot: BitwiseCopyable, Hashable, Sendable {
    let number: UInt32
}

/// An event in the cluster.
struct ClusterEvent: BitwiseCopyable, Sendable {
    /// The copy of the item that it is.
    let copy: Copy
    /// By which it is assigned to an owner.
    let key: UInt64
    /// The node that took it.
    var entry: UInt16
    /// The node that was last asked to work on it; at first the one that took it.
    var owner: UInt16
    /// How often it was handed to an owner.
    var attempt: UInt16 = 0
    /// How many messages speak of it, on their way, in inboxes and in loops; and whether its entry looks after it.
    var references: UInt32 = 0
    /// Whether it was done or lost: the copy is no longer the cluster's.
    var isSettled = false
    /// Whether an owner has done it.
    var isDone = false
    /// Whether its entry knows that.
    var isAcknowledged = false
}

/// The events of a cluster, in places that are used again.
struct EventTable: Sendable {
    private var events: ContiguousArray<ClusterEvent> = []
    private var free: ContiguousArray<UInt32> = []
    /// Which nodes have heard of each event, for distributions that pass events on: a row of bits an event.
    private var heard: ContiguousArray<UInt64> = []
    private let wordsPerEvent: Int

    init(nodes: Int) {
        wordsPerEvent = (nodes + 63) / 64
    }

    subscript(slot: EventSlot) -> ClusterEvent {
        _read { yield events[Int(slot.number)] }
        _modify { yield &events[Int(slot.number)] }
    }

    /// Those of which somebody speaks; for checks.
    var used: [EventSlot] {
        let unused = Set(free)
        return events.indices.map { EventSlot(number: UInt32($0)) }.filter { !unused.contains($0.number) }
    }

    mutating func insert(_ event: ClusterEvent) -> EventSlot {
        if let number = free.popLast() {
            events[Int(number)] = event
            for word in 0..<wordsPerEvent { heard[Int(number) * wordsPerEvent + word] = 0 }
            return EventSlot(number: number)
        }
        events.append(event)
        heard.append(contentsOf: repeatElement(0, count: wordsPerEvent))
        return EventSlot(number: UInt32(events.count - 1))
    }

    /// Nobody speaks of an event any more.
    mutating func remove(_ slot: EventSlot) { free.append(slot.number) }

    /// A node hears of an event; true if that is the first time.
    mutating func hear(_ slot: EventSlot, by node: Int) -> Bool {
        let word = Int(slot.number) * wordsPerEvent + node / 64
        let bit = UInt64(1) << UInt64(node % 64)
        defer { heard[word] |= bit }
        return heard[word] & bit == 0
    }
}

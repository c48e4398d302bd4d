import OrreryKernel

/// A worker as a client of the coordination service.
struct LockClient: Sendable {
    /// How far it is with a lock.
    enum Phase: BitwiseCopyable, Sendable {
        /// It neither has one nor wants one.
        case idle
        /// It lines up.
        case acquiring
        /// It has one, as far as it knows.
        case holding
        /// It gives back what it has or may have.
        case leaving
    }

    var phase = Phase.idle
    /// Its session, as far as it knows; nil if it has none.
    var session: SessionID?
    /// The server that it is connected to, or was last.
    var server: Int
    var isConnected = false
    /// Goes up with every connection, so that what comes over an older one is known for what it is.
    var connection: UInt32 = 0
    /// Goes up with all that it asks, besides pings.
    var serial: UInt32 = 0
    /// What it waits to hear of; nil if nothing.
    var errand: Errand?
    /// The session whose node it waits for, in a queue.
    var target: SessionID?
    /// Whether it may have a node.
    var hasNode = false
    /// When it sent something the last time, and when it heard something.
    var sent = Instant.start
    var heard = Instant.start
    /// The lock that it wants or has.
    var lock = LockID(number: 0)
    /// The lock that it wants next, when it has given this one back.
    var next: LockID?
    /// Since when it wants one.
    var wanted = Instant.start
    /// The number of its turn, when it has the lock.
    var turn: UInt32 = 0
    /// Rings when it is time for a ping, or for another server.
    let clock: Timer
    /// Rings when it has waited for long enough.
    let patience: Timer

    /// Whether it waits for a lock.
    var isWaiting: Bool { phase == .acquiring || next != nil }
}

/// A session, as the ensemble keeps it.
struct LockSession: BitwiseCopyable, Sendable {
    enum State: BitwiseCopyable, Sendable {
        /// It was asked for.
        case asked
        /// It is there.
        case open
        /// The leader has decided to end it.
        case ending
        /// It was ended.
        case closed
    }

    let worker: WorkerID
    var state = State.asked
    /// When the ensemble last served a request of it.
    var touched = Instant.start
    /// Over which of its worker's connections it was last heard of.
    var connection: UInt32 = 0
    /// The lock under which it has a node; nil if it has none.
    var lock: LockID?
    /// The number of its node's turn.
    var turn: UInt32 = 0
    /// Who watches its node, in a queue.
    var watcher: Watcher?
}

/// A worker that watches a node.
struct Watcher: BitwiseCopyable, Sendable {
    let worker: WorkerID
    let serial: UInt32
}

/// A lock, as the ensemble keeps it.
struct LockState: Sendable {
    /// The sessions that have a node, by turn: the first has the lock.
    var nodes: ContiguousArray<SessionID> = []
    /// Who watches the only node, in a herd.
    var watchers: ContiguousArray<Watcher> = []
    /// How many nodes were made.
    var turns: UInt32 = 0
    /// The newest turn that a worker knows to have.
    var newest: UInt32 = 0
}

public import OrreryKernel

/// How the state that workers change is kept: what a reader sees, and which writes succeed.
///
/// Every key has a version, which goes up with each write. A worker reads it, works, and writes with the version that
/// it read; what became of that is the model's answer. A model is a state machine: it knows no agenda and no books,
/// and says through its port what arrives where and when.
public protocol StateModel: Sendable {
    /// Whether it knows again what was written before, so that an item that comes twice changes its state once.
    var recognisesRepeats: Bool { get }

    /// Whether it goes by the time-stamps of writes, so that it matters whose clock is right.
    var comparesClocks: Bool { get }

    /// It is to keep so many keys, all in version zero.
    mutating func open(keys: Int)

    /// The version that a worker has in its memory and need not read; nil if it must.
    func remembered(_ key: Int, by holder: StateHolder) -> UInt32?

    /// A read arrives.
    mutating func read(_ key: Int, by holder: StateHolder, port: inout StatePort) -> StateAnswer

    /// The version that a replica has, for a model with replicas.
    func version(of key: Int, at replica: Int) -> UInt32

    /// A write arrives, by a worker that saw a version.
    mutating func write(_ key: Int, over version: UInt32, by holder: StateHolder, port: inout StatePort) -> StateVerdict

    /// Somebody writes whatever the version is: an operator, or somebody outside of this network.
    mutating func overwrite(_ key: Int, port: inout StatePort)

    /// A version arrives at a replica of a key; the place counts the replicas of all keys through.
    mutating func arrive(_ version: UInt32, at place: UInt32)
}

extension StateModel {
    /// Most models apply whatever is written.
    public var recognisesRepeats: Bool { false }
    /// Most models go by versions.
    public var comparesClocks: Bool { false }
    /// Most workers remember nothing.
    public func remembered(_ key: Int, by holder: StateHolder) -> UInt32? { nil }
    /// Most models have one copy.
    public func version(of key: Int, at replica: Int) -> UInt32 { violation("this state has no replicas") }
    /// Most models have one copy.
    public mutating func arrive(_ version: UInt32, at place: UInt32) { violation("this state has no replicas") }
}

/// A worker between two of its crashes: what it had in its memory is gone after one.
public struct StateHolder: BitwiseCopyable, Equatable, Sendable {
    /// The worker.
    public let worker: WorkerID
    /// How often it went down.
    public let life: UInt32
}

/// The answer to a read.
public struct StateAnswer: BitwiseCopyable, Sendable {
    /// The version that is read; with replicas, the least that it can be.
    public var version: UInt32
    /// How long the answer takes, besides the way to the worker.
    public var delay = Duration.zero
    /// How many events are replayed for it.
    public var replayed: UInt32 = 0
}

/// What becomes of a write.
public struct StateVerdict: BitwiseCopyable, Sendable {
    /// The version that it made; nil if it conflicts with another write.
    public var version: UInt32?
    /// How long the answer takes, besides the way to the worker.
    public var delay = Duration.zero
    /// Whether it overwrote what its worker had not read.
    public var losesUpdates = false

    /// The write is refused, because the version is not the current one.
    static let conflict = StateVerdict(version: nil)
}

/// Through which a model draws and says what arrives at its replicas.
public struct StatePort: Sendable {
    /// Random numbers of the model's own.
    public var random: RandomStream
    /// What the clock of whoever writes now shows.
    public internal(set) var clock = Instant.start
    /// What is on its way since the last look.
    public internal(set) var parcels: ContiguousArray<(content: Content, delay: Duration)> = []

    /// What travels to a replica.
    public enum Content: BitwiseCopyable, Sendable {
        /// The read that was just asked for.
        case read(replica: UInt8)
        /// A version.
        case version(UInt32, place: UInt32)
    }

    /// A port with random numbers.
    public init(random: RandomStream) {
        self.random = random
    }

    /// Something arrives at a replica after a delay.
    public mutating func send(_ content: Content, after delay: Duration) { parcels.append((content, delay)) }
}

/// The kinds of state.
///
/// A new kind is one file in `Kinds/` and one line here.
public enum StateCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any StateModel>(
        noun: "state model", kinds: [VersionedState.kind, ReplicatedState.kind, EventSourcedState.kind])
}

/// How a worker may wait after a conflict before it tries again; the first kind is the default.
public enum StateBackoffCatalog {
    /// All kinds.
    public static let kinds = Catalog<any RetryPolicy>(
        noun: "back-off",
        kinds: [
            FullJitter.kind, AtOnce.kind, FixedDelay.kind, ExponentialBackoff.kind, EqualJitter.kind,
            DecorrelatedJitter.kind,
        ])
}

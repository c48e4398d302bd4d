public import OrreryKernel

/// What stands between producers and workers: takes copies of items in, holds them, and hands them out.
///
/// A broker is a state machine: it is told what happens and says through its port what it does about it. It knows no
/// agenda and no books, so that a table test can drive it by hand, message by message.
///
/// The promises, which one conformance suite checks for every kind:
///
/// - each copy that is published is at every instant in exactly one place: refused, held, with a worker, done, or
///   dropped with a reason;
/// - a worker gets only what it was sent, and never more than its kind allows at once;
/// - what a worker had that left comes back or is dropped with a reason;
/// - a worker that says that it goes gets nothing more;
/// - with equal inputs the outputs are always the same.
public protocol Broker: Sendable {
    /// How many copies can wait; nil if there is no limit in messages.
    var capacity: Int? { get }
    /// How many copies it holds that are not with a worker.
    var depth: Int { get }
    /// The copies that it holds and that are not with a worker, in no particular order; for checks.
    var held: [Copy] { get }
    /// The copies that wait in each of its partitions or shards; none if it has one queue.
    var partitionDepths: [Int] { get }
    /// Whether it may give a worker more than the worker works on.
    var fillsBuffers: Bool { get }
    /// Whether it may close its door to producers.
    var closesDoor: Bool { get }
    /// Whether a worker that goes can hand back what it has not begun; else it works that off first.
    var takesBack: Bool { get }
    /// Something happens.
    mutating func handle(_ input: BrokerInput, port: inout BrokerPort)
}

extension Broker {
    /// Most kinds have one queue.
    public var partitionDepths: [Int] { [] }
    /// Most kinds deliver ahead.
    public var fillsBuffers: Bool { true }
    /// Most kinds answer everybody at once.
    public var closesDoor: Bool { false }
    /// Most kinds keep what was delivered until it is acknowledged.
    public var takesBack: Bool { true }
}

/// What happens to a broker.
public enum BrokerInput: BitwiseCopyable, Hashable, Sendable {
    /// A producer's message arrives.
    case published(Publication)
    /// A worker connects and asks for work.
    case joined(WorkerID)
    /// A worker says that it goes; it may still be done with what it has, and `left` follows.
    case leaving(WorkerID)
    /// A worker's connection broke while it had this copy; such inputs come last copy first, before `left`.
    case returned(Copy, from: WorkerID)
    /// A worker's connection is gone.
    case left(WorkerID)
    /// A worker is done with a copy.
    case acknowledged(Copy, by: WorkerID)
    /// A worker is done with a copy that was reclaimed from it; most kinds do not care.
    case acknowledgedLate(Copy, by: WorkerID)
    /// A worker could not do it, and hands it back.
    case rejected(Copy, by: WorkerID)
    /// The time for which it asked the port has come, or an earlier one.
    case woken
}

/// A message as a broker sees it.
public struct Publication: BitwiseCopyable, Hashable, Sendable {
    /// The copy that it is.
    public let copy: Copy
    /// Its size.
    public let size: ByteCount
    /// By which it is assigned to a partition or shard; nil if it has none.
    public let key: UInt32?

    /// A message from its parts.
    public init(copy: Copy, size: ByteCount, key: UInt32?) {
        self.copy = copy
        self.size = size
        self.key = key
    }
}

/// The kinds of broker.
///
/// A new kind is one file in `Kinds/` and one line here.
public enum BrokerCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any Broker>(
        noun: "broker",
        kinds: [
            BoundedQueue.kind,
            RabbitMQ.kind,
            Direct.kind,
            NATS.kind,
            JetStream.kind,
            Kafka.kind,
            Kinesis.kind,
        ])
}

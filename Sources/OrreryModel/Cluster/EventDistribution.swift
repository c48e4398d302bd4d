public import OrreryKernel

/// How an event gets from the node that took it to the one that owns it, and who else gets it.
///
/// A distribution only says who hands what to whom; the cluster does it and books its cost. It is asked when a node is
/// done with taking the event from its producer, and again when a node is done with taking it in to pass it on.
public protocol EventDistribution: Sendable {
    /// Whether every node is to know every event, so that one that was away has to catch up with all that it missed.
    var reachesAll: Bool { get }
    /// How many other nodes a node will hand an event to: what its sending costs.
    func reach(of position: EventPosition, in view: ClusterView) -> Int
    /// The nodes to which a node hands an event, and what each is to do with it.
    ///
    /// A node may hand it to itself, which costs nothing. What nobody is to work on is handed over again after a while.
    func route(
        _ position: EventPosition, in view: ClusterView, random: inout RandomStream,
        into handovers: inout ContiguousArray<Handover>)
}

extension EventDistribution {
    /// Most kinds tell only those who have to do with an event.
    public var reachesAll: Bool { false }
}

/// Where an event is when a distribution is asked about it.
public struct EventPosition: Sendable {
    /// The node that has it.
    public let node: Int
    /// The node that owns it.
    public let owner: Int
    /// Whether the node took it from a producer, or is handing it over once more; otherwise it got it to pass it on.
    public let isEntry: Bool
    /// Whether it was handed over before and nobody acknowledged it.
    public let isRepeated: Bool
    /// Whether the node owns the event itself.
    public var isAtOwner: Bool { node == owner }

    /// A position from its parts.
    public init(node: Int, owner: Int, isEntry: Bool, isRepeated: Bool) {
        self.node = node
        self.owner = owner
        self.isEntry = isEntry
        self.isRepeated = isRepeated
    }
}

/// What a node hands to another.
public struct Handover: BitwiseCopyable, Hashable, Sendable {
    /// To whom.
    public let node: Int
    /// What that node is to do with it.
    public let duty: Duty

    /// What a node is to do with an event that it is handed.
    public enum Duty: UInt8, BitwiseCopyable, Sendable {
        /// Work on it.
        case work
        /// Take note of it.
        case note
        /// Pass it on, and work on it if it is the owner; nothing if it got the event before.
        case passOn
    }

    /// A handover from its parts.
    public init(to node: Int, _ duty: Duty) {
        self.node = node
        self.duty = duty
    }
}

/// The kinds of distribution.
///
/// A new kind is one file in `Distributions/` and one line here.
public enum DistributionCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any EventDistribution>(
        noun: "event distribution",
        kinds: [
            Broadcast.kind,
            Partitioned.kind,
            Leader.kind,
            Gossip.kind,
        ])
}

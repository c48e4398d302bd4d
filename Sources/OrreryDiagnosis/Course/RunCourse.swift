public import OrreryKernel
public import OrreryModel

/// What happened in a run as the rules of a diagnosis read it: plain numbers, one a bin.
///
/// It has the sizes of the network and what was recorded, and neither names of scenarios nor parameters that would give
/// one away. Tests make courses up.
public struct RunCourse: Sendable {
    /// How many bins there are.
    public let count: Int
    /// The width of a bin.
    public let binWidth: Duration
    /// How long the run lasted.
    public let duration: Duration
    /// What became of the run; nil if nothing can be said.
    public var runClass: RunClass?
    /// The bins in distress, by which the run has its class.
    public var distress: [Bool]
    /// The faults of the scenario that were seen, in the order in which they began.
    public var faults: [FaultSpell] = []

    /// Items that came into being.
    public var produced: [Double]
    /// Items that reached the archive.
    public var delivered: [Double]
    /// Items that were lost, by reason; reasons without losses may be absent.
    public var lost: [LossReason: [Double]] = [:]
    /// Copies that producers sent.
    public var sent: [Double]
    /// Those of them whose item had been sent before.
    public var retried: [Double]
    /// Copies that found the broker's queue full.
    public var overflowed: [Double]
    /// Copies that came faster than a shard is provisioned for.
    public var throttled: [Double]
    /// Copies of items that had been delivered before.
    public var duplicates: [Double]
    /// Items in each stage; stages that nothing passed may be absent.
    public var stages: [Stage: [Double]] = [:]

    /// The worker pool; nil if there is a cluster in its place.
    public var pool: Pool?
    /// The cluster; nil if there is none.
    public var cluster: Nodes?
    /// The partitions or shards of the broker; nil if it has one queue.
    public var partitions: Places?
    /// The uplinks of the sites; nil without sites.
    public var uplinks: Places?
    /// The telescopes; nil if there are none.
    public var telescopes: Telescopes?
    /// The store; nil if there is none.
    public var store: Archive?
    /// The scheduler; nil if there is none.
    public var scheduler: Centre?
    /// The state that workers change; nil if they change none.
    public var state: Writes?
    /// The operators; nil if there are none.
    public var operators: People?
    /// The locks; nil if there are none.
    public var locks: Locks?
    /// The replicas; nil without an autoscaler.
    public var replicas: Scaling?

    /// A course in which nothing happens.
    public init(count: Int, binWidth: Duration, duration: Duration? = nil) {
        let nothing = [Double](repeating: 0, count: count)
        self.count = count
        self.binWidth = binWidth
        self.duration = duration ?? Duration(nanoseconds: binWidth.nanoseconds * Int64(count))
        distress = Array(repeating: false, count: count)
        produced = nothing
        delivered = nothing
        sent = nothing
        retried = nothing
        overflowed = nothing
        throttled = nothing
        duplicates = nothing
    }

    /// A time in which a fault of the scenario was going on.
    public struct FaultSpell: Sendable, Equatable {
        /// The fault's name in the scenario, and in brackets its kind.
        public var name: String
        /// When it began.
        public var start: Duration
        /// When it was over.
        public var end: Duration
        /// How many nodes it hits.
        public var nodesHit: Int

        /// A spell of a fault.
        public init(name: String, start: Duration, end: Duration, nodesHit: Int = 0) {
            self.name = name
            self.start = start
            self.end = end
            self.nodesHit = nodesHit
        }
    }

    /// Parts of one kind at equal instants of the run.
    public struct Places: Sendable {
        /// One name a row.
        public var names: [String]
        /// One row a part, one value a look.
        public var rows: [[Double]]

        /// Parts with their rows.
        public init(names: [String], rows: [[Double]]) {
            self.names = names
            self.rows = rows
        }
    }
}

extension RunCourse {
    /// The workers and the queue in front of them.
    public struct Pool: Sendable {
        /// Workers that are there.
        public var present: [Double]
        /// Those that work, waiting for locks included.
        public var busy: [Double]
        /// How many copies can wait; nil if there is no limit.
        public var capacity: Double?
        /// The most copies that waited.
        public var depthHighest: [Double]
    }

    /// The nodes of a cluster.
    public struct Nodes: Sendable {
        /// How many there are.
        public var count: Double
        /// How many messages an inbox holds.
        public var inbox: Double
        /// Nodes that are members.
        public var members: [Double]
        /// Nodes whose loop is at something.
        public var busy: [Double]
        /// Messages that wait in all inboxes together.
        public var waiting: [Double]
        /// Messages that a full inbox lost.
        public var overflows: [Double]
        /// Nodes that were declared dead.
        public var declaredDead: [Double]
        /// How many of these ran, in the whole run.
        public var falseAlarms: Double
        /// Events that were handed to another owner.
        public var redistributed: [Double]
        /// Messages between nodes.
        public var messages: [Double]
        /// Messages that wait in each inbox.
        public var inboxes: Places
    }

    /// The telescopes.
    public struct Telescopes: Sendable {
        /// How many there are.
        public var count: Double
        /// Those that wait for room on their disks.
        public var stalled: [Double]
        /// Those that are broken or have crashed.
        public var down: [Double]
    }

    /// The store.
    public struct Archive: Sendable {
        /// The share of time in which it writes.
        public var busy: [Double]
        /// The share of time in which it cannot, because its hot tier is full.
        public var blocked: [Double]
    }

    /// The scheduler and its observations.
    public struct Centre: Sendable {
        /// Telescopes under an open dome that work.
        public var open: [Double]
        /// Those of them that have nothing to do.
        public var idle: [Double]
        /// Telescopes that are marked offline.
        public var offline: [Double]
        /// Requests that wait for a telescope; nil if there is always something to observe.
        public var pending: [Double]?
        /// The share of time in which the centre's computer works.
        public var busy: [Double]
        /// Observations that ended, canceled ones left out.
        public var ended: [Double]
        /// Those of them that never began.
        public var notAttempted: [Double]
        /// Observations that the centre took back.
        public var requeued: [Double]
        /// Requests that expired.
        public var expired: [Double]
        /// Telescopes that were marked offline although they ran and their lines worked.
        public var falseOffline: [Double]
    }

    /// What workers write to the state.
    public struct Writes: Sendable {
        /// Writes, accepted or not.
        public var all: [Double]
        /// Those that were refused, because somebody had written since.
        public var conflicts: [Double]
    }

    /// The operators.
    public struct People: Sendable {
        /// How many there are.
        public var count: Double
        /// Those that work.
        public var busy: [Double]
        /// Items that wait for one.
        public var waiting: [Double]
        /// Items that came to them.
        public var tickets: [Double]
    }

    /// The locks and the service that keeps them.
    public struct Locks: Sendable {
        /// Workers that wait for one.
        public var waiting: [Double]
        /// Locks that workers got.
        public var acquired: [Double]
        /// Locks that workers did not get in time.
        public var abandoned: [Double]
        /// Sessions that ended because nothing was heard of them.
        public var expired: [Double]
        /// The share of time in which the busiest server is busy, over the whole run.
        public var serverUtilisation: Double
    }

    /// What an autoscaler wants and does.
    public struct Scaling: Sendable {
        /// Replicas that it wants.
        public var wanted: [Double]
        /// Its changes of direction.
        public var reversals: [Double]
    }
}

public import OrreryKernel

/// A cluster of equal nodes: each takes events from its own producers, works on its share of them, and has one event
/// loop for that, for what it hears from the other nodes, and for its heartbeats.
///
/// It takes the place of a broker and its workers. How events get from the node that took them to the one that works on
/// them is the distribution's affair; who is there at all, the failure detector's.
///
/// All times are those of the loop of a node with one core.
public struct ClusterPlan: Sendable {
    /// How many nodes there are.
    public let nodes: Int
    /// How many messages wait for a node's loop at most; what comes on top is lost.
    public let inbox: Int
    /// The work on an event, by the one node that owns it.
    public let service: Distribution
    /// Taking an event from its producer.
    public let accept: Duration
    /// Handing an event to one other node.
    public let send: Duration
    /// Taking an event in that another node handed over.
    public let receive: Duration
    /// Looking up the context of the node from which an event comes.
    public let lookup: Duration
    /// How long a node keeps a context that it looked up; zero if it never does.
    public let cacheFor: Duration
    /// How often the context of a node changes, so that all others forget what they keep of it; nil if it never does.
    public let contextChanges: Distribution?
    /// Sending or taking in one heartbeat, acknowledgement or word about a context.
    public let control: Duration
    /// How long a message travels between two nodes.
    public let hop: Duration
    /// The share of heartbeats, or of probes and their answers, that get lost on the way.
    public let heartbeatLoss: Double
    /// How long a node waits for the acknowledgement of an event before it hands it over once more.
    public let retryAfter: Duration
    /// How often an event is handed to an owner at most, the first time included.
    public let attempts: Int
    /// How long a node that was declared dead is away before it joins again.
    public let restart: Distribution
    /// The loop time that a node needs before it joins again, whatever it missed.
    public let catchUp: Duration
    /// The loop time that a node needs before it joins again for every event that it missed.
    public let replay: Duration
    /// The loop time that every node spends when one leaves or joins: working out anew who owns what, and handing over.
    public let rebalance: Duration
    /// What decides which node owns an event.
    public let partitionBy: PartitionKey
    /// How many cores a node has.
    public let cores: Int
    /// The share of a node's loop time that only one core can do.
    public let serialShare: Double
    /// How events get to their owners.
    public let distribution: KindPlan<any EventDistribution>
    /// How nodes notice that one of them is gone.
    public let detector: KindPlan<FailureDetection>

    /// By how much a node is faster than one with one core: Amdahl's law.
    public var speed: Double { 1 / (serialShare + (1 - serialShare) / Double(cores)) }

    /// How many nodes a cluster can have at most: every node watches every other.
    public static let nodeLimit = 500

    /// A cluster from checked values.
    public init(
        values: ParameterValues, distribution: KindPlan<any EventDistribution>, detector: KindPlan<FailureDetection>
    ) {
        nodes = values[Self.nodes]
        inbox = values[Self.inbox]
        service = values[Self.service]
        accept = values[Self.accept]
        send = values[Self.send]
        receive = values[Self.receive]
        lookup = values[Self.lookup]
        cacheFor = values[Self.cacheFor]
        contextChanges = values[optional: Self.contextChanges]
        control = values[Self.control]
        hop = values[Self.hop]
        heartbeatLoss = values[Self.heartbeatLoss]
        retryAfter = values[Self.retryAfter]
        attempts = values[Self.attempts]
        restart = values[Self.restart]
        catchUp = values[Self.catchUp]
        replay = values[Self.replay]
        rebalance = values[Self.rebalance]
        guard let key = PartitionKey(rawValue: values[Self.partitionBy]) else {
            violation("nothing is partitioned by \(values[Self.partitionBy])")
        }
        partitionBy = key
        cores = values[Self.cores]
        serialShare = values[Self.serialShare]
        self.distribution = distribution
        self.detector = detector
    }
}

/// What decides which node owns an event.
public enum PartitionKey: String, CaseIterable, Sendable {
    /// The event alone: any node may own it.
    case event
    /// Where it comes from: all events of a telescope, a key or a node have the same owner, and keep their order.
    case source
}

extension ClusterPlan {
    private static let nodes = Parameter<Int>(
        "nodes", range: .within(1...Double(nodeLimit)), summary: "how many nodes there are")
    private static let inbox = Parameter<Int>(
        "inbox", default: 1000, range: .within(1...1e7),
        summary: "how many messages wait for a node's loop at most; what comes on top is lost",
        source: "an example of Akka's bounded mailbox, mailbox-capacity = 1000"
    )
    .asCapacity()
    private static let service = Parameter<Distribution>(
        "service", summary: "the work on an event, by the one node that owns it"
    )
    .asCapacity(.less)
    private static let accept = Parameter<Duration>(
        "accept", default: .milliseconds(1), range: .within(0...60), summary: "taking an event from its producer",
        source: "ours")
    private static let send = Parameter<Duration>(
        "send", default: .milliseconds(1), range: .within(0...60),
        summary: "handing an event to one other node: its half of the cost of a message", source: "ours"
    )
    .asCapacity(.less)
    private static let receive = Parameter<Duration>(
        "receive", default: .milliseconds(1), range: .within(0...60),
        summary: "taking in an event that another node hands over: the other half", source: "ours"
    )
    .asCapacity(.less)
    private static let lookup = Parameter<Duration>(
        "lookup", default: .zero, range: .within(0...60),
        summary: "looking up the context of the node from which an event comes, unless it is cached",
        source: "no context is needed unless stated"
    )
    .asCapacity(.less)
    private static let cacheFor = Parameter<Duration>(
        "cache-for", default: .zero, range: .within(0...315_360_000),
        summary: "how long a node keeps a context that it looked up", source: "nothing is cached unless stated")
    private static let contextChanges = Parameter<Distribution>(
        optional: "context-changes", range: .within(0.001...315_360_000),
        summary: "how long a node's context stays the same; at a change the node tells all others to forget what they "
            + "keep of it; left out, it never changes")
    private static let control = Parameter<Duration>(
        "control", default: Duration(nanoseconds: 100_000), range: .within(0...60),
        summary: "sending or taking in a heartbeat, an acknowledgement or a word about a context", source: "ours")
    private static let hop = Parameter<Duration>(
        "hop", default: Duration(nanoseconds: 500_000), range: .within(0...60),
        summary: "how long a message travels between two nodes", source: "a round trip of 1 ms in a data centre; ours")
    private static let heartbeatLoss = Parameter<Double>(
        "heartbeat-loss", dimension: .share, default: 0, range: .within(0...1),
        summary: "the share of heartbeats, or of probes and their answers, that get lost on the way, each on its own",
        source: "none unless stated")
    private static let retryAfter = Parameter<Duration>(
        "retry-after", default: .seconds(30), range: .above(0, upTo: 86_400),
        summary: "how long a node waits for the acknowledgement of an event before it hands it over once more, at its "
            + "next heartbeat",
        source: "Kafka's producer waits 30 s (request.timeout.ms)")
    private static let attempts = Parameter<Int>(
        "attempts", default: 3, range: .within(1...1000),
        summary: "how often an event is handed to an owner at most, the first time included",
        source: "Google allows 3 (Site Reliability Engineering, chapter 21)")
    private static let restart = Parameter<Distribution>(
        "restart", default: Distribution(Constant(30), text: "30s"), range: .within(0...86_400),
        summary: "how long a node that was declared dead, or that crashed, is away before it joins again",
        source: "a process that a supervisor restarts; ours")
    private static let catchUp = Parameter<Duration>(
        "catch-up", default: .zero, range: .within(0...3600),
        summary: "the loop time that a node needs before it joins again, whatever it missed",
        source: "nothing unless stated")
    private static let replay = Parameter<Duration>(
        "replay", default: .zero, range: .within(0...60),
        summary: "the loop time that a node needs before it joins again for every event that it missed, where every "
            + "node is to know every event",
        source: "nothing unless stated"
    )
    .asCapacity(.less)
    private static let rebalance = Parameter<Duration>(
        "rebalance", default: .zero, range: .within(0...3600),
        summary: "the loop time that every node spends when one leaves or joins: working out anew who owns what, and "
            + "handing over what others own now",
        source: "nothing unless stated; Kafka's eager rebalance stops every member"
    )
    .asCapacity(.less)
    private static let partitionBy = Parameter<String>(
        "partition-by", dimension: .choice(PartitionKey.allCases.map(\.rawValue)),
        default: PartitionKey.event.rawValue,
        summary: "what decides which node owns an event: the event alone, or its source, which keeps the order of the "
            + "events of a telescope, a key or a node",
        source: "Kafka's producer without a key and with one")
    private static let cores = Parameter<Int>(
        "cores", default: 1, range: .within(1...1024), summary: "how many cores a node has",
        source: "one unless stated"
    )
    .asCapacity()
    private static let serialShare = Parameter<Double>(
        "serial-share", dimension: .share, default: 1, range: .within(0...1),
        summary: "the share of a node's loop time that only one core can do",
        source: "an event loop runs on one core; G. Amdahl, AFIPS 1967")

    /// The parameters of a cluster, besides its distribution and its failure detector.
    public static let parameters = [
        nodes.spec, inbox.spec, service.spec, accept.spec, send.spec, receive.spec, lookup.spec, cacheFor.spec,
        contextChanges.spec, control.spec, hop.spec, heartbeatLoss.spec, retryAfter.spec, attempts.spec, restart.spec,
        catchUp.spec, replay.spec, rebalance.spec, partitionBy.spec, cores.spec, serialShare.spec,
    ]
}

public import OrreryKernel

/// A coordination service like ZooKeeper: an ensemble of servers that keeps sessions and locks for the workers.
///
/// A read is served by the server to which the client is connected. A write goes to the leader, which proposes it to
/// the others, and is committed when a majority has written it down. So reads scale with the servers, and writes
/// shrink.
public struct CoordinationPlan: Sendable {
    /// How many servers there are.
    public let servers: Int
    /// What a server spends on taking a request in and answering it.
    public let requestCost: Duration
    /// What the leader spends on each of the others for a write, and each of them on the write itself.
    public let followerCost: Duration
    /// What a server spends on telling one client that what it watches is gone.
    public let notificationCost: Duration
    /// How long a server's disk takes to write a proposal down; many are written at a time.
    public let logWrite: Duration
    /// How long a message takes from a client to its server and back.
    public let roundTrip: Duration
    /// How long a message travels between two servers.
    public let hop: Duration
    /// How long it takes to elect a leader.
    public let election: Duration
    /// The interval in which servers look whose session is over.
    public let tick: Duration
    /// How long the ensemble hears nothing of a session before it ends it.
    public let sessionTimeout: Duration

    /// How many of the servers must have written something down.
    public var majority: Int { servers / 2 + 1 }
    /// One way from a client to its server.
    var halfRoundTrip: Duration { Duration(nanoseconds: roundTrip.nanoseconds / 2) }
    /// After how long without sending anything a client sends a ping.
    var pingAfter: Duration { Duration(nanoseconds: sessionTimeout.nanoseconds / 3) }
    /// After how long without hearing anything a client looks for another server.
    var readTimeout: Duration { Duration(nanoseconds: sessionTimeout.nanoseconds / 3 * 2) }

    /// A coordination service from checked values; the session time-out is negotiated as ZooKeeper does.
    public init(values: ParameterValues) {
        servers = values[Self.servers]
        requestCost = values[Self.requestCost]
        followerCost = values[Self.followerCost]
        notificationCost = values[Self.notificationCost]
        logWrite = values[Self.logWrite]
        roundTrip = values[Self.roundTrip]
        hop = values[Self.hop]
        election = values[Self.election]
        tick = values[Self.tick]
        let (least, most) = (tick.nanoseconds * 2, tick.nanoseconds * 20)
        let asked = values[Self.sessionTimeout].nanoseconds
        sessionTimeout = Duration(nanoseconds: min(max(asked, least), most))
    }

    /// The parameters.
    public static let parameters = [
        servers.spec, requestCost.spec, followerCost.spec, notificationCost.spec, logWrite.spec, roundTrip.spec,
        hop.spec, election.spec, tick.spec, sessionTimeout.spec,
    ]

    /// How many servers an ensemble can have at most.
    public static let serverLimit = 101

    private static let servers = Parameter<Int>(
        "servers", default: 3, range: .within(1...Double(serverLimit)), summary: "how many servers there are",
        source: "the smallest ensemble that survives the loss of a server"
    )
    .asCapacity()
    private static let requestCost = Parameter<Duration>(
        "request-cost", default: Duration(nanoseconds: 34_500), range: .within(0...60),
        summary: "what a server spends on taking a request in and answering it",
        source: "Hunt et al. 2010, table 1: three servers answer 87,000 reads a second"
    )
    .asCapacity(.less)
    private static let followerCost = Parameter<Duration>(
        "follower-cost", default: Duration(nanoseconds: 6_560), range: .within(0...60),
        summary: "what the leader spends on each other server for a write, and each of them on the write",
        source: "Hunt et al. 2010, table 1: three servers do 21,000 writes a second, if the leader's own part of a "
            + "write costs as much as a read"
    )
    .asCapacity(.less)
    private static let notificationCost = Parameter<Duration>(
        "notification-cost", default: Duration(nanoseconds: 17_250), range: .within(0...60),
        summary: "what a server spends on telling one client that what it watches is gone",
        source: "half a request, as there is only the answer; ours")
    private static let logWrite = Parameter<Duration>(
        "log-write", default: Duration(nanoseconds: 600_000), range: .within(0...60),
        summary: "how long a server takes to write a proposal to its disk; it writes many at a time",
        source: "Hunt et al. 2010, section 5.2: a lone create takes about 1.3 ms")
    private static let roundTrip = Parameter<Duration>(
        "round-trip", default: Duration(nanoseconds: 200_000), range: .within(0...60),
        summary: "how long a message takes from a worker to its server and back", source: "one data centre; ours")
    private static let hop = Parameter<Duration>(
        "hop", default: Duration(nanoseconds: 100_000), range: .within(0...60),
        summary: "how long a message travels from one server to another", source: "one data centre; ours")
    private static let election = Parameter<Duration>(
        "election", default: .milliseconds(200), range: .within(0...3600),
        summary: "how long it takes to elect a leader, once a majority is there",
        source: "Hunt et al. 2010, section 5.1: less than 200 ms")
    private static let tick = Parameter<Duration>(
        "tick", default: .seconds(2), range: .within(0.001...3600),
        summary: "how often servers look whose session is over; a session lasts 2 to 20 ticks",
        source: "ZooKeeper, zoo_sample.cfg, tickTime=2000")
    private static let sessionTimeout = Parameter<Duration>(
        "session-timeout", default: .seconds(10), range: .within(0.001...72_000),
        summary: "after how long without a word from a worker its session ends, as the worker asks for it; "
            + "it gets at least 2 and at most 20 ticks",
        source: "ZooKeeper, minSessionTimeout and maxSessionTimeout; 10 s is ours")
}

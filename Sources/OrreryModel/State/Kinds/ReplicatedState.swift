import OrreryKernel

/// Several replicas of each key: a write goes to all and waits for some, a read asks all and waits for some.
///
/// A coordinator beside the replicas sends a write to all N of them, each of which it reaches after its own W and whose
/// acknowledgement takes A, and answers when `acks` have come. It sends a read to all, which takes R, their responses
/// take S, and answers with the newest version among the first `reads` responses. So a read that begins when a write
/// has been acknowledged can still see the version before it.
///
/// The coordinator numbers the writes of a key, and refuses one whose worker has not seen the last, as DynamoDB's
/// conditional writes are checked by a leader while its reads may be stale. Where the last write wins, it refuses none,
/// and what the worker had not seen is overwritten; which one is the last, the clocks of the workers say: a write that
/// bears an older time than the one before it changes nothing, and nobody is told.
///
/// Source: P. Bailis et al., "Probabilistically Bounded Staleness for Practical Partial Quorums", VLDB 2012 (WARS).
struct ReplicatedState: StateModel {
    let replicas: Int
    /// How many responses a read waits for.
    let responses: Int
    /// How many acknowledgements a write waits for.
    let acknowledgements: Int
    let lastWriteWins: Bool
    let delays: ReplicaDelays
    private var newest: ContiguousArray<UInt32> = []
    /// What the clock of its last writer showed, by key.
    private var stamps: ContiguousArray<Instant> = []
    /// What each replica has, key after key.
    private var held: ContiguousArray<UInt32> = []
    /// The way to each replica and back, in the order in which they answer.
    private var trips: ContiguousArray<Trip>

    private struct Trip: BitwiseCopyable, Sendable {
        var replica: Int
        var out = Duration.zero
        var whole = Duration.zero
    }

    init(replicas: Int, responses: Int, acknowledgements: Int, lastWriteWins: Bool, delays: ReplicaDelays) {
        self.replicas = replicas
        self.responses = responses
        self.acknowledgements = acknowledgements
        self.lastWriteWins = lastWriteWins
        self.delays = delays
        trips = ContiguousArray((0..<replicas).map { Trip(replica: $0) })
    }

    var comparesClocks: Bool { lastWriteWins }

    mutating func open(keys: Int) {
        newest = ContiguousArray(repeating: 0, count: keys)
        stamps = ContiguousArray(repeating: .start, count: keys)
        held = ContiguousArray(repeating: 0, count: keys * replicas)
    }

    mutating func read(_ key: Int, by holder: StateHolder, port: inout StatePort) -> StateAnswer {
        draw(delays.read, delays.response, using: &port.random)
        for trip in trips.prefix(responses) { port.send(.read(replica: UInt8(trip.replica)), after: trip.out) }
        return StateAnswer(version: 0, delay: trips[responses - 1].whole)
    }

    func version(of key: Int, at replica: Int) -> UInt32 { held[key * replicas + replica] }

    mutating func write(
        _ key: Int, over version: UInt32, by holder: StateHolder, port: inout StatePort
    ) -> StateVerdict {
        let isOutdated = version != newest[key]
        if isOutdated && !lastWriteWins { return .conflict }
        let isOverruled = port.clock < stamps[key]
        if isOverruled {
            draw(delays.write, delays.acknowledgement, using: &port.random)
        } else {
            overwrite(key, port: &port)
        }
        return StateVerdict(
            version: newest[key], delay: trips[acknowledgements - 1].whole, losesUpdates: isOutdated || isOverruled)
    }

    mutating func overwrite(_ key: Int, port: inout StatePort) {
        newest[key] &+= 1
        if lastWriteWins { stamps[key] = max(stamps[key], port.clock) }
        draw(delays.write, delays.acknowledgement, using: &port.random)
        for trip in trips {
            port.send(.version(newest[key], place: UInt32(key * replicas + trip.replica)), after: trip.out)
        }
    }

    mutating func arrive(_ version: UInt32, at place: UInt32) {
        held[Int(place)] = max(held[Int(place)], version)
    }

    /// Draws the trips to all replicas, and puts those first that answer first.
    private mutating func draw(_ out: Distribution, _ back: Distribution, using random: inout RandomStream) {
        for replica in 0..<replicas {
            let distance = replica == 0 ? .zero : delays.remote
            let there = out.duration(using: &random) + distance
            let trip = Trip(replica: replica, out: there, whole: there + back.duration(using: &random) + distance)
            var place = replica
            while place > 0 && trips[place - 1].whole > trip.whole {
                trips[place] = trips[place - 1]
                place -= 1
            }
            trips[place] = trip
        }
    }

    private static let replicas = Parameter<Int>(
        "replicas", default: 3, range: .within(1...15), summary: "how many replicas each key has",
        source: "Cassandra, the usual replication factor")
    private static let reads = Parameter<Int>(
        "reads", default: 1, range: .within(1...15), summary: "how many responses a read waits for (R)",
        source: "Cassandra, consistency level ONE")
    private static let acks = Parameter<Int>(
        "acks", default: 1, range: .within(1...15), summary: "how many acknowledgements a write waits for (W)",
        source: "Cassandra, consistency level ONE")
    private static let conflictWords = ["refuse", "last-write-wins"]
    private static let resolution = Parameter<String>(
        "resolution", dimension: .choice(conflictWords), default: conflictWords[0],
        summary: "what becomes of a write whose worker has not seen the write before it",
        source: "conditional writes; Cassandra's plain writes are last-write-wins")

    static let kind = Kind<any StateModel>(
        "replicated", summary: "replicas that lag: reads may be stale, as quorums and delays have it",
        source: "P. Bailis et al., Probabilistically Bounded Staleness, VLDB 2012",
        parameters: [replicas.spec, reads.spec, acks.spec, resolution.spec] + ReplicaDelays.parameters,
        conflict: { values in
            let count = values[replicas]
            if values[reads] > count { return "reads is \(values[reads]), and there are \(count) replicas" }
            return values[acks] > count ? "acks is \(values[acks]), and there are \(count) replicas" : nil
        },
        make: {
            ReplicatedState(
                replicas: $0[replicas], responses: $0[reads], acknowledgements: $0[acks],
                lastWriteWins: $0[resolution] == conflictWords[1], delays: ReplicaDelays(values: $0))
        })
}

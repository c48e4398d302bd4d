import OrreryKernel

/// A log of events for each key; the state is what they add up to.
///
/// The worker that wrote last, or loaded last, has the state in its memory: it neither reads before its next item nor
/// meets a conflict, as long as nobody else appends. Whoever else comes to the key loads the last snapshot and replays
/// the events since. An append says which version it expects, so that two workers at one key conflict as with any
/// versioned state; a broker that gives all items of a key to one worker is what prevents that. An event that is in the
/// log is recognised when it comes again.
struct EventSourcedState: StateModel {
    let snapshotEvery: UInt32
    let replay: Duration
    private var logs: ContiguousArray<Log> = []

    /// The log of one key.
    private struct Log: BitwiseCopyable, Sendable {
        /// How many events it holds.
        var version: UInt32 = 0
        /// Who has the state in its memory; nil if nobody has.
        var holder: StateHolder?
    }

    init(snapshotEvery: UInt32, replay: Duration) {
        self.snapshotEvery = snapshotEvery
        self.replay = replay
    }

    var recognisesRepeats: Bool { true }

    mutating func open(keys: Int) { logs = ContiguousArray(repeating: Log(), count: keys) }

    func remembered(_ key: Int, by holder: StateHolder) -> UInt32? {
        logs[key].holder == holder ? logs[key].version : nil
    }

    mutating func read(_ key: Int, by holder: StateHolder, port: inout StatePort) -> StateAnswer {
        logs[key].holder = holder
        let events = logs[key].version % snapshotEvery
        return StateAnswer(
            version: logs[key].version, delay: Duration(seconds: replay.seconds * Double(events)), replayed: events)
    }

    mutating func write(
        _ key: Int, over version: UInt32, by holder: StateHolder, port: inout StatePort
    ) -> StateVerdict {
        guard version == logs[key].version else { return .conflict }
        logs[key].version &+= 1
        logs[key].holder = holder
        return StateVerdict(version: logs[key].version)
    }

    mutating func overwrite(_ key: Int, port: inout StatePort) {
        logs[key].version &+= 1
        logs[key].holder = nil
    }

    private static let snapshots = Parameter<Int>(
        "snapshot-every", default: 100, range: .within(1...1e9),
        summary: "after how many events of a key there is a snapshot of its state", source: "no published figure; ours")
    private static let replay = Parameter<Duration>(
        "replay", default: Duration(nanoseconds: 100_000), range: .within(0...60),
        summary: "how long the replay of one event takes, when a worker loads the state of a key",
        source: "10,000 events a second; no published figure, ours")

    static let kind = Kind<any StateModel>(
        "event-sourced", summary: "a log for each key, that the worker which has its state in memory appends to",
        source: "M. Fowler, Event Sourcing (2005)", parameters: [snapshots.spec, replay.spec]
    ) { EventSourcedState(snapshotEvery: UInt32($0[snapshots]), replay: $0[replay]) }
}

public import OrreryKernel

/// What is counted in a cluster.
public struct ClusterBooks: Sendable {
    /// Nodes that are there.
    public internal(set) var members: LevelSeries
    /// Nodes whose loop is at something.
    public internal(set) var busy: LevelSeries
    /// Messages that wait in inboxes.
    public internal(set) var waiting: LevelSeries
    /// Messages that a full inbox lost: EventQueueOverflow.
    public internal(set) var overflows: CounterSeries
    /// Nodes that were declared dead: NodeNotResponsive.
    public internal(set) var declaredDead: CounterSeries
    /// Nodes that were declared dead although they ran.
    public internal(set) var falseAlarms: CounterSeries
    /// How often a node came to suspect another one.
    public internal(set) var suspicions: CounterSeries
    /// Events that were handed to another owner because theirs was declared dead.
    public internal(set) var redistributed: CounterSeries
    /// Events that were handed over once more because nobody acknowledged them.
    public internal(set) var retried: CounterSeries
    /// Messages that nodes sent to one another, heartbeats included.
    public internal(set) var messages: CounterSeries
    /// Loop time of owners on events that were done for the first time.
    public internal(set) var usefulWork = Duration.zero
    /// Loop time of owners on events that were done already.
    public internal(set) var wastedWork = Duration.zero
    /// From a crash to its detection.
    public internal(set) var detectionDelay = Histogram()
    /// The most messages that waited in one inbox since the warm-up.
    public internal(set) var inboxHighest = 0

    init(nodes: Int, duration: Duration) {
        members = LedgerSeries.level(over: duration)
        busy = members
        waiting = members
        members.add(nodes, at: .start)
        overflows = LedgerSeries.counter(over: duration)
        declaredDead = overflows
        falseAlarms = overflows
        suspicions = overflows
        redistributed = overflows
        retried = overflows
        messages = overflows
    }

    mutating func restart(at now: Instant) {
        members.restart(at: now)
        busy.restart(at: now)
        waiting.restart(at: now)
        overflows.restart()
        declaredDead.restart()
        falseAlarms.restart()
        suspicions.restart()
        redistributed.restart()
        retried.restart()
        messages.restart()
        usefulWork = .zero
        wastedWork = .zero
        detectionDelay = Histogram()
        inboxHighest = 0
    }

    mutating func close(at end: Instant) {
        members.close(at: end)
        busy.close(at: end)
        waiting.close(at: end)
    }
}

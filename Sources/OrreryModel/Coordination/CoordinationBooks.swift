public import OrreryKernel

/// What is counted in a coordination service and its locks.
public struct CoordinationBooks: Sendable {
    /// Requests that one server served alone, pings included.
    public internal(set) var reads: CounterSeries
    /// Requests that a majority of the servers wrote down.
    public internal(set) var writes: CounterSeries
    /// Words to workers that what they watch is gone.
    public internal(set) var notifications: CounterSeries
    /// Sessions that ended because nothing was heard of them.
    public internal(set) var expired: CounterSeries
    /// Locks that workers got.
    public internal(set) var acquired: CounterSeries
    /// Locks that workers did not get in time.
    public internal(set) var abandoned: CounterSeries
    /// Locks whose holder's session expired.
    public internal(set) var lost: CounterSeries
    /// Results that the archive refused, because somebody else had got the lock meanwhile.
    public internal(set) var fenced: CounterSeries
    /// Results that it took although somebody else had got the lock meanwhile.
    public internal(set) var violations: CounterSeries
    /// Workers that wait for a lock.
    public internal(set) var waiting: LevelSeries
    /// How long they waited for those that they got.
    public internal(set) var wait = Histogram()
    /// How long the busiest server was busy since the warm-up; known at the end.
    public internal(set) var busiest = Duration.zero

    init(duration: Duration) {
        reads = LedgerSeries.counter(over: duration)
        writes = reads
        notifications = reads
        expired = reads
        acquired = reads
        abandoned = reads
        lost = reads
        fenced = reads
        violations = reads
        waiting = LedgerSeries.level(over: duration)
    }

    mutating func restart(at now: Instant) {
        reads.restart()
        writes.restart()
        notifications.restart()
        expired.restart()
        acquired.restart()
        abandoned.restart()
        lost.restart()
        fenced.restart()
        violations.restart()
        waiting.restart(at: now)
        wait = Histogram()
    }

    mutating func close(at end: Instant) { waiting.close(at: end) }
}

public import OrreryKernel

/// What is counted at the state.
public struct StateBooks: Sendable {
    /// Reads that reached it.
    public internal(set) var reads: CounterSeries
    /// Writes that reached it, accepted or not.
    public internal(set) var writes: CounterSeries
    /// Writes that it refused, because the version was not the current one.
    public internal(set) var conflicts: CounterSeries
    /// Items that a worker was done with, or gave up.
    public internal(set) var finished: Counter
    /// How often workers tried to write these.
    public internal(set) var attempts: Counter
    /// Items that a worker gave up after too many conflicts.
    public internal(set) var givenUp: Counter
    /// Reads that saw less than had been acknowledged to some worker before.
    public internal(set) var staleReads: Counter
    /// Writes that overwrote what their worker had not read.
    public internal(set) var lostUpdates: Counter
    /// Events that were replayed.
    public internal(set) var replayed: Counter
    /// Items that were recognised because their event was in the log already.
    public internal(set) var recognised: Counter
    /// Items that were written although they had been before.
    public internal(set) var writtenTwice: Counter

    init(duration: Duration) {
        reads = LedgerSeries.counter(over: duration)
        writes = reads
        conflicts = reads
        finished = Counter()
        attempts = finished
        givenUp = finished
        staleReads = finished
        lostUpdates = finished
        replayed = finished
        recognised = finished
        writtenTwice = finished
    }

    mutating func restart() {
        reads.restart()
        writes.restart()
        conflicts.restart()
        finished.restart()
        attempts.restart()
        givenUp.restart()
        staleReads.restart()
        lostUpdates.restart()
        replayed.restart()
        recognised.restart()
        writtenTwice.restart()
    }
}

/// What happened over time at the state of one run, warm-up included.
public struct StateSeries: Codable, Equatable, Sendable {
    /// Reads.
    public let reads: CountCourse
    /// Writes, accepted or not.
    public let writes: CountCourse
    /// Writes that conflicted.
    public let conflicts: CountCourse

    /// The series of a state at the end of its run.
    init(_ books: StateBooks) {
        reads = CountCourse(books.reads.series)
        writes = CountCourse(books.writes.series)
        conflicts = CountCourse(books.conflicts.series)
    }
}

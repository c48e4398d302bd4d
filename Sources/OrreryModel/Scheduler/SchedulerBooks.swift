public import OrreryKernel

/// What is counted about observations.
public struct SchedulerBooks: Sendable {
    /// Observations that were made up for a telescope.
    public internal(set) var assigned: CounterSeries
    /// Observations that came to their ends, by how.
    public internal(set) var ended: ContiguousArray<CounterSeries>
    /// Observations that the centre took back because their telescope was offline or its plan was over.
    public internal(set) var requeued: CounterSeries
    /// Completed observations of requests that had been completed before.
    public internal(set) var duplicates: CounterSeries
    /// Requests that came.
    public internal(set) var requested: CounterSeries
    /// Requests that were completed.
    public internal(set) var fulfilled: CounterSeries
    /// Requests whose deadline passed before a telescope set out for them.
    public internal(set) var expired: CounterSeries
    /// Requests that wait for a telescope.
    public internal(set) var pending: LevelSeries
    /// Requests that a telescope is to observe, as far as the centre knows.
    public internal(set) var out: LevelSeries
    /// Observations that no telescope has begun.
    public internal(set) var waiting: LevelSeries
    /// Observations that telescopes are making.
    public internal(set) var inProgress: LevelSeries
    /// Telescopes that are marked offline.
    public internal(set) var offline: LevelSeries
    /// Whether the centre's computer works, from 0 to 1.
    public internal(set) var busy: LevelSeries
    /// Telescopes under an open dome that work.
    public internal(set) var open: LevelSeries
    /// Those of them that have nothing to do.
    public internal(set) var idle: LevelSeries
    /// From a request to the beginning of its first observation.
    public internal(set) var wait = Histogram()
    /// How old the state was that a command was made from when it arrived.
    public internal(set) var planAge = Histogram()
    /// From the crash of a telescope's controller to the mark.
    public internal(set) var detectionDelay = Histogram()
    /// Telescopes that were marked offline although they ran and their lines worked.
    public internal(set) var falseOffline: CounterSeries

    init(duration: Duration) {
        assigned = LedgerSeries.counter(over: duration)
        requeued = assigned
        duplicates = assigned
        requested = assigned
        fulfilled = assigned
        expired = assigned
        falseOffline = assigned
        ended = ContiguousArray(repeating: assigned, count: ObservationEnd.allCases.count)
        pending = LedgerSeries.level(over: duration)
        out = pending
        waiting = pending
        inProgress = pending
        offline = pending
        busy = pending
        open = pending
        idle = pending
    }

    /// Observations that ended so.
    public subscript(end: ObservationEnd) -> CounterSeries { ended[end.rawValue] }

    mutating func restart(at now: Instant) {
        forEachCounter { $0.restart() }
        forEachLevel { $0.restart(at: now) }
        wait = Histogram()
        planAge = Histogram()
        detectionDelay = Histogram()
    }

    mutating func close(at end: Instant) { forEachLevel { $0.close(at: end) } }

    private mutating func forEachCounter(_ body: (inout CounterSeries) -> Void) {
        for end in ended.indices { body(&ended[end]) }
        body(&assigned)
        body(&requeued)
        body(&duplicates)
        body(&requested)
        body(&fulfilled)
        body(&expired)
        body(&falseOffline)
    }

    private mutating func forEachLevel(_ body: (inout LevelSeries) -> Void) {
        body(&pending)
        body(&out)
        body(&waiting)
        body(&inProgress)
        body(&offline)
        body(&busy)
        body(&open)
        body(&idle)
    }
}

/// How an observation can end.
public enum ObservationEnd: Int, BitwiseCopyable, CaseIterable, Sendable {
    /// All of its exposures were taken.
    case completed
    /// The dome closed in the middle of it.
    case aborted
    /// The telescope failed in the middle of it.
    case failed
    /// It never began.
    case notAttempted
    /// Another plan took its place before it began, or the centre lost it before it was sent.
    case canceled
}

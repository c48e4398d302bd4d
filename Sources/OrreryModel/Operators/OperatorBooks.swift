public import OrreryKernel

/// What is counted at the operators.
public struct OperatorBooks: Sendable {
    /// Operators that work.
    public internal(set) var busy: LevelSeries
    /// Items that wait for one.
    public internal(set) var waiting: LevelSeries
    /// Items that came to them.
    public internal(set) var tickets: CounterSeries
    /// Items that they reconciled.
    public internal(set) var reconciled: CounterSeries

    init(duration: Duration) {
        busy = LedgerSeries.level(over: duration)
        waiting = busy
        tickets = LedgerSeries.counter(over: duration)
        reconciled = tickets
    }

    mutating func restart(at now: Instant) {
        busy.restart(at: now)
        waiting.restart(at: now)
        tickets.restart()
        reconciled.restart()
    }

    mutating func close(at end: Instant) {
        busy.close(at: end)
        waiting.close(at: end)
    }
}

/// What happened over time at the operators of one run, warm-up included.
public struct OperatorSeries: Codable, Equatable, Sendable {
    /// Operators that work.
    public let busy: LevelCourse
    /// Items that wait for one.
    public let waiting: LevelCourse
    /// Items that came to them.
    public let tickets: CountCourse
    /// Items that they reconciled.
    public let reconciled: CountCourse

    /// The series of the operators at the end of a run.
    init(_ books: OperatorBooks) {
        busy = LevelCourse(books.busy)
        waiting = LevelCourse(books.waiting)
        tickets = CountCourse(books.tickets.series)
        reconciled = CountCourse(books.reconciled.series)
    }
}

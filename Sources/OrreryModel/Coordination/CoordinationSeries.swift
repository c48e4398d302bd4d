public import OrreryKernel

/// What happened over time in the coordination service of one run, warm-up included.
public struct CoordinationSeries: Codable, Equatable, Sendable {
    /// Requests that one server served alone.
    public let reads: CountCourse
    /// Requests that a majority wrote down.
    public let writes: CountCourse
    /// Words to workers that what they watch is gone.
    public let notifications: CountCourse
    /// Sessions that ended because nothing was heard of them.
    public let expired: CountCourse
    /// Locks that workers got.
    public let acquired: CountCourse
    /// Locks that workers did not get in time.
    public let abandoned: CountCourse
    /// Workers that wait for a lock.
    public let waiting: LevelCourse

    /// All requests.
    public var requests: CountCourse { CountCourse(zip(reads.bins, writes.bins).map(+)) }

    /// The series of a service at the end of its run.
    init(_ books: CoordinationBooks) {
        reads = CountCourse(books.reads.series)
        writes = CountCourse(books.writes.series)
        notifications = CountCourse(books.notifications.series)
        expired = CountCourse(books.expired.series)
        acquired = CountCourse(books.acquired.series)
        abandoned = CountCourse(books.abandoned.series)
        waiting = LevelCourse(books.waiting)
    }
}

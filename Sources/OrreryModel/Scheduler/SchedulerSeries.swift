public import OrreryKernel

/// What happened over time to the observations of one run, warm-up included.
public struct SchedulerSeries: Codable, Equatable, Sendable {
    /// Telescopes under an open dome that work.
    public let open: LevelCourse
    /// Those of them that have nothing to do.
    public let idle: LevelCourse
    /// Telescopes that are marked offline.
    public let offline: LevelCourse
    /// Requests that wait for a telescope.
    public let pending: LevelCourse
    /// Whether the centre's computer works, from 0 to 1.
    public let busy: LevelCourse
    /// Observations that came to their ends, in the order of `ObservationEnd`.
    public let ended: [CountCourse]
    /// Observations that the centre took back.
    public let requeued: CountCourse
    /// Requests that expired.
    public let expired: CountCourse
    /// Telescopes that were marked offline although they ran and their lines worked.
    public let falseOffline: CountCourse

    /// Observations that ended so.
    public subscript(end: ObservationEnd) -> CountCourse { ended[end.rawValue] }

    /// The series of a scheduler at the end of its run.
    init(_ books: SchedulerBooks) {
        open = LevelCourse(books.open)
        idle = LevelCourse(books.idle)
        offline = LevelCourse(books.offline)
        pending = LevelCourse(books.pending)
        busy = LevelCourse(books.busy)
        ended = books.ended.map { CountCourse($0.series) }
        requeued = CountCourse(books.requeued.series)
        expired = CountCourse(books.expired.series)
        falseOffline = CountCourse(books.falseOffline.series)
    }
}

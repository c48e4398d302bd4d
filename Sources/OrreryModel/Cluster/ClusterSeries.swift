public import OrreryKernel

/// What happened over time in the cluster of one run, warm-up included.
public struct ClusterSeries: Codable, Equatable, Sendable {
    /// Nodes that are there.
    public let members: LevelCourse
    /// Nodes whose loop is at something.
    public let busy: LevelCourse
    /// Messages that wait in inboxes.
    public let waiting: LevelCourse
    /// Messages that a full inbox lost.
    public let overflows: CountCourse
    /// Nodes that were declared dead.
    public let declaredDead: CountCourse
    /// Events that were handed to another owner because theirs was declared dead.
    public let redistributed: CountCourse
    /// Events that were handed over once more because nobody acknowledged them.
    public let retried: CountCourse
    /// Messages between nodes.
    public let messages: CountCourse

    /// The series of a cluster at the end of its run.
    init(_ books: ClusterBooks) {
        members = LevelCourse(books.members)
        busy = LevelCourse(books.busy)
        waiting = LevelCourse(books.waiting)
        overflows = CountCourse(books.overflows.series)
        declaredDead = CountCourse(books.declaredDead.series)
        redistributed = CountCourse(books.redistributed.series)
        retried = CountCourse(books.retried.series)
        messages = CountCourse(books.messages.series)
    }
}

/// A number of things that happened.
public struct Counter: Sendable {
    /// The number since the start of the run; conservation is checked on it.
    public private(set) var total: Int64 = 0
    private var before: Int64 = 0

    /// A counter at zero.
    public init() {}

    /// The number since the start of the observation.
    public var observed: Int64 { total - before }

    /// Counts more.
    public mutating func add(_ amount: Int64 = 1) { total += amount }

    /// Starts the observation anew, as at the end of a warm-up; the total stays.
    public mutating func restart() { before = total }
}

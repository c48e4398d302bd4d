/// A number of things that happened, in all and over time.
public struct CounterSeries: Sendable {
    /// The number in all.
    public private(set) var counter = Counter()
    /// When they happened.
    public private(set) var series: CountSeries

    /// A counter at zero, with a series over a horizon; both arguments are positive.
    public init(horizon: Duration, points: Int) {
        series = CountSeries(horizon: horizon, points: points)
    }

    /// The number since the start of the run.
    public var total: Int64 { counter.total }

    /// The number since the start of the observation.
    public var observed: Int64 { counter.observed }

    /// Counts more at an instant.
    public mutating func add(_ amount: Int64 = 1, at instant: Instant) {
        counter.add(amount)
        series.add(amount, at: instant)
    }

    /// Starts the observation anew; the total and the series stay.
    public mutating func restart() { counter.restart() }
}

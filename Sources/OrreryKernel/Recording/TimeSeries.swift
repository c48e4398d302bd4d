/// What happened over time, in a bounded number of equal bins: sums of counted things.
///
/// The bin width follows from the horizon, so that the series of all replications of a scenario line up. Memory is
/// bounded whatever the run does; what is counted after the horizon falls into the last bin.
public struct CountSeries: Sendable {
    /// The width of a bin.
    public let binWidth: Duration
    /// The sums by bin.
    public private(set) var bins: ContiguousArray<Int64>

    /// An empty series over a horizon; both arguments are positive.
    public init(horizon: Duration, points: Int) {
        binWidth = SeriesGrid.binWidth(horizon: horizon, points: points)
        bins = ContiguousArray(repeating: 0, count: SeriesGrid.binCount(horizon: horizon, points: points))
    }

    /// Adds to the bin of an instant.
    public mutating func add(_ amount: Int64 = 1, at instant: Instant) {
        let bin = Int(instant.nanoseconds / binWidth.nanoseconds)
        bins[min(bin, bins.count - 1)] += amount
    }
}

/// A level over time, in a bounded number of equal bins: the time-weighted mean and the highest level of each.
public struct LevelSeries: Sendable {
    /// The width of a bin.
    public let binWidth: Duration
    /// The highest level by bin.
    public private(set) var highest: ContiguousArray<Int>
    private var areas: ContiguousArray<Int128>
    private var level = 0
    private var changed = Instant.start
    private let horizon: Instant
    /// The bin that holds the instant of the last change, and where it ends.
    private var bin = 0
    private var binEnd: Instant

    /// An empty series over a horizon; both arguments are positive.
    public init(horizon: Duration, points: Int) {
        self.horizon = .start + horizon
        binWidth = SeriesGrid.binWidth(horizon: horizon, points: points)
        let count = SeriesGrid.binCount(horizon: horizon, points: points)
        highest = ContiguousArray(repeating: 0, count: count)
        areas = ContiguousArray(repeating: 0, count: count)
        binEnd = count == 1 ? .start + .limit : .start + binWidth
    }

    /// Sets the level from an instant on, which may not lie before the last change.
    ///
    /// - Complexity: O(1 + bins passed since the last change), over a run at most its changes plus its bins.
    public mutating func set(_ newLevel: Int, at instant: Instant) {
        close(at: instant)
        level = newLevel
        if newLevel > highest[bin] && instant <= horizon { highest[bin] = newLevel }
    }

    /// Accounts for the level up to an instant, as at the end of a run.
    ///
    /// What lies after the horizon counts for nothing: it would raise the mean of the last bin beyond every level in
    /// it.
    public mutating func close(at instant: Instant) {
        invariant(instant >= changed, "a series cannot go back from \(changed) to \(instant)")
        let end = min(instant, horizon)
        while end >= binEnd {
            areas[bin] += Int128(level) * Int128((binEnd - changed).nanoseconds)
            changed = binEnd
            bin += 1
            binEnd = bin == areas.count - 1 ? .start + .limit : binEnd + binWidth
            highest[bin] = level
        }
        if end > changed { areas[bin] += Int128(level) * Int128((end - changed).nanoseconds) }
        changed = instant
    }

    /// The time-weighted mean level by bin.
    public var means: [Double] {
        areas.indices.map { bin in
            let from = Int64(bin) * binWidth.nanoseconds
            let width = min(binWidth.nanoseconds, horizon.nanoseconds - from)
            return width > 0 ? Double(areas[bin]) / Double(width) : 0
        }
    }
}

/// How a horizon is cut into bins.
enum SeriesGrid {
    static func binWidth(horizon: Duration, points: Int) -> Duration {
        invariant(horizon > .zero && points > 0, "a series needs a horizon and points, not \(horizon) and \(points)")
        let count = Int64(points)
        return Duration(nanoseconds: max(1, (horizon.nanoseconds + count - 1) / count))
    }

    static func binCount(horizon: Duration, points: Int) -> Int {
        let width = binWidth(horizon: horizon, points: points).nanoseconds
        return Int((horizon.nanoseconds + width - 1) / width)
    }
}

/// What happened over time, in a bounded number of equal bins: sums of counted things.
///
/// The bin width follows from the horizon, so that the series of all replications of a scenario line up. Memory is
/// bounded whatever the run does; what is counted after the horizon falls into the last bin.
public struct CountSeries: Sendable {
    /// The width of a bin.
    public let binWidth: Duration
    /// The sums by bin.
    @inlinable
    public var bins: ContiguousArray<Int64> { sums }
    @usableFromInline var sums: ContiguousArray<Int64>
    /// The bin of the last instant, and what it holds: most instants fall into the bin of the one before.
    @usableFromInline var bin = 0
    @usableFromInline var binStart = Instant.start
    @usableFromInline var binEnd = Instant.start

    /// An empty series over a horizon; both arguments are positive.
    public init(horizon: Duration, points: Int) {
        binWidth = SeriesGrid.binWidth(horizon: horizon, points: points)
        sums = ContiguousArray(repeating: 0, count: SeriesGrid.binCount(horizon: horizon, points: points))
    }

    /// Adds to the bin of an instant.
    @inlinable
    public mutating func add(_ amount: Int64 = 1, at instant: Instant) {
        if instant < binStart || instant >= binEnd { seek(instant) }
        sums[bin] += amount
    }

    @usableFromInline
    mutating func seek(_ instant: Instant) {
        bin = min(Int(instant.nanoseconds / binWidth.nanoseconds), sums.count - 1)
        binStart = .start + Duration(nanoseconds: Int64(bin) * binWidth.nanoseconds)
        binEnd = bin == sums.count - 1 ? .start + .limit : binStart + binWidth
    }
}

/// A level over time: a gauge of it, and in a bounded number of equal bins its time-weighted mean and highest value.
public struct LevelSeries: Sendable {
    /// The level, its highest value and its mean since the start of the observation.
    @inlinable
    public var gauge: TimeWeightedGauge { level }
    @usableFromInline var level = TimeWeightedGauge()
    /// The width of a bin.
    public let binWidth: Duration
    /// The highest level by bin, as far as closed.
    public private(set) var highest: ContiguousArray<Int>
    /// The area under the level by bin, as far as closed.
    private(set) var areas: ContiguousArray<Int128>
    private let horizon: Instant
    /// The bin that holds the instant of the last change, and the first instant that it does not hold.
    private var bin = 0
    @usableFromInline var binEnd: Instant
    @usableFromInline var highestInBin = 0
    private var areaBeforeBin = Int128(0)

    /// An empty series over a horizon; both arguments are positive.
    public init(horizon: Duration, points: Int) {
        self.horizon = .start + horizon
        binWidth = SeriesGrid.binWidth(horizon: horizon, points: points)
        let count = SeriesGrid.binCount(horizon: horizon, points: points)
        highest = ContiguousArray(repeating: 0, count: count)
        areas = ContiguousArray(repeating: 0, count: count)
        binEnd = .start
        binEnd = end(ofBin: 0)
    }

    /// Changes the level at an instant, which may not lie before the last change.
    ///
    /// - Complexity: O(1 + bins passed since the last change), over a run at most its changes plus its bins.
    @inlinable
    public mutating func add(_ step: Int, at instant: Instant) {
        if instant >= binEnd { passBins(until: instant) }
        level.add(step, at: instant)
        if level.level > highestInBin { highestInBin = level.level }
    }

    /// Starts the gauge's observation anew; the bins stay.
    public mutating func restart(at instant: Instant) {
        if instant >= binEnd { passBins(until: instant) }
        level.restart(at: instant)
    }

    /// Accounts for the level up to an instant, as at the end of a run.
    ///
    /// What lies after the horizon counts for nothing: it would raise the mean of the last bin beyond every level in
    /// it.
    public mutating func close(at instant: Instant) {
        if instant >= binEnd { passBins(until: instant) }
        if bin < areas.count { closeBin(at: min(instant, horizon)) }
    }

    @usableFromInline
    mutating func passBins(until instant: Instant) {
        while instant >= binEnd {
            closeBin(at: min(binEnd, horizon))
            areaBeforeBin += areas[bin]
            highestInBin = level.level
            bin += 1
            binEnd = end(ofBin: bin)
        }
    }

    private mutating func closeBin(at instant: Instant) {
        areas[bin] = level.totalArea(at: instant) - areaBeforeBin
        highest[bin] = highestInBin
    }

    /// The first instant that a bin does not hold: the last one holds the horizon, and what comes later is in none.
    private func end(ofBin bin: Int) -> Instant {
        bin < areas.count - 1
            ? .start + Duration(nanoseconds: Int64(bin + 1) * binWidth.nanoseconds)
            : bin < areas.count ? horizon + Duration(nanoseconds: 1) : .start + .limit + .limit
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

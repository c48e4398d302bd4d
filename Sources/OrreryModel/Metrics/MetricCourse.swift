public import OrreryKernel

/// What a metric says about one run, or about a span of it.
public enum MetricValue: Codable, Sendable {
    /// A number of things.
    case count(Int64)
    /// One number; nil if there is none.
    case level(Double?)
    /// The durations of many items.
    case distribution(Histogram)

    /// The number that people compare: the count, the level, or the mean of the distribution; nil without data.
    public var figure: Double? {
        switch self {
        case .count(let count): Double(count)
        case .level(let level): level
        case .distribution(let histogram): histogram.mean
        }
    }
}

extension MetricValue: Equatable {
    /// Whether they are the same bit for bit: not-a-number equals itself, and zero has two signs.
    public static func == (left: MetricValue, right: MetricValue) -> Bool {
        switch (left, right) {
        case (.count(let one), .count(let other)): one == other
        case (.level(let one), .level(let other)): one?.bitPattern == other?.bitPattern
        case (.distribution(let one), .distribution(let other)): one == other
        default: false
        }
    }
}

/// The course of a metric over the time of one run, from which its value in any span of bins follows.
public struct MetricCourse: Sendable {
    /// The bins.
    public let grid: TimeGrid
    /// What happened in them.
    public let values: Values

    /// How the value of a span follows from its bins.
    public enum Values: Sendable {
        /// They add up.
        case counts(CountCourse)
        /// They add up, and are divided by the time.
        case perSecond(CountCourse)
        /// Both add up; a span without any of the second has no value.
        case share(CountCourse, of: CountCourse)
        /// The mean over time, divided by a number of things.
        case level(LevelCourse, per: Int)
        /// The mean over time of the one, divided by that of the other; a span without any of the second has no value.
        case ratio(LevelCourse, of: LevelCourse)
        /// The highest.
        case highest(CountCourse)
        /// All items together.
        case distribution([Histogram])
    }

    /// A course from its parts.
    public init(grid: TimeGrid, values: Values) {
        self.grid = grid
        self.values = values
    }

    /// How many bins it has.
    public var binCount: Int { grid.count }

    /// The value in a span of bins, which must lie within the run.
    ///
    /// - Complexity: O(bins of the span)
    public func value(in bins: Range<Int>) -> MetricValue {
        switch values {
        case .counts(let counts): return .count(counts.sum(in: bins))
        case .perSecond(let counts):
            let seconds = grid.width(of: bins).seconds
            return .level(seconds > 0 ? Double(counts.sum(in: bins)) / seconds : nil)
        case .share(let part, let whole):
            let all = whole.sum(in: bins)
            return .level(all > 0 ? Double(part.sum(in: bins)) / Double(all) : nil)
        case .level(let level, let count): return .level(level.mean(over: bins, of: grid) / Double(count))
        case .ratio(let part, let whole):
            let all = whole.mean(over: bins, of: grid)
            return .level(all > 0 ? part.mean(over: bins, of: grid) / all : nil)
        case .highest(let highest): return .level(highest.bins[bins].max().map(Double.init))
        case .distribution(let histograms):
            var all = Histogram(precision: histograms.first?.precision ?? 5)
            for histogram in histograms[bins] { all.merge(histogram) }
            return .distribution(all)
        }
    }
}

extension CountCourse {
    /// The sum over a span of bins.
    public func sum(in span: Range<Int>) -> Int64 { bins[span].reduce(0, +) }
}

public import OrreryKernel

/// Something that is measured in every run: its name, its unit, and where it is read.
public struct Metric: Sendable {
    /// The name in thresholds and results, for instance `workers.utilisation`.
    public let key: String
    /// The unit of its values.
    public let unit: MetricUnit
    /// One line on what it means.
    public let summary: String
    /// Where it is read in a recording.
    public let reading: Reading

    /// A metric is a count, a level, or the distribution of a duration.
    public enum Reading: Sendable {
        /// A number of things since the warm-up; over several runs they add up.
        case count(@Sendable (Recording) -> Int64)
        /// One number a run; nil if the run has none.
        case level(@Sendable (Recording) -> Double?)
        /// One duration an item; over several runs the items are put together.
        case distribution(@Sendable (Recording) -> Histogram)
    }

    /// What kind of reading it has.
    public var form: MetricForm {
        switch reading {
        case .count: .count
        case .level: .level
        case .distribution: .distribution
        }
    }
}

/// The kinds of metric, which decide how a threshold may aggregate them.
public enum MetricForm: Sendable {
    case count
    case level
    case distribution
}

/// The units of metrics.
public enum MetricUnit: String, Sendable {
    case seconds = "s"
    case items
    case itemsPerSecond = "items/s"
    case share
    case bytes = "B"
    case exposures
    case copies
    case crashes
}

public import OrreryKernel

/// Something that is measured in every run: its name, its unit, and where it is read.
public struct Metric: Sendable {
    /// The name in thresholds and results, for instance `workers.utilisation`.
    public let key: String
    /// The unit of its values.
    public let unit: MetricUnit
    /// One line on what it means.
    public let summary: String
    /// Which way is the better one.
    public let better: Direction
    /// Where it is read in a recording.
    public let reading: Reading
    /// Where its course over time is read; nil if none is kept.
    ///
    /// It says nil for a network that does not have what is measured.
    public let overTime: (@Sendable (RunSeries) -> MetricCourse.Values?)?

    /// Which way a metric is better.
    public enum Direction: String, Codable, Sendable {
        /// More is better.
        case higher
        /// Less is better.
        case lower
        /// More or less is neither good nor bad by itself.
        case neither
    }

    /// A metric from its parts.
    public init(
        key: String, unit: MetricUnit, summary: String, better: Direction, reading: Reading,
        overTime: (@Sendable (RunSeries) -> MetricCourse.Values?)? = nil
    ) {
        self.key = key
        self.unit = unit
        self.summary = summary
        self.better = better
        self.reading = reading
        self.overTime = overTime
    }

    /// What it says about a run; nil for the class of a run, which is diagnosed from the run's record.
    public func value(of recording: Recording) -> MetricValue? {
        switch reading {
        case .count(let read): read(recording).map(MetricValue.count)
        case .level(let read): .level(read(recording))
        case .distribution(let read): .distribution(read(recording))
        case .outcome: nil
        }
    }

    /// Its course over the time of a run; nil if none is kept, or the network does not have what is measured.
    public func course(of series: RunSeries) -> MetricCourse? {
        guard let values = overTime?(series) else { return nil }
        if case .distribution = values { return MetricCourse(grid: series.latencyGrid, values: values) }
        return MetricCourse(grid: series.grid, values: values)
    }

    /// A metric is a count, a level, the distribution of a duration, or a class of runs.
    public enum Reading: Sendable {
        /// A number of things since the warm-up; over several runs they add up; nil if the network has none of them.
        case count(@Sendable (Recording) -> Int64?)
        /// One number a run; nil if the run has none.
        case level(@Sendable (Recording) -> Double?)
        /// One duration an item; over several runs the items are put together.
        case distribution(@Sendable (Recording) -> Histogram)
        /// Whether a run is of a class; over several runs, the share of them.
        case outcome(RunClass)
    }

    /// What kind of reading it has.
    public var form: MetricForm {
        switch reading {
        case .count: .count
        case .level: .level
        case .distribution: .distribution
        case .outcome: .outcome
        }
    }
}

/// The kinds of metric, which decide how a threshold may aggregate them.
public enum MetricForm: Sendable {
    case count
    case level
    case distribution
    case outcome
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
    case nodes
    case messages
    case events
    case requests
    case sessions
    case locks
    case workers
    case replicas
    case replicaSeconds = "replica-seconds"
    case perHour = "/h"
    case reads
    case writes
    case updates
    case attempts
    case tickets
    case cost
    case observations
    case telescopes
}

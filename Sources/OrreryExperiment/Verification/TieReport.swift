import OrreryDiagnosis
import OrreryKernel
public import OrreryModel

/// Which metrics of a variant depend on the order of same-instant events, and by how much.
///
/// For every seed the run in the normal order comes first, then those in shuffled orders, which are compared with it.
public struct TieReport: Sendable {
    /// What was found out about each metric, in the order of the catalog.
    public private(set) var metrics: [MetricTies]
    /// How many shuffled runs were compared.
    public private(set) var shuffledRuns = 0
    /// How many runs came to no end that could be compared.
    public private(set) var failedRuns = 0
    /// The ties of the runs in the normal order.
    public private(set) var ties = TieCount()
    private var normal: [MetricValue] = []

    /// A report on nothing yet.
    public init() {
        metrics = MetricCatalog.measured.map(MetricTies.init)
    }

    /// Takes the next run in.
    public mutating func add(_ outcome: RunOutcome, isShuffled: Bool, ties count: TieCount = TieCount()) {
        guard case .finished(let record) = outcome else {
            failedRuns += 1
            if !isShuffled { normal = [] }
            return
        }
        let readings = MetricCatalog.measured.map { record.value(of: $0) ?? .level(nil) }
        if !isShuffled {
            normal = readings
            ties.events += count.events
            ties.tied += count.tied
            for index in metrics.indices { metrics[index].add(normal: readings[index]) }
        } else if !normal.isEmpty {
            shuffledRuns += 1
            for index in metrics.indices { metrics[index].compare(readings[index], with: normal[index]) }
        }
    }
}

/// How many events there are, and how many of them happen at the same instant as the one before.
public struct TieCount: Equatable, Sendable {
    /// All events.
    public var events: UInt64 = 0
    /// Those at the instant of the one before.
    public var tied: UInt64 = 0

    /// Nothing counted yet.
    public init() {}
}

/// How one metric answers to the order of ties.
public struct MetricTies: Sendable {
    /// The metric.
    public let metric: Metric
    /// In how many shuffled runs it differed at all.
    public private(set) var changedRuns = 0
    /// The largest move relative to the value in the normal order, of the value or of a quantile; infinite if that was
    /// zero.
    public private(set) var moveLargest = 0.0
    /// The values in the normal order, one a seed; a distribution's is its mean; seeds without a value are absent.
    public private(set) var values: [Double] = []

    init(_ metric: Metric) {
        self.metric = metric
    }

    /// How far the seeds lie apart, relative to their mean: what a move has to be compared with; nil for fewer than
    /// two.
    public var seedSpread: Double? {
        guard values.count > 1, let low = values.min(), let high = values.max() else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        return mean == 0 ? (low == high ? 0 : nil) : (high - low) / abs(mean)
    }

    mutating func add(normal reading: MetricValue) {
        if let value = reading.figures.first { values.append(value) }
    }

    mutating func compare(_ reading: MetricValue, with normal: MetricValue) {
        guard reading != normal else { return }
        changedRuns += 1
        let moves = zip(reading.figures, normal.figures).map { shuffled, usual in
            shuffled == usual ? 0 : usual == 0 ? .infinity : abs(shuffled - usual) / abs(usual)
        }
        let appeared = reading.figures.count != normal.figures.count
        moveLargest = max(moveLargest, appeared ? .infinity : moves.max() ?? 0)
    }
}

extension MetricValue {
    /// The numbers that people would compare; none without data.
    fileprivate var figures: [Double] {
        switch self {
        case .count, .level: figure.map { [$0] } ?? []
        case .distribution(let histogram):
            [histogram.mean, histogram.quantile(0.5), histogram.quantile(0.99)].compactMap(\.self)
        }
    }
}

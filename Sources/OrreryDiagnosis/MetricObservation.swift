public import OrreryKernel
public import OrreryModel

/// What was observed of a metric, one seed after another.
public struct MetricObservation: Sendable {
    /// The metric.
    public let metric: Metric
    /// One value a seed: the count, the level, or the mean of the distribution; seeds without data are absent.
    public private(set) var perSeed: [Double] = []
    /// The same, with nil for seeds without data.
    public private(set) var bySeed: [Double?] = []
    /// The seeds that those values belong to.
    private var seedsWithData: [UInt64] = []
    /// For a distribution, how many items stand behind each of those means.
    public private(set) var countPerSeed: [Int64] = []
    /// For a distribution, the items of all seeds together.
    public private(set) var merged: Histogram?

    /// Nothing observed yet.
    public init(_ metric: Metric) {
        self.metric = metric
    }

    /// How many seeds were observed, with or without data.
    public var seeds: Int { bySeed.count }

    /// Observes the next seed's run.
    public mutating func add(_ record: RunRecord) { add(record.value(of: metric), seed: record.seed) }

    /// Observes what the metric says about the next seed, or about a span of its run.
    public mutating func add(_ value: MetricValue?, seed: UInt64) {
        bySeed.append(value?.figure)
        if let figure = value?.figure {
            perSeed.append(figure)
            seedsWithData.append(seed)
        }
        if case .distribution(let histogram) = value {
            if histogram.count > 0 { countPerSeed.append(histogram.count) }
            if merged == nil { merged = histogram } else { merged?.merge(histogram) }
        }
    }

    /// The value of each seed with data; a seed that was observed twice has the same value both times.
    public var valueBySeed: [UInt64: Double] {
        Dictionary(zip(seedsWithData, perSeed)) { first, _ in first }
    }
}

extension Threshold.Aggregation {
    /// The aggregate of an observation; nil without data.
    func aggregate(_ observation: MetricObservation) -> Double? {
        switch self {
        case .percentile(let share): return observation.merged?.quantile(share)
        case .mean, .probability:
            if let merged = observation.merged { return merged.mean }
            return observation.perSeed.isEmpty
                ? nil : observation.perSeed.reduce(0, +) / Double(observation.perSeed.count)
        case .maximum: return observation.merged.map { $0.largest?.seconds } ?? observation.perSeed.max()
        case .minimum: return observation.merged.map { $0.smallest?.seconds } ?? observation.perSeed.min()
        case .count:
            if let merged = observation.merged { return Double(merged.count) }
            return observation.seeds == 0 ? nil : observation.perSeed.reduce(0, +)
        }
    }

    /// The aggregate of one value; nil without data.
    func aggregate(_ value: MetricValue, of metric: Metric) -> Double? {
        var observation = MetricObservation(metric)
        observation.add(value, seed: 0)
        return aggregate(observation)
    }
}

public import OrreryKernel
public import OrreryModel

/// What was observed of a metric, one seed after another.
public struct MetricObservation: Sendable {
    /// The metric.
    public let metric: Metric
    /// One value a seed: the count, the level, or the mean of the distribution; seeds without data are absent.
    public private(set) var perSeed: [Double] = []
    /// The seeds that those values belong to.
    private var seedsWithData: [UInt64] = []
    /// For a distribution, how many items stand behind each of those means.
    public private(set) var countPerSeed: [Int64] = []
    /// For a distribution, the items of all seeds together.
    public private(set) var merged: Histogram?
    /// How many seeds were observed, with or without data.
    public private(set) var seeds = 0

    /// Nothing observed yet.
    public init(_ metric: Metric) {
        self.metric = metric
    }

    /// Observes the next seed.
    public mutating func add(_ record: RunRecord) {
        seeds += 1
        guard let value = record.value(of: metric) else { return }
        if let figure = value.figure { append(figure, seed: record.seed) }
        if case .distribution(let histogram) = value {
            if histogram.count > 0 { countPerSeed.append(histogram.count) }
            if merged == nil { merged = histogram } else { merged?.merge(histogram) }
        }
    }

    /// The value of each seed with data; a seed that was observed twice has the same value both times.
    public var valueBySeed: [UInt64: Double] {
        Dictionary(zip(seedsWithData, perSeed)) { first, _ in first }
    }

    private mutating func append(_ value: Double, seed: UInt64) {
        perSeed.append(value)
        seedsWithData.append(seed)
    }
}

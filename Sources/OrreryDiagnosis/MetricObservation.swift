public import OrreryKernel
public import OrreryModel

/// What was observed of a metric, one seed after another.
public struct MetricObservation: Sendable {
    /// The metric.
    public let metric: Metric
    /// One value a seed: the count, the level, or the mean of the distribution; seeds without data are absent.
    public private(set) var perSeed: [Double] = []
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
    public mutating func add(_ recording: Recording) {
        seeds += 1
        switch metric.reading {
        case .count(let read): perSeed.append(Double(read(recording)))
        case .level(let read): if let level = read(recording) { perSeed.append(level) }
        case .distribution(let read):
            let histogram = read(recording)
            if let mean = histogram.mean {
                perSeed.append(mean)
                countPerSeed.append(histogram.count)
            }
            if merged == nil { merged = histogram } else { merged?.merge(histogram) }
        }
    }
}

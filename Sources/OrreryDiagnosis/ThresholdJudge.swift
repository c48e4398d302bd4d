import OrreryKernel
public import OrreryModel

/// What a threshold says about what was observed.
public struct Judgement: Sendable {
    /// The aggregate that was compared, in the metric's base unit; nil without data.
    public let observed: Double?
    /// Whether the condition holds; without data it never does.
    public let holds: Bool
    /// How many seeds meet the condition, each by itself.
    public let seedsHolding: Int
    /// How many seeds there are.
    public let seedsJudged: Int
}

/// Compares a threshold with what was observed, seed by seed and over all seeds.
///
/// Counts add up over the seeds and distributions are put together, so the threshold is judged once, on everything.
/// Beside that every seed is judged alone, because a condition that holds on average may be broken in every tenth run.
public struct ThresholdJudge: Sendable {
    /// The threshold.
    public let threshold: Threshold
    private var observation: MetricObservation
    private var seedsHolding = 0

    /// A judge who has seen nothing yet; the threshold's metric must be one of the catalog.
    public init(_ threshold: Threshold) {
        guard let metric = MetricCatalog[threshold.metric] else {
            violation("the metric \(threshold.metric) is not in the catalog")
        }
        self.threshold = threshold
        observation = MetricObservation(metric)
    }

    /// Sees the next seed.
    public mutating func add(_ record: RunRecord) {
        observation.add(record)
        var alone = MetricObservation(observation.metric)
        alone.add(record)
        if let observed = threshold.aggregation.aggregate(alone), holds(observed) { seedsHolding += 1 }
    }

    /// The judgement on everything seen so far.
    public var judgement: Judgement {
        let observed = threshold.aggregation.aggregate(observation)
        return Judgement(
            observed: observed, holds: observed.map(holds) ?? false, seedsHolding: seedsHolding,
            seedsJudged: observation.seeds)
    }

    private func holds(_ observed: Double) -> Bool { threshold.comparison.holds(observed, threshold.limit) }
}

extension Threshold.Aggregation {
    /// The aggregate of an observation; nil without data.
    func aggregate(_ observation: MetricObservation) -> Double? {
        switch self {
        case .percentile(let share): return observation.merged?.quantile(share)
        case .mean:
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
}

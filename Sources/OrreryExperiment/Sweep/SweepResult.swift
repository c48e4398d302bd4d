import OrreryStatistics

/// What a sweep found: what every point came to, and what that says, in words.
///
/// It holds no wall-clock times and no machine names, so the same scenario, seeds and version give the same bytes. All
/// times are in seconds, all sizes in bytes, shares and probabilities in 0…1. A figure that was not measured is absent
/// (nil), never zero.
public struct SweepResult: Codable, Sendable {
    /// The format's name: `orrery-sweep`.
    public var format = "orrery-sweep"
    /// The version of the format; raised when a field changes its meaning.
    public var formatVersion = 1
    /// The version of Orrery that made it.
    public var orreryVersion: String
    /// The version of the random streams and samplers.
    public var samplerVersion: Int
    /// The command that makes it again.
    public var command: String
    /// The scenario's name.
    public var scenario: String
    /// What the scenario is about; may be empty.
    public var summary: String
    /// The seeds with which every point was run.
    public var seeds: [UInt64]
    /// Whether it was interrupted before all runs were made; then the last points are missing or have fewer seeds.
    public var interrupted: Bool
    /// What changes from point to point, in the sweep's order.
    public var parameters: [SweptParameterResult]
    /// The metrics that points speak of, in the catalog's order.
    public var metrics: [MetricLegend]
    /// What was found for each variant, in the scenario's order.
    public var variants: [SweptVariantResult]
    /// The digest over all points, variants and seeds: 32 hexadecimal digits.
    public var fingerprint: String
    /// Whether every point could be judged; a threshold that breaks somewhere is an answer and no failure.
    public var verdict: ExperimentResult.Verdict
}

/// A parameter of a sweep.
public struct SweptParameterResult: Codable, Sendable, Equatable {
    /// Its path: `system.workers.count`.
    public var path: String
    /// The unit that all its values share, which may be empty; nil if they are not all numbers with one unit.
    public var unit: String?
    /// Its values as they are written.
    public var values: [String]
}

/// What a metric is.
public struct MetricLegend: Codable, Sendable, Equatable {
    /// The key, for instance `delivery.throughput`.
    public var key: String
    /// The unit.
    public var unit: String
    /// What it means, in one line.
    public var summary: String
}

/// What was found for one variant at all points.
public struct SweptVariantResult: Codable, Sendable {
    /// The variant's name; `as-written` where the scenario has no variants.
    public var name: String
    /// The scenario as this variant states it, before any point is laid over it, with every default filled in.
    public var scenarioText: String
    /// The first day of its runs as it states it, `YYYY-MM-DD`; nil in files of before this was kept.
    public var startDate: String?
    /// How long its runs last as it states it; nil in files of before this was kept.
    public var durationSeconds: Double?
    /// The points, in the sweep's order; those that no run was made of are missing.
    public var points: [SweepPointResult]
    /// How the throughput grows with the parameter; nil where more than one is swept, or none that is a number.
    public var scaling: ScalingResult?
    /// What the points say, in words, the most important first.
    public var statements: [String]
}

/// One point of a sweep, over all its seeds.
public struct SweepPointResult: Codable, Sendable {
    /// The values of the parameters as they are written, in the parameters' order.
    public var values: [String]
    /// Their numbers, in the units that are written; nil for a word.
    public var numbers: [Double?]
    /// How many seeds were run to their end.
    public var replications: Int
    /// How many runs were given up because more items were on their way than memory should hold.
    public var overwhelmed: Int
    /// The digest over its seeds.
    public var fingerprint: String
    /// How likely a run is to be of each class.
    public var classes: [ClassResult]
    /// How likely a run is to end metastable or collapsed; nil if no run has a class.
    public var collapse: ProbabilityResult?
    /// The metrics that have data, in the catalog's order.
    public var metrics: [PointMetric]
    /// The thresholds and whether they hold.
    public var thresholds: [ThresholdResult]
    /// Whether the thresholds hold at this point.
    public var outcome: ExperimentResult.Outcome

    /// The metric of this key; nil without data.
    public func metric(_ key: String) -> PointMetric? { metrics.first { $0.key == key } }
}

/// How often something happened in independent runs, with the exact 95 % interval of its probability.
public struct ProbabilityResult: Codable, Sendable, Equatable {
    /// In how many runs it happened.
    public var runs: Int
    /// How many runs there were; at least one.
    public var of: Int
    /// The lower end of the interval of Clopper and Pearson, in 0…1.
    public var lower: Double
    /// Its upper end, in 0…1.
    public var upper: Double

    /// The observed share, in 0…1.
    public var share: Double { Double(runs) / Double(of) }

    /// What was seen of an event; nil without trials.
    init?(runs: Int, of trials: Int) {
        guard let interval = Proportion(successes: runs, trials: trials).interval() else { return nil }
        self.runs = runs
        of = trials
        lower = Quantity.rounded(interval.lowerBound, digits: 9)
        upper = Quantity.rounded(interval.upperBound, digits: 9)
    }
}

/// A metric at one point.
public struct PointMetric: Codable, Sendable {
    /// The key.
    public var key: String
    /// The mean over the seeds; of a duration, over all items of all seeds.
    public var mean: Double
    /// Half the width of the 95 % interval of the mean over the seeds; nil for fewer than two seeds.
    public var halfWidth: Double?
    /// Of a duration, the quantiles over all items of all seeds, those that enough items stand behind; else nil.
    public var quantiles: [DistributionResult.Quantile]?

    /// The value that this share of all items does not exceed; nil without data.
    public func quantile(_ share: Double) -> Double? { quantiles?.first { $0.share == share }?.seconds }
}

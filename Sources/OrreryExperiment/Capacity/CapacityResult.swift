import OrreryStatistics

/// What a capacity search found: the value sought, how sure it is, what it cost, and every point that was tested.
///
/// It holds no wall-clock times and no machine names, so the same scenario, seeds and version give the same bytes.
/// Probabilities and shares are in 0…1.
public struct CapacityResult: Codable, Sendable {
    /// The format's name: `orrery-capacity`.
    public var format = "orrery-capacity"
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
    /// The variant that was searched; `as-written` where the scenario has none.
    public var variant: String
    /// The scenario as this variant states it, before any value is laid over it, with every default filled in.
    public var scenarioText: String
    /// The first day of its runs as it states it, `YYYY-MM-DD`; nil in files of before this was kept.
    public var startDate: String?
    /// How long its runs last as it states it; nil in files of before this was kept.
    public var durationSeconds: Double?
    /// The parameter that was varied, with all values that could be the answer, rising.
    public var parameter: SweptParameterResult
    /// Which end passes.
    public var find: Find
    /// The confidence of the whole search, in 0…1.
    public var confidence: Double
    /// The first seed; every point was run with the seeds from it on.
    public var seedBase: UInt64
    /// The most seeds that a point could have.
    public var seedsMax: Int
    /// Whether the search was interrupted; then the answer is what was known by then.
    public var interrupted: Bool
    /// The value sought; undecided points count as their estimates lean; nil if no value meets the thresholds.
    public var answer: String?
    /// Whether the answer is the end of the values, so that the capacity may lie beyond them.
    public var isAtEnd: Bool
    /// The last value that is shown to pass; nil if none is.
    public var proven: String?
    /// The last value that is not shown to fail; with the confidence, the true value lies between it and `proven`.
    public var possible: String?
    /// Values that pass though one that should pass before them fails; empty where nothing contradicts monotonicity.
    public var contradictions: [ContradictionResult]
    /// The points that were tested, by rising value.
    public var points: [CapacityPointResult]
    /// How many runs were made.
    public var runs: Int
    /// What a grid over all values costs with as many seeds everywhere as the closest value may need.
    public var gridRunsMax: Int
    /// What a grid over all values with the same sequential tests costs at least.
    public var gridRunsMin: Int
    /// What it comes to, in words, the most important first.
    public var statements: [String]
    /// The digest over all points: 32 hexadecimal digits.
    public var fingerprint: String
    /// `passed` if one value is shown to be the answer, `failed` if no value passes, `invalid` if it stays open.
    public var verdict: ExperimentResult.Verdict

    /// Which end of the values is sought.
    public enum Find: String, Codable, CaseIterable, Sendable {
        /// The largest value that passes: smaller ones pass too.
        case largest
        /// The smallest value that passes: larger ones pass too.
        case smallest
    }

    /// Two values that contradict that passing is monotone.
    public struct ContradictionResult: Codable, Sendable, Equatable {
        /// The value that passes.
        public var passing: String
        /// The value that fails, though it should pass if the other does.
        public var failing: String
    }
}

/// One value that was tested.
public struct CapacityPointResult: Codable, Sendable {
    /// The value as it is written.
    public var value: String
    /// Its number, in the unit that is written.
    public var number: Double
    /// How many seeds were run, given-up runs included.
    public var replications: Int
    /// How many of them were given up because more items were on their way than memory should hold.
    public var overwhelmed: Int
    /// What all thresholds together say.
    public var outcome: Outcome
    /// What each threshold says, in the scenario's order.
    public var thresholds: [ThresholdTestResult]
    /// How likely a run is to end metastable or collapsed; nil if no run has a class.
    public var collapse: ProbabilityResult?

    /// What is known of a value.
    public enum Outcome: String, Codable, Sendable {
        /// Every threshold is shown to hold.
        case passes
        /// A threshold is shown to be broken.
        case fails
        /// The most seeds were run, and it is not clear; the estimates lean to passing.
        case leansToPassing = "leans-to-passing"
        /// The most seeds were run, and it is not clear; the estimates lean to failing.
        case leansToFailing = "leans-to-failing"
        /// A seed has no data for a threshold, so that nothing can be said.
        case noData = "no-data"
        /// The search ended before it was known.
        case open
    }
}

/// What was tested of a threshold at one value.
public struct ThresholdTestResult: Codable, Sendable {
    /// The metric's key.
    public var metric: String
    /// The condition as the scenario states it.
    public var condition: String
    /// On what it is judged, in words that continue the condition; nil for whole runs and all seeds together.
    public var scope: String?
    /// The unit of the estimate and the limit.
    public var unit: String
    /// What was compared with the limit.
    public var tested: Tested
    /// The limit.
    public var limit: Double
    /// The mean over the seeds, or the share of seeds; nil if a seed has no data, which is never a pass.
    public var estimate: Double?
    /// The lower end of the interval that decided.
    public var lower: Double?
    /// Its upper end.
    public var upper: Double?
    /// What the test says.
    public var outcome: CapacityPointResult.Outcome

    /// What a threshold is tested by.
    public enum Tested: String, Codable, Sendable {
        /// The mean over the seeds of each seed's own figure.
        case meanOverSeeds = "mean-over-seeds"
        /// The share of seeds that break the condition.
        case shareBreaking = "share-breaking"
        /// The share of seeds that meet the condition.
        case shareMeeting = "share-meeting"
        /// The share of runs that are of the class.
        case shareOfClass = "share-of-class"
    }
}

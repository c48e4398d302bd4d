/// What became of scenarios since their baselines were saved: what the gate says, and why.
///
/// It holds no wall-clock times and no machine names, so the same baselines and program give the same bytes.
public struct GateResult: Codable, Sendable {
    /// The format's name: `orrery-gate`.
    public var format = "orrery-gate"
    /// The version of the format; raised when a field changes its meaning.
    public var formatVersion = 1
    /// The scenarios, in the order of the command.
    public var scenarios: [GateScenarioResult]

    /// The worst that is said of any scenario; identical if there is none.
    public var verdict: GateVerdict

    /// The result for these scenarios.
    public init(_ scenarios: [GateScenarioResult]) {
        self.scenarios = scenarios
        verdict = scenarios.map(\.verdict).max() ?? .identical
    }
}

/// What the gate can say, from what matters least to what matters most.
public enum GateVerdict: String, Codable, Sendable, CaseIterable, Comparable {
    /// Every event of every run is the same, and so is every figure.
    case identical
    /// Something is different, and a material change for the worse is excluded.
    case same
    /// It is shown to have changed for the better, and nothing for the worse.
    case improved
    /// A change that matters is neither shown nor excluded.
    case inconclusive
    /// It is shown to have changed for the worse.
    case regressed

    /// Whether it matters less.
    public static func < (left: GateVerdict, right: GateVerdict) -> Bool {
        (allCases.firstIndex(of: left) ?? 0) < (allCases.firstIndex(of: right) ?? 0)
    }
}

/// What became of one scenario.
public struct GateScenarioResult: Codable, Sendable {
    /// The scenario's name.
    public var scenario: String
    /// Where the scenario lies.
    public var path: String
    /// The file that holds its baseline.
    public var baseline: String
    /// How many seeds each variant was run with.
    public var seedCount: Int
    /// The variants, in the order of the baseline.
    public var variants: [GateVariantResult]
    /// The questions of capacity, in the order of the baseline.
    public var capacities: [GateCapacityResult]
    /// The worst that is said of any variant or answer.
    public var verdict: GateVerdict
}

/// What became of one variant.
public struct GateVariantResult: Codable, Sendable {
    /// The variant's name.
    public var name: String
    /// What is said of it.
    public var verdict: GateVerdict
    /// What speaks for the verdict besides figures and endings, in sentences: thresholds, and what could not be
    /// compared.
    public var reasons: [String]
    /// How runs end, where any run ends otherwise.
    public var endings: [GateEndingResult]
    /// The figures of the baseline; empty where every event is the same.
    public var figures: [GateFigureResult]
}

/// How many runs end badly, before and now.
public struct GateEndingResult: Codable, Sendable {
    /// The classes that count as this ending: `metastable`, `collapsed`.
    public var classes: [String]
    /// How many runs end so in the baseline.
    public var base: Int
    /// How many do now.
    public var head: Int
    /// How many seeds have a class on both sides.
    public var pairs: Int
    /// How likely as large a change is by chance, for everything that is judged together (McNemar's exact test, Holm).
    public var pAdjusted: Double
    /// What is said of it; `same` where nothing is shown.
    public var verdict: GateVerdict
}

/// What became of one figure.
public struct GateFigureResult: Codable, Sendable {
    /// What it is: `delivery.latency p(99)`.
    public var figure: String
    /// The unit.
    public var unit: String
    /// Which way is the better one: `higher`, `lower` or `neither`.
    public var better: String
    /// How many seeds have a value on both sides.
    public var pairs: Int
    /// The mean of the baseline over these seeds.
    public var base: Double
    /// The mean of now − then over these seeds.
    public var difference: Double
    /// Half the width of its 95 % interval; nil for one pair.
    public var halfWidth: Double?
    /// The difference as a share of the base; nil where that is zero.
    public var change: Double?
    /// How much it may change for the worse; nil if it is not held to that.
    public var tolerance: Double?
    /// How likely as large a difference is by chance, for everything that is judged together; nil where nothing is
    /// judged.
    public var pAdjusted: Double?
    /// How many seeds would tell, if they went on like these; nil if it is told, or if nobody can say.
    public var seedsNeeded: Int?
    /// What is said of it.
    public var verdict: Verdict

    /// What can be said of a figure.
    public enum Verdict: String, Codable, Sendable {
        /// Every seed has the same value.
        case identical
        /// A material change for the worse is excluded.
        case same
        /// Nothing is shown, and it is too noisy for anything to be excluded.
        case tooNoisy = "too-noisy"
        /// It has no better direction.
        case unjudged
        /// It is shown to be better, by more than is immaterial.
        case improved
        /// A material change for the worse is neither shown nor excluded.
        case inconclusive
        /// It is shown to be worse, by more than is immaterial.
        case regressed
    }
}

/// What became of one answer about capacity.
public struct GateCapacityResult: Codable, Sendable {
    /// What was asked: `largest system.cluster.nodes=5..20 in broadcast`.
    public var question: String
    /// The answer of the baseline, in words: `14`, or `between 13 and 15`.
    public var base: String
    /// The answer now.
    public var head: String
    /// What is said of it.
    public var verdict: GateVerdict
}

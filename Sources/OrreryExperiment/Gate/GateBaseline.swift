import OrreryModel

/// What a scenario's runs gave when somebody was content with them: exactly what a file of `Reports/baselines` holds.
///
/// It is made for being committed and read in a diff: small, one figure a line, the same bytes for the same runs.
/// Values are kept seed by seed, because later runs are compared with them in pairs.
public struct GateBaseline: Codable, Sendable, Equatable {
    /// The format's name: `orrery-baseline`.
    public var format = GateBaseline.format
    /// The version of the format; raised when a field changes its meaning.
    public var formatVersion = GateBaseline.formatVersion
    /// The version of Orrery that made it.
    public var orreryVersion: String
    /// The version of the random streams and samplers.
    public var samplerVersion: Int
    /// The scenario's name.
    public var scenario: String
    /// Where the scenario lies, as the command named it.
    public var path: String
    /// What was set besides the file, each as `path=value`.
    public var settings: [String]
    /// The first seed.
    public var seedBase: UInt64
    /// How many seeds there are, one after the other.
    public var seedCount: Int
    /// What these runs can show, in a sentence.
    public var statement: String
    /// The variants, in the scenario's order.
    public var variants: [GateVariant]
    /// The questions of capacity that were asked, with their answers.
    public var capacities: [GateCapacity]

    /// The name of the format.
    public static let format = "orrery-baseline"
    /// The version of the format that is written, and the only one that is read.
    public static let formatVersion = 1

    /// The seeds.
    public var seeds: [UInt64] { (0..<UInt64(max(0, seedCount))).map { seedBase + $0 } }
}

/// What the gate keeps of a variant.
public struct GateVariant: Codable, Sendable, Equatable {
    /// The variant's name.
    public var name: String
    /// The digest over all its seeds.
    public var fingerprint: String
    /// What became of the run of each seed: `stable`, `recovered`, `metastable`, `collapsed`, or `unclassed`.
    public var classes: [String]
    /// The thresholds and how they fared.
    public var thresholds: [GateThreshold]
    /// The figures that are watched, in a fixed order.
    public var figures: [GateFigure]
}

/// A threshold and how it fared.
public struct GateThreshold: Codable, Sendable, Equatable {
    /// The metric and the condition, with its scope: `delivery.latency: p(99) < 2s, in the worst 1h`.
    public var condition: String
    /// `holds`, `broken`, `inconclusive` or `unjudged`.
    public var verdict: String
    /// What was observed, in the unit; nil without data.
    public var observed: Double?
    /// The unit.
    public var unit: String
}

/// A figure that is watched, with one value for each seed.
public struct GateFigure: Codable, Sendable, Equatable {
    /// What it is: `delivery.latency p(99)`.
    public var figure: String
    /// The unit of all values.
    public var unit: String
    /// Which way is the better one: `higher`, `lower` or `neither`.
    public var better: String
    /// The mean over the seeds.
    public var mean: Double
    /// How much the mean may change for the worse before it matters, in the unit: what is not shown to be less than
    /// this is inconclusive.
    ///
    /// It follows from the spread of the values and may be edited. Nil if so few seeds, or such a spread, can exclude
    /// nothing useful; then only a change that is shown counts.
    public var tolerance: Double?
    /// Why there is no tolerance; nil if there is one.
    public var note: String?
    /// One value for each seed, in their order.
    public var values: [Double]

    /// Whether it tells that nothing became worse where it is the same: it is held to a tolerance, and is not just
    /// zero.
    var isTelling: Bool { tolerance != nil && mean != 0 }
}

/// A question of capacity, with its answer.
public struct GateCapacity: Codable, Sendable, Equatable {
    /// The parameter and the values that could be the answer: `system.workers.count=4..12`.
    public var vary: String
    /// The variant that was searched.
    public var variant: String
    /// Which end passes.
    public var find: CapacityResult.Find
    /// The confidence of the whole search, in 0…1.
    public var confidence: Double
    /// The first seed of every value.
    public var seedBase: UInt64
    /// The most seeds that a value could have.
    public var seedsMax: Int
    /// The value sought; nil if no value meets the thresholds.
    public var answer: String?
    /// The last value that is shown to pass; nil if none is.
    public var proven: String?
    /// The last value that is not shown to fail; nil if all are shown to.
    public var possible: String?
    /// The digest over all runs of the search.
    public var fingerprint: String
    /// How many runs it took.
    public var runs: Int

    /// What identifies the question.
    public var question: String { "\(find.rawValue) \(vary) in \(variant)" }
}

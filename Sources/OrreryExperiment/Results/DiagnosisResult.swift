/// Why the runs of a variant went as they did.
public struct DiagnosisResult: Codable, Sendable {
    /// The first causes that were found, the most frequent first; empty if no run showed a symptom.
    public var causes: [CauseResult]
    /// How many runs were looked at.
    public var runs: Int
    /// One run that stands for the others; nil without a finished run.
    public var example: ExampleResult?
    /// What limits the network; nil if nothing of it has a limit, or nothing was measured.
    public var bottleneck: BottleneckResult?
    /// What would relieve it, the most effective first; empty if nothing was compared.
    public var reliefs: [ReliefResult]
    /// The diagnosis in plain words, the most important sentence first.
    public var sentences: [String]
}

/// A first cause, and in how many of the runs it was the first.
public struct CauseResult: Codable, Sendable, Equatable {
    /// The symptom's name, for instance `EventQueueOverflow`.
    public var symptom: String
    /// What it means, in one line.
    public var summary: String
    /// In how many runs it was the first cause.
    public var runs: Int
    /// In how many runs the symptom was seen at all.
    public var seen: Int
    /// The lower end of the exact 95 % interval (Clopper and Pearson) of the probability that it is the first cause.
    public var lower: Double?
    /// Its upper end.
    public var upper: Double?
}

/// One run that stands for the others: what happened in it, and where.
public struct ExampleResult: Codable, Sendable {
    /// Its seed.
    public var seed: UInt64
    /// Why it is this one, in words.
    public var reason: String
    /// What became of it; nil if nothing can be said.
    public var `class`: String?
    /// What went wrong, in the order in which it began: the first is the trigger or the first cause.
    public var symptoms: [SymptomResult]
    /// What happened at each node, partition and line.
    public var places: [PlaceSeriesResult]
}

/// Something that went wrong in a run.
public struct SymptomResult: Codable, Sendable, Equatable {
    /// Its name, for instance `EventQueueOverflow`.
    public var symptom: String
    /// What it means, in one line.
    public var summary: String
    /// What it is in the chain: `trigger` (a fault of the scenario), `cause` (the first cause), `effect` (follows from
    /// something earlier), or `outcome`.
    public var role: String
    /// When it began, from the start of the run.
    public var fromSeconds: Double
    /// When it was over; the run's end if it never was.
    public var toSeconds: Double
    /// Where, in words: `the inboxes of the nodes`, `the uplink of hosting`.
    public var place: String
    /// What was seen, in a sentence with its figures.
    public var evidence: String
    /// The symptom's place in this list that it follows from; nil for those that nothing here explains.
    public var follows: Int?
}

/// What limits a network.
public struct BottleneckResult: Codable, Sendable, Equatable {
    /// The busiest part, in words; nil if no part has a limit.
    public var busiestPart: String?
    /// Its busy share (0…1), averaged over the runs.
    public var utilisation: Double?
    /// The stage in which delivered items spend most of their time; nil without deliveries.
    public var slowestStage: String?
    /// The share (0…1) of all items' time that passes there.
    public var latencyShare: Double?
}

/// What a change of the network would bring.
public struct ReliefResult: Codable, Sendable, Equatable {
    /// The change in words: a variant's name, or a parameter with its change, as in `system.workers.count 4 → 5`.
    public var change: String
    /// Whether it is another variant of the scenario (true), or one parameter changed a little (false).
    public var isVariant: Bool
    /// The metric that tells.
    public var metric: String
    /// The metric's mean as things are.
    public var before: Double
    /// Its mean with the change.
    public var after: Double
    /// The metric's unit.
    public var unit: String
    /// Half the width of the 95 % interval of the difference, paired by seed; nil for fewer than two pairs.
    public var halfWidth: Double?
    /// Whether the difference is shown to be one for the better.
    public var isShown: Bool
}

/// The state of many alike parts over time in one run, for a heat map.
public struct PlaceSeriesResult: Codable, Sendable, Equatable {
    /// What the parts are: `nodes`, `partitions` or `uplinks`.
    public var kind: String
    /// What the values are, in words.
    public var quantity: String
    /// The unit of the values: `messages`, `copies` or `share`.
    public var unit: String
    /// The time from one value to the next; each stands for the end of its interval.
    public var intervalSeconds: Double
    /// One name a row.
    public var names: [String]
    /// One row a part, one value an interval; shares from 0 to 1.
    public var rows: [[Double]]
}

extension VariantResult {
    /// All that is to be said of the variant in words: the diagnosis first, then what else was noticed.
    public var sentences: [String] { diagnosis.sentences + findings }
}

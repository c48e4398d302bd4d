public import OrreryKernel

/// What a threshold says about what was observed.
public struct Judgement: Sendable {
    /// Whether the condition holds.
    public let verdict: Verdict
    /// The aggregate that was compared, in the metric's base unit; nil without data.
    public let observed: Double?
    /// What it was compared with, in the same unit; nil if a baseline is missing.
    public let limit: Double?
    /// How many seeds meet the condition, each by itself.
    public let seedsHolding: Int
    /// How many seeds there are.
    public let seedsJudged: Int
    /// The seed that fares worst by itself; nil without data, and where every seed fares alike.
    public let worstSeed: UInt64?
    /// When the worst seed first breaks the condition, from the start of its run; nil if it never does, or if nobody
    /// can say when.
    public let firstViolation: Duration?
    /// What was judged in place of the time that was stated, because courses are kept in bins; nil for a whole run.
    public let judged: (start: Duration, end: Duration, window: Duration?)?
    /// What a reader should know besides, in a sentence; nil if nothing.
    public let remark: String?

    /// Whether the condition holds; without data it never does.
    public var holds: Bool { verdict == .holds }

    /// How a condition can fare.
    public enum Verdict: String, Codable, Sendable {
        /// It holds.
        case holds
        /// It does not.
        case broken
        /// There are too few runs to say.
        case inconclusive
        /// There is no data, which is never a pass.
        case unjudged
    }
}

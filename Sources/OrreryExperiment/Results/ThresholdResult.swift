import OrreryDiagnosis
import OrreryKernel
import OrreryModel

/// One threshold and whether it holds.
public struct ThresholdResult: Codable, Sendable {
    /// The metric's key.
    public var metric: String
    /// The condition as the scenario states it, for instance `p(99) < 2s`.
    public var condition: String
    /// On what it is judged, in words that continue the condition; nil for whole runs and all seeds together.
    public var scope: String?
    /// `holds`, `broken`, `inconclusive` (there are too few runs to say) or `unjudged` (there is no data).
    public var verdict: String
    /// What was observed, in the unit; nil without data, which is never a pass.
    public var observed: Double?
    /// What it was compared with, in the unit; nil if a baseline is missing.
    public var limit: Double?
    /// The unit of both: `s`, `B`, `share` for shares from 0 to 1, `items` and so on.
    public var unit: String
    /// The observed value over the limit as a share of the limit: below zero is room to spare; nil where it has no
    /// meaning.
    public var excess: Double?
    /// How many of the seeds meet it, each judged by itself.
    public var seedsHolding: Int
    /// How many seeds there are.
    public var seedsJudged: Int
    /// The seed that fares worst by itself; nil where all fare alike.
    public var worstSeed: UInt64?
    /// When the worst seed first breaks the condition, from the start of its run; nil if it never does, or if nobody
    /// can say when.
    public var firstViolationSeconds: Double?
    /// What a reader should know besides: what the bins made of the stated time, what a number of runs shows.
    public var remark: String?

    /// Whether the condition holds.
    public var holds: Bool { verdict == Judgement.Verdict.holds.rawValue }
    /// Whether it is broken.
    public var isBroken: Bool { verdict == Judgement.Verdict.broken.rawValue }
    /// Whether there are too few runs to say.
    public var isInconclusive: Bool { verdict == Judgement.Verdict.inconclusive.rawValue }
}

extension ThresholdResult {
    /// What a judge found.
    init(_ judge: ThresholdJudge) {
        let (threshold, judgement) = (judge.threshold, judge.judgement)
        let metric = MetricCatalog[threshold.metric]
        let isCountOfItems = threshold.aggregation == .count && metric?.form == .distribution
        let excess = judgement.observed.flatMap { observed -> Double? in
            guard let limit = judgement.limit, limit != 0, threshold.comparison.hasMargin else { return nil }
            return threshold.comparison.direction * (observed - limit) / limit
        }
        self.init(
            metric: threshold.metric, condition: threshold.text,
            scope: threshold.scope.text.isEmpty ? nil : threshold.scope.text, verdict: judgement.verdict.rawValue,
            observed: judgement.observed, limit: judgement.limit,
            unit: (isCountOfItems ? .items : metric?.unit ?? .items).rawValue, excess: excess,
            seedsHolding: judgement.seedsHolding, seedsJudged: judgement.seedsJudged, worstSeed: judgement.worstSeed,
            firstViolationSeconds: judgement.firstViolation?.seconds,
            remark: judgement.remark ?? judgement.bins(threshold))
    }
}

extension Judgement {
    /// What the bins made of the time that a threshold states; nil if they left it as it is.
    fileprivate func bins(_ threshold: Threshold) -> String? {
        guard let judged else { return nil }
        let span = threshold.scope.during
        let isSame = span.map { $0.start == judged.start && $0.end == judged.end } ?? true
        if isSame, judged.window == threshold.scope.window { return nil }
        func words(_ duration: Duration) -> String { Quantity.text(duration.seconds, unit: .seconds) }
        let window = judged.window.map { ", windows of \(words($0))" } ?? ""
        return "judged in whole bins: \(words(judged.start)) to \(words(judged.end))\(window)"
    }
}

extension Threshold.Comparison {
    /// Whether there is room to spare: not for equal and unequal.
    fileprivate var hasMargin: Bool { isUpper || isLower }

    /// Which way leads out of the room: up for a limit from above, down for one from below.
    fileprivate var direction: Double { isLower ? -1 : 1 }
}

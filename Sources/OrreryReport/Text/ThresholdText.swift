import OrreryExperiment

/// Thresholds in words, the same in the page and in the terminal.
enum ThresholdText {
    /// Whether it holds, as a sign and a word; what is not judged counts as a failure.
    static func judgement(_ threshold: ThresholdResult) -> (sign: String, word: String, kind: String) {
        if threshold.holds { return ("✓", "holds", "holds") }
        if threshold.isBroken { return ("✗", "broken", "broken") }
        return ("?", threshold.isInconclusive ? "inconclusive" : "no data", "unjudged")
    }

    /// The metric, the condition and on what it is judged.
    static func condition(_ threshold: ThresholdResult) -> String {
        "\(threshold.metric): \(threshold.condition)" + (threshold.scope.map { ", \($0)" } ?? "")
    }

    /// What was observed, with a digit more than elsewhere, because the last one may decide.
    static func observed(_ threshold: ThresholdResult) -> String {
        guard let value = threshold.observed, value.isFinite else { return "not measured" }
        let scale = Quantity.scale(for: value, unit: threshold.unit)
        let shown = value * scale.factor
        let isWhole = scale.factor == 1 && shown.rounded() == shown
        return Numerals.significant(shown, digits: isWhole ? 15 : 4) + scale.suffix
    }

    /// How far inside or outside the limit the observed value lies.
    static func margin(_ threshold: ThresholdResult) -> String {
        guard threshold.observed != nil else { return "no data is never a pass" }
        guard let excess = threshold.excess, excess.isFinite else { return Numerals.absent }
        if abs(excess) < 0.0005 { return "at the limit" }
        if excess >= 1 { return "\(Numerals.significant(1 + excess, digits: 2)) times the limit" }
        let size = Quantity.share(abs(excess))
        return excess < 0 ? "\(size) to spare" : "\(size) beyond"
    }

    /// How many seeds hold by themselves.
    static func seeds(_ threshold: ThresholdResult) -> String {
        threshold.seedsJudged > 0 ? "\(threshold.seedsHolding) of \(threshold.seedsJudged)" : Numerals.absent
    }

    /// What a reader should know besides: the worst seed, when it first broke the condition, and a remark.
    static func remarks(_ threshold: ThresholdResult) -> [String] {
        let first = threshold.firstViolationSeconds.map { "first broken at \(Quantity.seconds($0))" }
        let worst = threshold.isBroken ? threshold.worstSeed.map { "worst seed \($0)" } : nil
        return [worst, threshold.isBroken ? first : nil, threshold.remark].compactMap(\.self)
    }
}

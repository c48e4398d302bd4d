import OrreryExperiment

/// Thresholds in words, the same in the page and in the terminal.
enum ThresholdText {
    /// Whether it holds, as a sign and a word; without data it is not judged, which counts as a failure.
    static func judgement(_ threshold: ThresholdResult) -> (sign: String, word: String, kind: String) {
        if threshold.observed == nil { return ("?", "no data", "unjudged") }
        return threshold.holds ? ("✓", "holds", "holds") : ("✗", "broken", "broken")
    }

    /// How far inside or outside the limit the observed value lies.
    static func margin(_ threshold: ThresholdResult) -> String {
        guard threshold.observed != nil else { return "no data is never a pass" }
        guard let excess = threshold.excess, excess.isFinite else { return Numerals.absent }
        if abs(excess) < 0.0005 { return "at the limit" }
        let size = Quantity.share(abs(excess))
        return excess < 0 ? "\(size) to spare" : "\(size) beyond"
    }

    /// How many seeds hold by themselves.
    static func seeds(_ threshold: ThresholdResult) -> String {
        threshold.seedsJudged > 0 ? "\(threshold.seedsHolding) of \(threshold.seedsJudged)" : Numerals.absent
    }
}

import OrreryExperiment

/// Thresholds in words, the same in the page and in the terminal.
enum ThresholdText {
    /// Whether it holds, as a sign and a word; without data it is not judged, which counts as a failure.
    static func judgement(_ threshold: ThresholdResult) -> (sign: String, word: String, kind: String) {
        if threshold.observed == nil { return ("?", "no data", "unjudged") }
        return threshold.holds ? ("✓", "holds", "holds") : ("✗", "broken", "broken")
    }

    /// What was observed, in the units that the rest of the report uses and with a digit more than elsewhere, because
    /// the last one may decide.
    static func observed(_ threshold: ThresholdResult) -> String {
        guard let text = threshold.observed else { return "not measured" }
        let digits = text.prefix { $0.isNumber || $0 == "." || $0 == "-" }
        guard let number = Double(digits), let unit = units[String(text.dropFirst(digits.count))] else { return text }
        let value = number * unit.size
        let scale = Quantity.scale(for: value, unit: unit.name)
        return Numerals.significant(value * scale.factor, digits: 4) + scale.suffix
    }

    /// The units of a scenario, by what follows the number, in units of the result.
    private static let units: [String: (size: Double, name: String)] = [
        "ns": (1e-9, "s"), "us": (1e-6, "s"), "ms": (1e-3, "s"), "s": (1, "s"), "m": (60, "s"), "h": (3600, "s"),
        "d": (86_400, "s"), "%": (0.01, "share"), "": (1, ""), "B": (1, "B"), "kB": (1e3, "B"),
        "MB": (1e6, "B"), "GB": (1e9, "B"), "TB": (1e12, "B"), " items": (1, "items"),
        " exposures": (1, "exposures"), " items/s": (1, "items/s"),
    ]

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
}

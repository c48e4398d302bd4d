import OrreryExperiment

/// What was demanded, what was observed, and whether it holds.
struct ThresholdSection {
    var result: ExperimentResult

    private var isSeveral: Bool { result.variants.count > 1 }

    var markup: Markup {
        element("section", ["id": "thresholds", "aria-labelledby": "thresholds-title"]) {
            element("h2", ["id": "thresholds-title"]) { "Thresholds" }
            if rows.isEmpty {
                element("p", ["class": "nothing"]) {
                    "The scenario sets no thresholds: nothing was demanded, so nothing could fail."
                }
            } else {
                ReportTable(label: "Thresholds", columns: columns, rows: rows).markup
            }
        }
    }

    private var columns: [(title: String, isNumber: Bool)] {
        [("Holds", false)] + (isSeveral ? [("Variant", false)] : [])
            + [
                ("Metric", false), ("Condition", false), ("Observed", true), ("Margin", true),
                ("Seeds that hold", true),
            ]
    }

    private var rows: [[ReportTable.Cell]] {
        result.variants.flatMap { variant in
            variant.thresholds.map { threshold in
                [ReportTable.Cell(content: ThresholdSection.sign(threshold.holds))]
                    + (isSeveral ? [.words(variant.name)] : [])
                    + [
                        .code(threshold.metric), .code(threshold.condition),
                        .number(threshold.observed ?? "not measured"),
                        .number(ThresholdText.margin(threshold)), .number(ThresholdText.seeds(threshold)),
                    ]
            }
        }
    }

    static func sign(_ holds: Bool) -> Markup {
        element("span", ["class": holds ? "sign holds" : "sign broken"]) { holds ? "✓ holds" : "✗ broken" }
    }
}

/// Thresholds in words, the same in the page and in the terminal.
enum ThresholdText {
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

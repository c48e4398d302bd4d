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
                [ReportTable.Cell(content: ThresholdSection.sign(threshold))]
                    + (isSeveral ? [.words(variant.name)] : [])
                    + [
                        .code(threshold.metric), .code(threshold.condition),
                        .number(threshold.observed ?? "not measured"),
                        .number(ThresholdText.margin(threshold)), .number(ThresholdText.seeds(threshold)),
                    ]
            }
        }
    }

    /// The sign and its word, in a colour of its own.
    static func sign(_ threshold: ThresholdResult) -> Markup {
        let judgement = ThresholdText.judgement(threshold)
        return element("span", ["class": "sign \(judgement.kind)"]) { "\(judgement.sign) \(judgement.word)" }
    }
}

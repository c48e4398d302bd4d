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
                element("p", ["class": "note-line"]) { explanation }
                ReportTable(label: "Thresholds", columns: columns, rows: rows, isStacked: true).markup
            }
        }
    }

    /// What was judged, so that a count here is not taken for the mean of the tiles.
    private var explanation: String {
        let seeds = result.variants.map(\.replications.count).max() ?? 0
        let scope = result.warmUpSeconds > 0 ? "Judged on what followed the warm-up" : "Judged on the whole run"
        guard seeds > 1 else { return scope + "." }
        return scope + ", on all \(seeds) seeds together: a count is their sum. Beside it, how many seeds hold alone."
    }

    private var columns: [(title: String, isNumber: Bool)] {
        [("Holds", false)] + (isSeveral ? [("Variant", false)] : [])
            + [
                ("Condition", false), ("Observed", true), ("Margin", true), ("Seeds that hold", true),
                ("Remarks", false),
            ]
    }

    private var rows: [[ReportTable.Cell]] {
        result.variants.flatMap { variant in
            variant.thresholds.map { threshold in
                [ReportTable.Cell(content: ThresholdSection.sign(threshold))]
                    + (isSeveral ? [.words(variant.name)] : [])
                    + [
                        .code(ThresholdText.condition(threshold)),
                        .number(ThresholdText.observed(threshold)),
                        .number(ThresholdText.margin(threshold)), .number(ThresholdText.seeds(threshold)),
                        .words(ThresholdText.remarks(threshold).joined(separator: "; ")),
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

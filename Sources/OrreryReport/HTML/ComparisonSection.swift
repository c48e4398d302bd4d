import OrreryExperiment

/// All variants side by side: what each did, and how it differs from the first, paired by seed.
struct ComparisonSection {
    var result: ExperimentResult

    /// The metrics that have a column each, with their differences.
    private static let metrics = [
        ("items.loss-share", "Lost"), ("delivery.latency", "Mean latency"), ("delivery.throughput", "Throughput"),
    ]

    var markup: Markup {
        element("section", ["id": "comparison", "aria-labelledby": "comparison-title"]) {
            element("h2", ["id": "comparison-title"]) { "Comparison" }
            element("p", ["class": "note-line"]) {
                "Means over the seeds, and below each its difference to \(result.variants[0].name), paired by seed, "
                "± half the width of its 95 % interval. ↑ and ↓: the interval lies beyond zero; =: no difference is shown."
            }
            ReportTable(label: "Comparison of the variants", columns: columns, rows: rows, isStacked: true).markup
        }
    }

    private var columns: [(title: String, isNumber: Bool)] {
        [("Variant", false), ("Runs", false)] + ComparisonSection.metrics.map { ($0.1, true) }
            + [("Latency p99", true), ("Thresholds", false)]
    }

    private var rows: [[ReportTable.Cell]] {
        result.variants.enumerated().map { index, variant in
            let key = KeyFigures(variant: variant)
            return [
                ReportTable.Cell(content: element("a", ["href": "#v\(index + 1)"]) { variant.name }),
                .words(key.outcome.text),
            ]
                + ComparisonSection.metrics.map { cell($0.0, variant) }
                + [.number(key.latencies[3].text), ReportTable.Cell(content: thresholds(of: variant))]
        }
    }

    private func cell(_ key: String, _ variant: VariantResult) -> ReportTable.Cell {
        let metric = variant.metrics.first { $0.key == key }
        let mean = key == "delivery.latency" ? variant.latency.mean : metric?.mean
        let unit = key == "delivery.latency" ? "s" : metric?.unit ?? ""
        let difference = variant.differences.first { $0.key == key }
        let content = MarkupBuilder.buildBlock(
            Markup(Quantity.text(mean, unit: unit)),
            difference.map { difference in
                element("span", ["class": "detail"]) {
                    ComparisonSection.sign(difference) + " "
                        + Quantity.difference(
                            difference.mean, plusMinus: difference.halfWidth, unit: difference.unit)
                }
            } ?? .empty)
        return ReportTable.Cell(content: content, isNumber: true)
    }

    private static func sign(_ difference: DifferenceResult) -> String {
        switch difference.direction {
        case .lower?: "↓"
        case .higher?: "↑"
        case .notShown?: "="
        case nil: "?"
        }
    }

    private func thresholds(of variant: VariantResult) -> Markup {
        guard !variant.thresholds.isEmpty else { return Markup("none stated") }
        let broken = variant.thresholds.count { !$0.holds }
        return element("span", ["class": "sign \(broken == 0 ? "holds" : "broken")"]) {
            broken == 0 ? "✓ all hold" : "✗ \(broken) of \(variant.thresholds.count) broken"
        }
    }
}

import OrreryExperiment

/// How a variant differs from the first, paired by seed.
struct DifferenceSection {
    var table: DifferenceTable

    @MarkupBuilder var markup: Markup {
        element("h3") { "Differences to \(table.result.variants[0].name), paired by seed" }
        if table.rows.isEmpty {
            element("p", ["class": "nothing"]) { "Nothing can be compared: \(table.pairs)." }
        } else {
            element("p", ["class": "note-line"]) {
                "This variant minus \(table.result.variants[0].name) in each seed, then the mean over \(table.pairs), "
                "± half the width of its 95 % interval. "
                "Where the interval covers zero, these seeds show no difference; there may be one. "
                "Each row is judged by itself: of twenty rows without any difference, about one shows one by chance. "
                "Counts begin after the warm-up, and every seed counts the same."
                if let caution = table.caution { " " + caution }
            }
            rows
        }
    }

    private var rows: Markup {
        let rows = table.rows.map { row -> [ReportTable.Cell] in
            [
                .words(row.label), .number(row.difference, exact: row.exact), .words(row.sign + " " + row.words),
                .number(String(row.pairs)),
            ]
        }
        return ReportTable(
            label: "Differences to \(table.result.variants[0].name)",
            columns: [("Figure", false), ("Difference", true), ("What it shows", false), ("Pairs of seeds", true)],
            rows: rows, isStacked: true
        ).markup
    }
}

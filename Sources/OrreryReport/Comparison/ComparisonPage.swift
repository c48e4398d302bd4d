import OrreryExperiment

/// The page of a comparison: what became worse and better, with intervals, alternative by alternative.
struct ComparisonPage {
    let report: ComparisonReport
    /// The command that makes it again; nil where it is not known.
    var command: String?
    /// The version of this program.
    var version: String

    private var comparison: ResultComparison { report.comparison }

    /// The text of the file.
    var text: String {
        let names = comparison.alternatives.enumerated().map { (target: "#a\($0.offset + 1)", label: $0.element.name) }
        return HTMLPage(
            title: "Comparison – \(outcome) – Orrery", brand: "comparison of simulated telescope networks",
            heading: heading, lead: "", version: version,
            contents: [("#verdict", "Verdict")] + (names.count == 1 ? [("#a1", "What changed")] : [])
                + [("#reading", "How to read this"), ("#glossary", "Glossary")],
            variants: names.count > 1 ? names : [],
            sections: [verdict] + comparison.alternatives.indices.map(section) + [reading, GlossarySection.markup]
        ).text
    }

    private var outcome: String { comparison.isRegression ? "worse" : "not worse" }

    private var heading: String {
        comparison.alternatives.count == 1
            ? comparison.alternatives[0].name : "\(comparison.alternatives.count) alternatives, each with its base"
    }

    private var verdict: Markup {
        element(
            "section",
            [
                "id": "verdict", "class": "verdict \(comparison.isRegression ? "failed" : "passed")",
                "aria-labelledby": "verdict-title",
            ]
        ) {
            element("h2", ["id": "verdict-title"]) {
                element("span", ["class": "badge"]) { "\(comparison.isRegression ? "✗" : "✓") \(outcome)" }
            }
            element("p", ["class": "sentence"]) { report.statement }
            if comparison.alternatives.count > 1 {
                element("dl", ["class": "outcomes"]) {
                    for (index, alternative) in comparison.alternatives.enumerated() {
                        element("div") {
                            element("dt") { element("a", ["href": "#a\(index + 1)"]) { alternative.name } }
                            element("dd") { ComparisonPage.counts(alternative) }
                        }
                    }
                }
            }
            if let command {
                element("dl", ["class": "facts"]) {
                    element("div", ["class": "wide"]) {
                        element("dt") { "To make this again" }
                        element("dd") { element("pre", ["tabindex": "0"]) { element("code") { command } } }
                    }
                }
            }
        }
    }

    private static func counts(_ alternative: ResultComparison.Alternative) -> String {
        let (worse, better) = (
            alternative.verdicts.count { $0 == .worse }, alternative.verdicts.count { $0 == .better }
        )
        return
            "\(worse) worse, \(better) better, over \(alternative.pairs) \(alternative.pairs == 1 ? "pair" : "pairs")"
    }

    private func section(of index: Int) -> Markup {
        let alternative = comparison.alternatives[index]
        let id = "a\(index + 1)"
        let changed = alternative.metrics.filter { $0.verdict == .worse || $0.verdict == .better }
        let shown = report.shown(alternative)
        let others = alternative.metrics.filter { row in !shown.contains { $0.key == row.key } }
        return element("section", ["id": id, "class": "variant", "aria-labelledby": "\(id)-title"]) {
            element("h2", ["id": "\(id)-title"]) {
                comparison.alternatives.count == 1 ? "What changed" : alternative.name
            }
            element("p", ["class": "note-line"]) { report.pairs(alternative) + ". " + report.rest(alternative) + "." }
            element("h3") { "How runs end" }
            endings(alternative)
            element("h3") { "What became worse or better" }
            if changed.isEmpty {
                element("p", ["class": "nothing"]) {
                    "No metric is shown to have changed. Below are those that a reader looks for first."
                }
            }
            RatioChart(id: "\(id)-ratios", rows: changed.isEmpty ? shown : changed) { row in
                "\(report.words(row).word), \(report.difference(row))"
            }.figure
            if !shown.isEmpty { table(shown, "What became worse or better") }
            if !others.isEmpty {
                Fold(
                    summary: "The other \(others.count) metrics", content: table(others, "The other metrics")
                ).markup
            }
        }
    }

    @MarkupBuilder private func endings(_ alternative: ResultComparison.Alternative) -> Markup {
        let lines = report.classes(alternative) + report.shown(alternative.endings).map(report.words)
        if lines.isEmpty {
            element("p", ["class": "nothing"]) { "Every seed ends in the same class on both sides." }
        } else {
            element("ul", ["class": "prose"]) {
                for line in lines { element("li") { line } }
            }
        }
    }

    private func table(_ rows: [MetricComparison], _ label: String) -> Markup {
        ReportTable(
            label: label,
            columns: [
                ("Metric", false), ("What it shows", false), ("Base", true), ("Difference", true), ("Ratio", true),
                ("p, adjusted", true), ("Pairs", true),
            ],
            rows: rows.map { row in
                [
                    .code(row.key), ReportTable.Cell(content: sign(row)),
                    .number(Quantity.text(row.base, unit: row.unit), exact: Quantity.exact(row.base, unit: row.unit)),
                    .number(report.difference(row), exact: Quantity.exact(row.difference, unit: row.unit)),
                    .number(report.ratio(row)), .number(row.pAdjusted.map(report.probability) ?? Numerals.absent),
                    .number(String(row.pairs)),
                ]
            }, isStacked: true
        ).markup
    }

    private func sign(_ row: MetricComparison) -> Markup {
        let (sign, word) = report.words(row)
        let kind = row.verdict == .worse ? "sign broken" : row.verdict == .better ? "sign holds" : nil
        return element("span", ["class": kind]) { "\(sign) \(word)" }
    }

    private var reading: Markup {
        element("section", ["id": "reading", "aria-labelledby": "reading-title"]) {
            element("h2", ["id": "reading-title"]) { "How to read this" }
            element("ul", ["class": "prose"]) {
                element("li") {
                    "Both sides ran with the same seeds, so each seed’s two values are subtracted before the mean is taken: "
                    "what chance does to both drops out."
                }
                element("li") {
                    "The interval beside a difference or a ratio holds the true one in 95 of 100 cases, for this metric alone."
                }
                element("li") {
                    "“Worse” and “better” are judged for all metrics together (Holm’s correction at 5 %): where nothing differs, "
                    "such a page says “worse” of anything at all in at most one of twenty cases."
                }
                element("li") {
                    "“No difference shown” is not “no difference”: more seeds may show one."
                }
            }
        }
    }
}

extension ComparisonReport {
    /// The page of the comparison.
    public var page: String { page(command: nil) }

    /// The page, with the command that makes it again.
    public func page(command: String?) -> String {
        ComparisonPage(report: self, command: command, version: Experiment.version).text
    }
}

import OrreryExperiment

/// The page of a capacity search: the answer, how sure it is, and every value that was tested.
struct CapacityPage {
    let result: CapacityResult

    /// The text of the file.
    var text: String {
        HTMLPage(
            title: "\(result.scenario) – capacity – Orrery", brand: "capacity of a simulated telescope network",
            heading: result.scenario, lead: result.summary, version: result.orreryVersion,
            contents: [
                ("#verdict", "Answer"), ("#curve", "Curves"), ("#points", "Values tested"), ("#scenario", "Scenario"),
                ("#glossary", "Glossary"), ("#data", "Data"),
            ],
            sections: [
                answer, curves, points, scenario, GlossarySection.markup, DataSection(command: result.command).markup,
            ]
        ).text
    }

    private var answer: Markup {
        let outcome = result.verdict.outcome
        return element(
            "section", ["id": "verdict", "class": "verdict \(outcome.word)", "aria-labelledby": "verdict-title"]
        ) {
            element("h2", ["id": "verdict-title"]) {
                element("span", ["class": "badge"]) { "\(outcome.sign) \(CapacityText.word(outcome))" }
            }
            element("p", ["class": "sentence"]) { result.verdict.sentence }
            element("ul", ["class": "noticed"]) {
                for statement in CapacityTable.demands(of: result) + result.statements { element("li") { statement } }
            }
            FactList(
                facts: [
                    ("Values", "\(result.parameter.values.count)"),
                    ("Sought", "the \(result.find.rawValue) value that meets all thresholds"),
                    ("Variant", result.variant), ("Runs", "\(result.runs)"),
                    ("Seeds at a value", "up to \(result.seedsMax), from \(result.seedBase)"),
                    ("Version", "Orrery \(result.orreryVersion), sampler version \(result.samplerVersion)"),
                ], fingerprint: ("Fingerprint over all values and seeds", result.fingerprint), command: result.command
            )
            .markup
        }
    }

    private var curves: Markup {
        element("section", ["id": "curve", "aria-labelledby": "curve-title"]) {
            element("h2", ["id": "curve-title"]) { "Where it stops passing" }
            if result.points.isEmpty {
                element("p", ["class": "nothing"]) { "No value was tested, so there is nothing to draw." }
            } else {
                element("p", ["class": "note-line"]) {
                    "Over \(result.parameter.path), at the values that were tested. The tinted surface is the interval that decided; "
                    "the figures are in the table below."
                }
                for chart in thresholdCharts { chart.markup }
                CapacityChart(
                    id: "collapse", title: "P(collapse)", unitNote: "share of runs that end metastable or collapsed",
                    unit: "share", limitName: "", result: result
                ) { point in
                    point.collapse.map { ($0.share, min($0.lower, $0.upper)...max($0.lower, $0.upper)) }
                }.markup
            }
        }
    }

    /// A chart for each threshold.
    private var thresholdCharts: [CapacityChart] {
        (result.points.first?.thresholds ?? []).enumerated().map { index, threshold in
            let isShare = threshold.tested != .meanOverSeeds
            return CapacityChart(
                id: "threshold-\(index + 1)", title: "\(threshold.metric): \(threshold.condition)",
                unitNote: isShare ? "share of the seeds" : "mean over the seeds of each seed’s own figure",
                unit: isShare ? "share" : threshold.unit, limit: threshold.limit,
                limitName: "limit \(Quantity.text(threshold.limit, unit: isShare ? "share" : threshold.unit))",
                result: result
            ) { point in
                guard index < point.thresholds.count, let estimate = point.thresholds[index].estimate else {
                    return nil
                }
                let tested = point.thresholds[index]
                guard let lower = tested.lower, let upper = tested.upper, lower <= upper else { return (estimate, nil) }
                return (estimate, lower...upper)
            }
        }
    }

    private var points: Markup {
        element("section", ["id": "points", "aria-labelledby": "points-title"]) {
            element("h2", ["id": "points-title"]) { "Values tested" }
            element("p", ["class": "note-line"]) {
                "At each value seeds were run until the interval of every threshold left its limit on one side. "
                "The intervals hold together, so they are wider than those of a single estimate."
            }
            ReportTable(
                label: "Values tested",
                columns: [(result.parameter.path, false)]
                    + zip(CapacityTable.headings, [true, true, false, false]).map { ($0, $1) },
                rows: CapacityTable(result: result).rows.map { row in
                    [.words(row[0])] + row[1..<3].map { .number($0) } + row.dropFirst(3).map { .words($0) }
                }, isStacked: true
            ).markup
        }
    }

    private var scenario: Markup {
        element("section", ["id": "scenario", "aria-labelledby": "scenario-title"]) {
            element("h2", ["id": "scenario-title"]) { "The scenario, before any value was laid over it" }
            element("pre", ["class": "scenario", "tabindex": "0"]) { element("code") { result.scenarioText } }
        }
    }
}

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
                ("#verdict", "Answer"), ("#points", "Values tested"), ("#scenario", "Scenario"),
                ("#glossary", "Glossary"),
            ],
            sections: [answer, points, scenario, GlossarySection.markup]
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

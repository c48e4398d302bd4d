import OrreryExperiment

extension GateReport {
    /// The report as Markdown, for the summary of a job or a comment on a change.
    public var markdown: String {
        var lines = ["**\(GateWords.sign(result.verdict)) \(statement)**", ""]
        lines += ["| Scenario | Seeds | Verdict | What moved |", "|---|---:|---|---|"]
        for scenario in result.scenarios {
            let cells = [
                GateReport.cell(scenario.scenario), "\(scenario.seedCount)",
                "\(GateWords.sign(scenario.verdict)) \(scenario.verdict.rawValue)", GateReport.summary(scenario),
            ]
            lines.append("| " + cells.joined(separator: " | ") + " |")
        }
        for scenario in result.scenarios where scenario.verdict != .identical {
            lines += ["", "### \(GateReport.cell(scenario.scenario))", "", "`\(GateReport.cell(scenario.path))`"]
            for variant in scenario.variants where variant.verdict != .identical {
                lines += GateReport.section(variant)
            }
            if !scenario.capacities.isEmpty { lines.append("") }
            lines += scenario.capacities.map {
                "- \(GateWords.sign($0.verdict)) \(GateReport.cell(GateWords.line($0)))"
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// What decides about a scenario, in a few words.
    private static func summary(_ scenario: GateScenarioResult) -> String {
        var words: [String] = []
        for variant in scenario.variants where variant.verdict == scenario.verdict && variant.verdict > .same {
            let rows = variant.figures.filter { $0.verdict.rawValue == variant.verdict.rawValue }
            let figures = rows.map { "\($0.figure)\($0.change.map { " " + GateWords.signed($0) } ?? "")" }
            words.append("\(variant.name): \((figures + variant.reasons).prefix(3).joined(separator: ", "))")
        }
        words += scenario.capacities.filter { $0.verdict > .same }.map(GateWords.line)
        return words.isEmpty ? "" : cell(words.joined(separator: "; "))
    }

    private static func section(_ variant: GateVariantResult) -> [String] {
        var lines = [
            "", "**\(cell(variant.name))**: \(GateWords.sign(variant.verdict)) \(variant.verdict.rawValue)", "",
        ]
        let sentences = variant.reasons + variant.endings.map(GateWords.line)
        lines += sentences.map { "- \(cell($0))" } + (sentences.isEmpty ? [] : [""])
        guard !variant.figures.isEmpty else { return lines }
        lines += ["| Figure | Baseline → now | Difference | Tolerance | Verdict |", "|---|---|---:|---:|---|"]
        let moved = GateWords.moved(variant)
        let rest = variant.figures.filter { $0.verdict == .same || $0.verdict == .identical }
        for row in moved + rest {
            let cells = [
                row.figure, GateWords.change(row), GateWords.difference(row),
                row.tolerance.map { Quantity.text($0, unit: row.unit) } ?? "too noisy",
                "\(GateWords.sign(row)) \(GateWords.word(row))",
            ]
            lines.append("| " + cells.map(cell).joined(separator: " | ") + " |")
        }
        return lines
    }

    /// A text that cannot break a table or become markup.
    private static func cell(_ text: String) -> String {
        MarkdownText.inline(text)
    }
}

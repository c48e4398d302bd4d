import OrreryExperiment

/// What `orrery capacity` prints: the answer, how sure it is, and a row for each value that was tested.
struct CapacityText {
    let result: CapacityResult
    let report: TextReport

    /// The text, with a line break at its end.
    var text: String {
        let outcome = result.verdict.outcome
        let sign = "\(outcome.sign) \(CapacityText.word(outcome))"
        var lines = report.wrapped("\(sign): \(report.plain(result.verdict.sentence))", indent: 2)
        lines[0] = lines[0].replacing(
            sign, with: report.painted(sign, outcome == .passed ? .good : .bad), maxReplacements: 1)
        let variant = result.variant == "as-written" ? "" : " · \(result.variant)"
        lines += report.wrapped(
            report.plain(
                "\(result.scenario)\(variant) · \(result.find.rawValue) \(result.parameter.path) of "
                    + "\(result.parameter.values.count) values · up to \(result.seedsMax) seeds from \(result.seedBase)"
                    + " · Orrery \(result.orreryVersion)"), first: "  ", indent: 2)
        lines += (CapacityTable.demands(of: result) + result.statements).flatMap {
            report.wrapped(report.plain($0), first: "  • ", indent: 4)
        }
        lines += [""] + table
        lines += ["", "fingerprint  \(report.plain(result.fingerprint))"]
        lines += report.wrapped(report.plain(result.command), first: "again        ", indent: 13)
        return lines.joined(separator: "\n") + "\n"
    }

    /// The outcome in a word.
    static func word(_ outcome: ExperimentResult.Outcome) -> String {
        switch outcome {
        case .passed: "found"
        case .failed: "none"
        case .invalid: "open"
        }
    }

    private var table: [String] {
        let rows = [[result.parameter.path] + CapacityTable.headings] + CapacityTable(result: result).rows
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.flatMap { row in
            let cells = row.indices.dropLast().map { column in
                column == 3
                    ? report.padded(row[column], widths[column])
                    : String(repeating: " ", count: widths[column] - row[column].count) + row[column]
            }
            let first = "  " + cells.joined(separator: "  ") + "  "
            return report.wrapped(report.plain(row[row.count - 1]), first: first, indent: 6)
        }
    }
}

import OrreryExperiment

/// What `orrery sweep` prints: what the points say in words, and a row for each of them.
struct SweepText {
    let result: SweepResult
    let report: TextReport

    /// The text, with a line break at its end.
    var text: String {
        var lines = heading
        for variant in result.variants {
            let name = result.variants.count == 1 ? [] : [report.painted(report.plain(variant.name), .strong)]
            lines += [""] + name
            lines += variant.statements.flatMap { report.wrapped(report.plain($0), first: "  • ", indent: 4) }
            lines += [""] + table(of: variant)
        }
        lines += ["", "fingerprint  \(report.plain(result.fingerprint))"]
        lines += report.wrapped(report.plain(result.command), first: "again        ", indent: 13)
        return lines.joined(separator: "\n") + "\n"
    }

    private var heading: [String] {
        let sign = result.verdict.outcome == .passed ? "✓ complete" : "? incomplete"
        var lines = report.wrapped("\(sign): \(report.plain(result.verdict.sentence))", indent: 2)
        let paint: TextReport.Paint = result.verdict.outcome == .passed ? .good : .bad
        lines[0] = lines[0].replacing(sign, with: report.painted(sign, paint), maxReplacements: 1)
        let points = result.variants.map(\.points.count).max() ?? 0
        let seeds = result.seeds.count == 1 ? "1 seed" : "\(result.seeds.count) seeds"
        return lines
            + report.wrapped(
                report.plain(
                    "\(result.scenario) · \(points) \(points == 1 ? "point" : "points") × \(seeds) · "
                        + result.parameters.map(\.path).joined(separator: ", ") + " · Orrery \(result.orreryVersion)"),
                first: "  ", indent: 2)
    }

    /// Numbers end to the right, so that they line up.
    private func table(of variant: SweptVariantResult) -> [String] {
        let rows = SweepTable(result: result, variant: variant).rows
        guard !rows.isEmpty else { return ["  No run of it was finished."] }
        let full = result.parameters.map(\.path)
        let short = result.parameters.map(\.name)
        let body = rows.map { ($0.values + $0.figures).map(report.plain) }
        let all = [full, short].map { [$0 + SweepTable.headings] + body }
        let chosen = all.first { SweepText.width(of: $0) <= TextReport.width } ?? all[1]
        let widths = SweepText.widths(of: chosen)
        return chosen.enumerated().flatMap { index, row -> [String] in
            let cells = zip(row, widths).enumerated().map { column, cell in
                let gap = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == widths.count - 1 ? cell.0 : gap + cell.0
            }
            var line = "  " + cells.joined(separator: "  ")
            if line.count > TextReport.width {
                return report.wrapped(row.joined(separator: "  "), first: "  ", indent: 6)
            }
            if index > 0, rows[index - 1].outcome != .passed, let last = cells.last, !last.isEmpty {
                line = String(line.dropLast(last.count)) + report.painted(last, .bad)
            }
            return [line]
        }
    }

    private static func widths(of rows: [[String]]) -> [Int] {
        (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    }

    private static func width(of rows: [[String]]) -> Int {
        let widths = widths(of: rows)
        return widths.reduce(0, +) + 2 * widths.count
    }
}

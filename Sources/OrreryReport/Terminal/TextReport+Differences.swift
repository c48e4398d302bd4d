import OrreryExperiment

extension TextReport {
    /// A short table for every variant after the first; nothing where there is one variant.
    func differences(_ result: ExperimentResult) -> [String] {
        guard result.variants.count > 1 else { return [] }
        var title = wrapped(
            "differences to \(plain(result.variants[0].name)), paired by seed (95 % interval)", indent: 0)
        title[0] = painted(title[0], .strong)
        let tables = result.variants.indices.dropFirst().flatMap {
            differences(of: DifferenceTable(result: result, index: $0))
        }
        return [""] + title + tables
    }

    private func differences(of table: DifferenceTable) -> [String] {
        let rows = table.rows
        let most = rows.map(\.pairs).max() ?? 0
        let labelWidth = rows.map(\.label.count).max() ?? 0
        let textWidth = rows.map(\.difference.count).max() ?? 0
        let heading = "\(plain(table.result.variants[table.index].name)) · \(table.pairs)"
        let lines = rows.flatMap { row -> [String] in
            let gap = String(repeating: " ", count: textWidth - row.difference.count)
            let pairs = row.pairs == most ? "" : " (\(row.pairs) \(row.pairs == 1 ? "pair" : "pairs"))"
            let line =
                "    " + padded(plain(row.label), labelWidth) + "  " + gap + row.difference
                + "  \(row.sign) \(row.words)" + pairs
            return line.count <= TextReport.width ? [line] : wrapped(line, first: "    ", indent: 8)
        }
        let caution = table.caution.map { wrapped($0, first: "    ", indent: 4) } ?? []
        return wrapped(heading, first: "  ", indent: 4) + lines + caution
    }
}

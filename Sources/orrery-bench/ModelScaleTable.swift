import Foundation

/// The table of `orrery-bench scale`, line by line as it is measured.
struct ModelScaleTable {
    let isMarkdown: Bool

    private static let columns = [
        "telescopes", "events", "simulated", "ns/event", "ratio", "idle B/telescope", "peak B/telescope", "pending",
    ]

    func begin(telescopesPerSite: Int) {
        write("\n\(telescopesPerSite == 1 ? "One telescope" : "\(telescopesPerSite) telescopes") a site\n")
        row(ModelScaleTable.columns)
        if isMarkdown { row(ModelScaleTable.columns.map { _ in "---:" }) }
    }

    func add(_ cell: ModelScaleCell, comparedWith smallest: ModelScaleCell) {
        row([
            "\(cell.telescopes)", String(format: "%.1f M", Double(cell.events) / 1e6),
            String(format: cell.hours < 48 ? "%.1f h" : "%.1f d", cell.hours < 48 ? cell.hours : cell.hours / 24),
            String(format: "%.1f", cell.median), String(format: "%.2f", cell.median / smallest.median),
            "\(cell.idleBytes / cell.telescopes)", "\(cell.peakBytes / cell.telescopes)", "\(cell.pending)",
        ])
    }

    private func row(_ cells: [String]) {
        if isMarkdown {
            write("| " + cells.joined(separator: " | ") + " |")
        } else {
            write(cells.map { String(repeating: " ", count: max(0, 18 - $0.count)) + $0 }.joined())
        }
    }

    /// Without a buffer, also into a pipe: the large sizes take a while.
    private func write(_ line: String) { FileHandle.standardOutput.write(Data((line + "\n").utf8)) }
}

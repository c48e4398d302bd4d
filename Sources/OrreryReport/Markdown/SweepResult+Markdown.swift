public import OrreryExperiment

extension SweepResult {
    /// What the points say in words, and a row for each of them.
    public var markdown: String {
        var page = MarkdownPage()
        page.verdict(verdict.outcome == .passed ? "✓ complete" : "? incomplete", verdict.sentence)
        let swept = parameters.map(\.path).joined(separator: ", ")
        page.paragraph(
            MarkdownText.inline(
                "\(scenario) · over \(swept) · seeds \(SeedText.words(seeds)) at every point · Orrery \(orreryVersion)")
        )
        for variant in variants {
            page.heading(3, variant.name)
            page.list(variant.statements.map { MarkdownText.inline($0) })
            let rows = SweepTable(result: self, variant: variant).rows
            if rows.isEmpty { page.paragraph("No run of it was finished.") }
            let headings = parameters.map(\.path) + SweepTable.headings
            page.table(
                headings.map { MarkdownText.inline($0) }, figures: Set(0..<headings.count - 1),
                rows.map { ($0.values + $0.figures).map { MarkdownText.inline($0) } })
        }
        return page.text(fingerprint: fingerprint, command: command)
    }
}

public import OrreryExperiment

extension CapacityResult {
    /// The answer, how sure it is, and a row for each value that was tested.
    public var markdown: String {
        var page = MarkdownPage()
        page.verdict("\(verdict.outcome.sign) \(CapacityText.word(verdict.outcome))", verdict.sentence)
        page.paragraph(
            MarkdownText.inline(
                "\(scenario) · \(variant) · \(find.rawValue) \(parameter.path) of \(parameter.values.count) values · "
                    + "up to \(seedsMax) seeds from \(seedBase) · Orrery \(orreryVersion)"))
        if interrupted { page.paragraph("**Interrupted:** this is what was known by then.") }
        page.list((CapacityTable.demands(of: self) + statements).map { MarkdownText.inline($0) })
        let headings = [parameter.path] + CapacityTable.headings
        page.table(
            headings.map { MarkdownText.inline($0) }, figures: [0, 1, 2],
            CapacityTable(result: self).rows.map { $0.map { MarkdownText.inline($0) } })
        return page.text(fingerprint: fingerprint, command: command)
    }
}

public import OrreryExperiment

extension ExperimentResult {
    /// The verdict, and for each variant its thresholds, figures and findings; then how the variants differ.
    public var markdown: String {
        var page = MarkdownPage()
        page.verdict("\(verdict.outcome.sign) \(verdict.outcome.word)", verdict.sentence)
        page.paragraph(MarkdownText.inline(context))
        if interrupted {
            let finished = variants.reduce(0) { $0 + $1.replications.count }
            page.paragraph("**Interrupted:** only \(finished) of \(seeds.count * variants.count) runs finished.")
        }
        for variant in variants {
            page.heading(3, variant.name)
            page.thresholds(variant.thresholds)
            page.figures(KeyFigures(variant: variant))
            page.paragraph("Runs: " + MarkdownText.inline(ClassText.summary(variant)))
            page.list(variant.sentences.map { MarkdownText.inline($0) })
        }
        for index in variants.indices.dropFirst() {
            let table = DifferenceTable(result: self, index: index)
            guard !table.rows.isEmpty else { continue }
            page.heading(3, "\(variants[index].name) against \(variants[0].name): \(table.pairs)")
            if let caution = table.caution { page.paragraph(MarkdownText.inline(caution)) }
            page.table(
                ["Figure", "Difference (95 % interval)", "Shown", "Pairs"], figures: [1, 3],
                table.rows.map {
                    [
                        MarkdownText.inline($0.label), MarkdownText.inline($0.difference), "\($0.sign) \($0.words)",
                        String($0.pairs),
                    ]
                })
        }
        return page.text(fingerprint: fingerprint, command: command)
    }

    private var context: String {
        let parts = [
            scenario, "seeds \(SeedText.words(seeds))", "\(Quantity.seconds(durationSeconds)) from \(startDate)",
            warmUpSeconds > 0 ? "warm-up \(Quantity.seconds(warmUpSeconds))" : nil,
            PrecisionText.sentence(self).map { "precision: \($0)" }, "Orrery \(orreryVersion)",
        ]
        return parts.compactMap(\.self).joined(separator: " · ")
    }
}

extension MarkdownPage {
    /// The first line: a sign with a word, and the verdict in a sentence.
    mutating func verdict(_ sign: String, _ sentence: String) {
        paragraph("## \(MarkdownText.inline(sign)): \(MarkdownText.inline(sentence))")
    }

    /// Every threshold with what was observed.
    mutating func thresholds(_ thresholds: [ThresholdResult]) {
        table(
            ["Threshold", "", "Observed", "Margin", "Seeds that meet it", "Remarks"], figures: [2, 3, 4],
            thresholds.map { threshold in
                let judgement = ThresholdText.judgement(threshold)
                return [
                    MarkdownText.code(ThresholdText.condition(threshold)).replacing("|", with: "\\|"),
                    "\(judgement.sign) \(judgement.word)", MarkdownText.inline(ThresholdText.observed(threshold)),
                    MarkdownText.inline(ThresholdText.margin(threshold)), ThresholdText.seeds(threshold),
                    MarkdownText.inline(ThresholdText.remarks(threshold).joined(separator: "; ")),
                ]
            })
    }

    fileprivate mutating func figures(_ key: KeyFigures) {
        let figures = key.counts + [key.queueHighest] + key.latencies + [key.throughput] + key.utilisations
        table(
            ["Figure", "Value", ""], figures: [1],
            figures.map { [$0.label, $0.text, $0.detail].map { MarkdownText.inline($0) } })
    }
}

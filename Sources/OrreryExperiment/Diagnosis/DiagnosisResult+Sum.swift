extension DiagnosisResult {
    /// The diagnosis of a variant beside the others of its scenario, and beside its own network with a little more of
    /// each capacity, where that was run.
    init(
        _ summary: VariantSummary, others: [(name: String, summary: VariantSummary)],
        eased: [(name: String, summary: VariantSummary)] = []
    ) {
        self = summary.diagnosis.result
        if let metric = ReliefMetric(summary) {
            reliefs =
                metric.reliefs(of: summary, by: others, areVariants: true)
                + metric.reliefs(of: summary, by: eased, areVariants: false)
        }
        sentences = DiagnosisWords.sentences(
            self, onset: causes.first.flatMap { summary.diagnosis.medianOnset(of: $0.symptom) })
    }
}

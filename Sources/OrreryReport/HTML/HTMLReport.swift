public import OrreryExperiment
import OrreryKernel

/// The report of an experiment as one HTML file.
public enum HTMLReport {
    /// The page for a result.
    public static func render(_ result: ExperimentResult) -> String {
        page(result).text
    }

    private static func page(_ result: ExperimentResult) -> HTMLPage {
        HTMLPage(
            title: "\(result.scenario) – \(result.verdict.outcome.word) – Orrery",
            brand: "report of a simulated telescope network", heading: result.scenario, lead: result.summary,
            version: result.orreryVersion, contents: contents(result), sections: sections(result))
    }

    private static func contents(_ result: ExperimentResult) -> [HTMLPage.Link] {
        [("#verdict", "Verdict"), ("#thresholds", "Thresholds"), ("#glance", "At a glance")]
            + result.variants.enumerated().map { index, variant in
                ("#v\(index + 1)", result.variants.count == 1 ? "What happened" : variant.name)
            } + [("#glossary", "Glossary")]
    }

    private static func sections(_ result: ExperimentResult) -> [Markup] {
        [
            VerdictSection(result: result).markup, ThresholdSection(result: result).markup,
            GlanceSection(result: result).markup,
        ]
            + result.variants.indices.map { VariantSection(result: result, index: $0).markup }
            + [GlossarySection.markup]
    }
}

extension ExperimentResult.Outcome {
    /// The outcome in a word.
    var word: String {
        switch self {
        case .passed: "passed"
        case .failed: "failed"
        case .invalid: "invalid"
        }
    }

    /// The outcome as a sign; never without the word.
    var sign: String {
        switch self {
        case .passed: "✓"
        case .failed: "✗"
        case .invalid: "?"
        }
    }
}

public import OrreryExperiment
import OrreryKernel

/// The report of an experiment as one HTML file.
public enum HTMLReport {
    /// The page for a result.
    public static func render(_ result: ExperimentResult) -> String {
        page(result).text
    }

    private static func page(_ result: ExperimentResult) -> HTMLPage {
        let isSeveral = result.variants.count > 1
        return HTMLPage(
            title: "\(result.scenario) – \(result.verdict.outcome.word) – Orrery",
            brand: "report of a simulated telescope network", heading: result.scenario, lead: result.summary,
            version: result.orreryVersion, contents: contents(result),
            variants: isSeveral ? result.variants.enumerated().map { ("#v\($0.offset + 1)", $0.element.name) } : [],
            sections: sections(result))
    }

    private static func contents(_ result: ExperimentResult) -> [HTMLPage.Link] {
        let body: [HTMLPage.Link] =
            result.variants.count > 1
            ? [("#comparison", "Comparison")] : result.variants.isEmpty ? [] : VariantSection.links("v1")
        return [("#verdict", "Verdict"), ("#thresholds", "Thresholds"), ("#glance", "At a glance")] + body
            + [("#glossary", "Glossary"), ("#data", "Data")]
    }

    private static func sections(_ result: ExperimentResult) -> [Markup] {
        let isSeveral = result.variants.count > 1
        return [
            VerdictSection(result: result).markup, ThresholdSection(result: result).markup,
            GlanceSection(result: result).markup,
        ]
            + (isSeveral ? [ComparisonSection(result: result).markup] : [])
            + result.variants.indices.map { VariantSection(result: result, index: $0).markup }
            + [GlossarySection.markup, DataSection(command: result.command).markup]
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

import Foundation
public import OrreryExperiment
import OrreryKernel

/// The report as one HTML file: complete without a network and without JavaScript, and the same bytes for the same
/// result.
///
/// Its policy forbids everything but the style sheet and the script that stand in it, by their hashes. Text from the
/// result is escaped by ``Markup``; nothing in the file depends on the time or the machine.
public enum HTMLReport {
    /// The page for a result.
    public static func render(_ result: ExperimentResult) -> String {
        "<!DOCTYPE html>\n" + page(result).source + "\n"
    }

    private static let style = String(decoding: PackageResources.report_css, as: UTF8.self)
    private static let script = String(decoding: PackageResources.report_js, as: UTF8.self)

    private static var policy: String {
        let (style, script) = (SecureHash.policySource(style), SecureHash.policySource(script))
        return "default-src 'none'; style-src '\(style)'; script-src '\(script)'; img-src data:; "
            + "base-uri 'none'; form-action 'none'"
    }

    private static func page(_ result: ExperimentResult) -> Markup {
        element("html", ["lang": "en"]) {
            element("head") {
                element("meta", ["charset": "utf-8"])
                element("meta", ["http-equiv": "Content-Security-Policy", "content": policy])
                element("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
                element("meta", ["name": "color-scheme", "content": "light dark"])
                element("meta", ["name": "generator", "content": "Orrery \(result.orreryVersion)"])
                element("title") { "\(result.scenario) – \(result.verdict.outcome.word) – Orrery" }
                element("link", ["rel": "icon", "href": "data:,"])
                element("style") { Markup(trusted: style) }
            }
            element("body") {
                element("a", ["class": "skip", "href": "#main"]) { "Skip to the result" }
                element("header", ["class": "masthead"]) {
                    element("p", ["class": "brand"]) { "Orrery · report of a simulated telescope network" }
                    element("h1") { result.scenario }
                    if !result.summary.isEmpty { element("p", ["class": "lead"]) { result.summary } }
                }
                contents(result)
                element("main", ["id": "main"]) { sections(result) }
                element("footer") {
                    element("p") {
                        "Made by Orrery \(result.orreryVersion). The same scenario, seeds and version give the same bytes. "
                        "All figures are in the JSON result; this page shows a choice of them."
                    }
                }
                element("script") { Markup(trusted: script) }
            }
        }
    }

    private static func contents(_ result: ExperimentResult) -> Markup {
        element("nav", ["aria-label": "Contents"]) {
            element("ul") {
                link("#verdict", "Verdict")
                link("#thresholds", "Thresholds")
                link("#glance", "At a glance")
                for (index, variant) in result.variants.enumerated() {
                    link("#v\(index + 1)", result.variants.count == 1 ? "What happened" : variant.name)
                }
                link("#glossary", "Glossary")
            }
        }
    }

    private static func link(_ target: String, _ label: String) -> Markup {
        element("li") { element("a", ["href": target]) { label } }
    }

    private static func sections(_ result: ExperimentResult) -> Markup {
        MarkupBuilder.buildArray(
            [
                VerdictSection(result: result).markup, ThresholdSection(result: result).markup,
                GlanceSection(result: result).markup,
            ]
                + result.variants.indices.map { VariantSection(result: result, index: $0).markup }
                + [GlossarySection.markup])
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

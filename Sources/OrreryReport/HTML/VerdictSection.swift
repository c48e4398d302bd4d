import OrreryExperiment

/// The first thing on the page: the verdict in words, and what was run.
struct VerdictSection {
    var result: ExperimentResult

    var markup: Markup {
        element(
            "section",
            ["id": "verdict", "class": "verdict \(result.verdict.outcome.word)", "aria-labelledby": "verdict-title"]
        ) {
            element("h2", ["id": "verdict-title"]) {
                element("span", ["class": "badge"]) { "\(result.verdict.outcome.sign) \(result.verdict.outcome.word)" }
            }
            element("p", ["class": "sentence"]) { result.verdict.sentence }
            if result.interrupted {
                element("p", ["class": "warning"]) {
                    "The experiment was interrupted: \(finished) of \(asked) runs finished, and only they are shown."
                }
            }
            element("dl", ["class": "facts"]) {
                for fact in facts {
                    element("div") {
                        element("dt") { fact.label }
                        element("dd") { fact.text }
                    }
                }
                element("div", ["class": "wide"]) {
                    element("dt") { "Fingerprint over all variants and seeds" }
                    element("dd") { element("code") { result.fingerprint } }
                }
                element("div", ["class": "wide"]) {
                    element("dt") { "To make this again" }
                    element("dd") { element("pre", ["tabindex": "0"]) { element("code") { result.command } } }
                }
            }
        }
    }

    private var finished: Int { result.variants.reduce(0) { $0 + $1.replications.count } }
    private var asked: Int { result.seeds.count * result.variants.count }

    private var facts: [(label: String, text: String)] {
        [
            (result.variants.count == 1 ? "Variant" : "Variants", result.variants.map(\.name).joined(separator: ", ")),
            ("Seeds", seeds),
            ("Simulated time", "\(Quantity.seconds(result.durationSeconds)) from \(result.startDate)"),
            ("Warm-up, not observed", result.warmUpSeconds > 0 ? Quantity.seconds(result.warmUpSeconds) : "none"),
            ("Version", "Orrery \(result.orreryVersion), sampler version \(result.samplerVersion)"),
        ]
    }

    private var seeds: String {
        guard let first = result.seeds.first, let last = result.seeds.last else { return "none" }
        guard result.seeds.count > 1 else { return "1: number \(first)" }
        let isRun = zip(result.seeds, result.seeds.dropFirst()).allSatisfy { $0 < $1 && $1 - $0 == 1 }
        if isRun { return "\(result.seeds.count): \(first) to \(last)" }
        let shown = result.seeds.prefix(8).map(String.init).joined(separator: ", ")
        return "\(result.seeds.count): \(shown)" + (result.seeds.count > 8 ? " and more" : "")
    }
}

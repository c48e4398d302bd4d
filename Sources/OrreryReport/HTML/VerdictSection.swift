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
            noticed
            FactList(
                facts: facts, fingerprint: ("Fingerprint over all variants and seeds", result.fingerprint),
                command: result.command
            ).markup
        }
    }

    /// What was noticed; with several variants, how each of them ended and the first thing noticed about it.
    @MarkupBuilder private var noticed: Markup {
        if result.variants.count > 1 {
            element("dl", ["class": "outcomes"]) {
                for variant in result.variants {
                    element("div") {
                        element("dt") {
                            variant.name
                            VerdictSection.outcome(of: variant)
                        }
                        for threshold in variant.thresholds where !threshold.holds {
                            element("dd") {
                                element("code") { ThresholdText.condition(threshold) }
                                threshold.isInconclusive
                                    ? " is inconclusive: \(threshold.remark ?? "")"
                                    : threshold.isBroken
                                        ? ", but it was \(ThresholdText.observed(threshold))" : " was not measured"
                            }
                        }
                        element("dd") {
                            variant.sentences.first ?? "Nothing stood out."
                        }
                    }
                }
            }
        } else if let variant = result.variants.first, !variant.sentences.isEmpty {
            element("ul", ["class": "noticed"]) {
                for sentence in variant.sentences { element("li") { sentence } }
            }
        }
    }

    /// How many thresholds of a variant hold; nothing where there are none.
    private static func outcome(of variant: VariantResult) -> Markup {
        guard !variant.thresholds.isEmpty else { return .empty }
        let broken = variant.thresholds.count { !$0.holds }
        let count = variant.thresholds.count
        return element("span", ["class": "sign \(broken == 0 ? "holds" : "broken")"]) {
            broken == 0
                ? "✓ \(count == 1 ? "its threshold holds" : "\(count) of \(count) thresholds hold")"
                : "✗ \(broken) of \(count) \(count == 1 ? "threshold" : "thresholds") broken"
        }
    }

    private var finished: Int { result.variants.reduce(0) { $0 + $1.replications.count } }
    private var asked: Int { result.seeds.count * result.variants.count }

    private var facts: [(label: String, text: String)] {
        // Several variants are listed above, each with its outcome.
        (result.variants.count > 1 ? [] : [("Variant", result.variants.first?.name ?? "none")]) + [
            ("Seeds", SeedText.words(result.seeds)),
            ("Simulated time", Quantity.seconds(result.durationSeconds)), ("From", result.startDate),
            ("Warm-up, left out", result.warmUpSeconds > 0 ? Quantity.seconds(result.warmUpSeconds) : "none"),
        ] + (PrecisionText.sentence(result).map { [("Precision", $0)] } ?? []) + [
            ("Version", "Orrery \(result.orreryVersion), sampler version \(result.samplerVersion)")
        ]
    }
}

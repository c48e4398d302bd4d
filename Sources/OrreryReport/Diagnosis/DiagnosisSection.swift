import OrreryExperiment

/// What happened and why: the chain of events of one run, how often each first cause was seen, and what would help.
struct DiagnosisSection {
    var variant: VariantResult
    var id: String

    /// The most symptoms that have a lane.
    private static let laneLimit = 14

    private var diagnosis: DiagnosisResult { variant.diagnosis }
    private var runs: String { diagnosis.runs == 1 ? "the one run" : "the \(diagnosis.runs) runs" }

    var markup: Markup {
        element("div", ["class": "diagnosis"]) {
            element("h3", ["id": "\(id)-happened"]) { "From the first bad event to the outcome" }
            if diagnosis.runs == 0 {
                element("p", ["class": "nothing"]) { "No run finished, so there is nothing to explain." }
            } else {
                timeline
                causes
                bottleneck
                reliefs
            }
        }
    }

    @MarkupBuilder private var timeline: Markup {
        if let example = diagnosis.example, !example.symptoms.isEmpty {
            let kept = Array(example.symptoms.prefix(DiagnosisSection.laneLimit))
            let timeline = Timeline(id: "\(id)-timeline", symptoms: kept, duration: variant.durationSeconds)
            element("p", ["class": "note-line"]) {
                "One run stands for the others: seed \(example.seed), \(example.reason)"
                example.class.map { ". It \(DiagnosisSection.ending($0))." } ?? "."
                " An arrow leads from what came first to what follows from it."
            }
            element("figure", ["class": "chart"]) {
                element("figcaption") {
                    element("h4") { "What happened, in order" }
                    element("span", ["class": "unit"]) { "time since the start of the run, as in the charts below" }
                }
                legend(kept)
                element("div", ["class": "frame"]) { timeline.drawing }
                timeline.list
            }
            if example.symptoms.count > kept.count {
                element("p", ["class": "remark"]) {
                    "… and \(example.symptoms.count - kept.count) more in the JSON result."
                }
            }
        } else {
            element("p", ["class": "nothing"]) { "No symptom of trouble was found in \(runs)." }
        }
    }

    private func legend(_ symptoms: [SymptomResult]) -> Markup {
        let roles: [SymptomRole] = [.trigger, .cause, .effect, .outcome]
        return element("ul", ["class": "legend"]) {
            for role in roles where symptoms.contains(where: { SymptomRole($0) == role }) {
                element("li") {
                    role.sample
                    role.word
                }
            }
        }
    }

    /// What became of a run, as the end of a sentence.
    private static func ending(_ name: String) -> String {
        switch name {
        case "stable": "stayed stable"
        case "recovered": "recovered"
        case "metastable": "stayed in distress although the trigger was gone"
        case "collapsed": "collapsed"
        default: "ended \(name)"
        }
    }

    @MarkupBuilder private var causes: Markup {
        if !diagnosis.causes.isEmpty {
            element("h4", ["class": "subheading"]) { "How often each was the first cause" }
            ReportTable(
                label: "How often each was the first cause",
                columns: [
                    ("First cause", false), ("What it means", false), ("Runs", true),
                    ("95 % interval of the probability", true), ("Seen at all", true),
                ],
                rows: diagnosis.causes.map { cause in
                    [
                        .words(cause.symptom), .words(cause.summary), .number("\(cause.runs) of \(diagnosis.runs)"),
                        .number(DiagnosisSection.interval(cause)), .number("\(cause.seen) of \(diagnosis.runs)"),
                    ]
                }, isStacked: true
            ).markup
        }
    }

    private static func interval(_ cause: CauseResult) -> String {
        guard let lower = cause.lower, let upper = cause.upper else { return Numerals.absent }
        return "\(Quantity.share(lower)) … \(Quantity.share(upper))"
    }

    @MarkupBuilder private var bottleneck: Markup {
        if let bottleneck = diagnosis.bottleneck {
            let parts = [
                bottleneck.busiestPart.map { part in
                    "The busiest part is \(part)"
                        + (bottleneck.utilisation.map { ", busy \(Quantity.share($0)) of the time" } ?? "") + "."
                },
                bottleneck.slowestStage.map { stage in
                    "Items spend most of their time in \(stage)"
                        + (bottleneck.latencyShare.map { ", \(Quantity.share($0)) of it" } ?? "") + "."
                },
            ].compactMap(\.self)
            if !parts.isEmpty {
                element("h4", ["class": "subheading"]) { "The bottleneck" }
                element("p") { parts.joined(separator: " ") }
            }
        }
    }

    @MarkupBuilder private var reliefs: Markup {
        if !diagnosis.reliefs.isEmpty {
            element("h4", ["class": "subheading"]) { "What would relieve it" }
            ReportTable(
                label: "What would relieve it",
                columns: [
                    ("Change", false), ("Metric", false), ("As it is", true), ("Changed", true), ("Difference", true),
                    ("What it shows", false),
                ],
                rows: diagnosis.reliefs.map { relief in
                    [
                        .words(relief.change), .code(relief.metric),
                        .number(Quantity.text(relief.before, unit: relief.unit)),
                        .number(Quantity.text(relief.after, unit: relief.unit)),
                        .number(
                            Quantity.difference(
                                relief.after - relief.before, plusMinus: relief.halfWidth, unit: relief.unit)),
                        .words(relief.isShown ? "✓ shown to be better" : "= not shown"),
                    ]
                }, isStacked: true
            ).markup
            element("p", ["class": "remark"]) {
                diagnosis.reliefs.contains { !$0.isVariant }
                    ? "A parameter was changed a little and everything was run again with the same seeds. ± is half the width of the 95 % interval of the difference, paired by seed."
                    : "± is half the width of the 95 % interval of the difference, paired by seed."
            }
        }
    }
}

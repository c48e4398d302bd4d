import OrreryExperiment

/// The page of a sweep: what the points say, the scaling charts, and a table of all points.
struct SweepPage {
    let result: SweepResult

    /// The text of the file.
    var text: String {
        HTMLPage(
            title: "\(result.scenario) – sweep – Orrery", brand: "sweep of a simulated telescope network",
            heading: result.scenario, lead: result.summary, version: result.orreryVersion,
            contents: [("#verdict", "Answer"), ("#scaling", "Scaling")] + points.map { ($0.target, $0.label) }
                + [("#glossary", "Glossary"), ("#data", "Data")],
            sections: [answer, scaling] + result.variants.indices.map(table)
                + [GlossarySection.markup, DataSection(command: result.command).markup]
        ).text
    }

    private var isSeveral: Bool { result.variants.count > 1 }

    private var points: [HTMLPage.Link] {
        result.variants.enumerated().map { ("#v\($0.offset + 1)", isSeveral ? $0.element.name : "All points") }
    }

    private var answer: Markup {
        let isComplete = result.verdict.outcome == .passed
        return element(
            "section",
            ["id": "verdict", "class": "verdict \(result.verdict.outcome.word)", "aria-labelledby": "verdict-title"]
        ) {
            element("h2", ["id": "verdict-title"]) {
                element("span", ["class": "badge"]) { isComplete ? "✓ complete" : "? incomplete" }
            }
            element("p", ["class": "sentence"]) { result.verdict.sentence }
            for variant in result.variants where !variant.statements.isEmpty {
                if isSeveral { element("h3") { variant.name } }
                element("ul", ["class": "noticed"]) {
                    for statement in variant.statements { element("li") { statement } }
                }
            }
            FactList(
                facts: [
                    ("Points", "\(result.variants.map(\.points.count).max() ?? 0)"),
                    ("Seeds at every point", "\(result.seeds.count)"),
                    ("Version", "Orrery \(result.orreryVersion), sampler version \(result.samplerVersion)"),
                ], fingerprint: ("Fingerprint over all points, variants and seeds", result.fingerprint),
                command: result.command
            ).markup
        }
    }

    private var scaling: Markup {
        element("section", ["id": "scaling", "aria-labelledby": "scaling-title"]) {
            element("h2", ["id": "scaling-title"]) { "Scaling" }
            if let axis = SweepLine.axis(of: result) {
                element("p", ["class": "note-line"]) {
                    "Over \(result.parameters[axis].path). The tinted surface is the 95 % interval over the seeds; "
                    "p99 is of all items of all seeds, and has none."
                }
                charts(over: axis)
            } else {
                element("p", ["class": "nothing"]) { "Nothing that was swept is a number with several values." }
            }
        }
    }

    private func charts(over index: Int) -> [Markup] {
        let numbers = result.variants.flatMap { $0.points.compactMap { $0.numbers[index] } }
        let axis = ParameterAxis(values: numbers, unit: result.parameters[index].unit ?? "")
        func chart(
            _ id: String, _ title: String, _ note: String, _ unit: String,
            _ figure: @escaping (SweepPointResult) -> SweepChart.Figure?
        ) -> SweepChart {
            SweepChart(
                id: id, title: title, unitNote: note, unit: unit, result: result, axis: axis, figure: figure, curve: nil
            )
        }
        var throughput = chart("throughput", "Throughput", "items delivered per second", "items/s") { point in
            SweepPage.figure(point.metric("delivery.throughput"))
        }
        if result.variants.count == 1, let law = result.variants[0].scaling?.law, law.explains {
            throughput.curve = ("scaling law", law.throughput)
        }
        if result.variants.count == 1 { throughput.knee = result.variants[0].scaling?.knee?.position }
        let latency = chart("latency", "Latency", "99th percentile, from the closing of the shutter", "s") { point in
            point.metric("delivery.latency")?.quantile(0.99).map { ($0, nil) }
        }
        let collapse = chart("collapse", "P(collapse)", "share of runs that end metastable or collapsed", "share") {
            point in
            point.collapse.map { ($0.share, $0.lower...$0.upper) }
        }
        return [throughput, latency, collapse].map(\.markup)
    }

    private static func figure(_ metric: PointMetric?) -> SweepChart.Figure? {
        metric.map { metric in
            (metric.mean, metric.halfWidth.map { max(0, metric.mean - $0)...max(0, metric.mean + $0) })
        }
    }

    private func table(of index: Int) -> Markup {
        let variant = result.variants[index]
        let id = "v\(index + 1)"
        return element("section", ["id": id, "aria-labelledby": "\(id)-title"]) {
            element("h2", ["id": "\(id)-title"]) { isSeveral ? "All points: \(variant.name)" : "All points" }
            if variant.points.isEmpty {
                element("p", ["class": "nothing"]) { "No run was finished." }
            } else {
                ReportTable(
                    label: "All points",
                    columns: result.parameters.map { ($0.path, false) }
                        + SweepTable.headings.map { ($0, $0 != "thresholds") },
                    rows: SweepTable(result: result, variant: variant).rows.map { row in
                        row.values.map { .words($0) } + row.figures.dropLast().map { .number($0) }
                            + [.words(row.figures.last ?? "")]
                    }, isStacked: true
                ).markup
            }
            element("h3") { "The scenario without any point laid over it" }
            element("pre", ["class": "scenario", "tabindex": "0"]) { element("code") { variant.scenarioText } }
        }
    }
}

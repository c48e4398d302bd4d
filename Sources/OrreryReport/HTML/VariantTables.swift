import OrreryExperiment

/// The tables of one variant: groups, seeds, metrics.
struct VariantTables {
    var variant: VariantResult
    var id: String
    /// Whether everything is folded away.
    var isFolded: Bool
    /// How many variants share the page; the more there are, the shorter their lists.
    var variantCount = 1

    /// The most seeds that are listed.
    private var seedLimit: Int { max(10, 50 / variantCount) }

    /// Metrics that are not zero in every seed.
    private var telling: [MetricResult] { variant.metrics.filter { $0.perSeed.contains { $0 != 0 } } }

    var markup: Markup {
        element("div", ["class": "tables"]) {
            element("h3", ["id": "\(id)-figures"]) { "In figures" }
            part("Groups of telescopes and streams of arrivals", variant.groups.isEmpty ? "There are none." : nil) {
                element("p", ["class": "note-line"]) {
                    "Counts are means over the seeds of what was produced, delivered or lost after the warm-up. An item delivered in that time may have been produced before it."
                }
                groups
            }
            part("What became of the runs", nil) { classes }
            part(
                "Seed by seed", variant.replications.isEmpty ? "No seed finished." : nil,
                isOpen: variant.replications.count <= 12
            ) {
                element("p", ["class": "note-line"]) {
                    "Whole runs, warm-up included. In every line: produced = delivered + lost + in flight."
                }
                seeds
                if hidden > 0 { element("p", ["class": "remark"]) { "… and \(hidden) more in the JSON result." } }
            }
            part("All metrics", variant.metrics.isEmpty ? "None was measured." : nil, isOpen: false) {
                metrics
                if telling.count < variant.metrics.count {
                    element("p", ["class": "remark"]) {
                        "Metrics that are zero in every seed are left out: \(variant.metrics.count - telling.count)."
                    }
                }
            }
        }
    }

    /// A part with its heading on a switch, or a sentence where there is nothing.
    private func part(
        _ title: String, _ nothing: String?, isOpen: Bool = true, @MarkupBuilder content: () -> Markup
    ) -> Markup {
        Fold(
            summary: title, isOpen: nothing != nil || isOpen && !isFolded,
            content: nothing.map { text in element("p", ["class": "nothing"]) { text } } ?? content()
        ).markup
    }

    private var hidden: Int { max(0, variant.replications.count - seedLimit) }

    private var groups: Markup {
        let rows = variant.groups.map { group -> [ReportTable.Cell] in
            [
                .words(group.name), .words(group.site ?? Numerals.absent),
                .number(Quantity.count(group.telescopes.map { Double($0) })), .number(Quantity.bytes(group.itemBytes)),
                count(group.produced), count(group.delivered), count(group.lost), seconds(group.latencyMean),
                seconds(group.latencyP99),
            ]
        }
        return ReportTable(
            label: "Groups",
            columns: [
                ("Group", false), ("Site", false), ("Telescopes", true), ("Item", true), ("Produced", true),
                ("Delivered", true),
                ("Lost", true), ("Mean latency", true), ("p99", true),
            ], rows: rows
        ).markup
    }

    private var classes: Markup {
        let rows = variant.classes.map { result -> [ReportTable.Cell] in
            [
                .words(result.name), .words(result.summary), .number("\(result.runs) of \(result.classed)"),
                .number(Quantity.share(result.share)), .number(ClassText.interval(result)),
            ]
        }
        return ReportTable(
            label: "What became of the runs",
            columns: [
                ("Class", false), ("Runs that …", false), ("Runs", true), ("Share", true),
                ("95 % interval of the probability", true),
            ], rows: rows
        ).markup
    }

    private var seeds: Markup {
        let rows = variant.replications.prefix(seedLimit).map { run -> [ReportTable.Cell] in
            let lost = run.lost.values.reduce(0, +)
            let reasons = run.lost.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            let isWhole = run.produced == run.delivered + lost + run.inFlight
            return [
                .words(String(run.seed)), .words(run.class ?? Numerals.absent), whole(run.produced),
                whole(run.delivered),
                .number(Quantity.count(Double(lost)), exact: reasons.isEmpty ? nil : reasons), whole(run.inFlight),
                .words(isWhole ? "✓ adds up" : "✗ does not add up"), .number(Quantity.count(Double(run.events))),
                .code(run.fingerprint),
            ]
        }
        return ReportTable(
            label: "Seed by seed",
            columns: [
                ("Seed", false), ("Class", false), ("Produced", true), ("Delivered", true), ("Lost", true),
                ("In flight", true),
                ("Sum", false),
                ("Events", true), ("Fingerprint", false),
            ], rows: Array(rows)
        ).markup
    }

    /// With several variants, the meaning of each metric stands in the first one's table.
    private var metrics: Markup {
        let hasMeaning = id == "v1"
        let rows = telling.map { metric -> [ReportTable.Cell] in
            let spread = metric.perSeed.filter(\.isFinite)
            return [.code(metric.key)] + (hasMeaning ? [.words(metric.summary)] : [])
                + [
                    .number(
                        Quantity.text(metric.mean, plusMinus: metric.halfWidth, unit: metric.unit),
                        exact: hasMeaning ? Quantity.exact(metric.mean, unit: metric.unit) : nil),
                    .number(spread.count > 1 ? Quantity.text(spread.min(), unit: metric.unit) : Numerals.absent),
                    .number(spread.count > 1 ? Quantity.text(spread.max(), unit: metric.unit) : Numerals.absent),
                ]
        }
        return ReportTable(
            label: "All metrics",
            columns: [("Metric", false)] + (hasMeaning ? [("Meaning", false)] : [])
                + [("Mean over the seeds, ± 95 %", true), ("Lowest seed", true), ("Highest seed", true)],
            rows: rows
        ).markup
    }

    private func whole(_ value: Int64) -> ReportTable.Cell {
        .number(Quantity.count(Double(value)), exact: abs(value) >= 1_000_000 ? String(value) : nil)
    }

    private func count(_ value: Double) -> ReportTable.Cell {
        .number(Quantity.count(value), exact: Quantity.exact(value, unit: "items"))
    }

    private func seconds(_ value: Double?) -> ReportTable.Cell {
        .number(Quantity.seconds(value), exact: value.map { Quantity.exact($0, unit: "s") })
    }
}

import OrreryExperiment

/// The key figures as tiles, variants side by side.
struct GlanceSection {
    var result: ExperimentResult

    /// The most variants whose figures stand side by side in tiles.
    private static let tileLimit = 4

    private var isSeveral: Bool { result.variants.count > 1 }

    var markup: Markup {
        element("section", ["id": "glance", "aria-labelledby": "glance-title"]) {
            element("h2", ["id": "glance-title"]) { "At a glance" }
            if result.variants.count > GlanceSection.tileLimit {
                element("p", ["class": "note-line"]) {
                    "With \(result.variants.count) variants, one table shows more than tiles: it is "
                    element("a", ["href": "#comparison"]) { "the comparison" }
                    " below."
                }
            } else {
                element("p", ["class": "note-line"]) { explanation }
                element("div", ["class": isSeveral ? "tiles several" : "tiles"]) {
                    for index in figures.first?.indices ?? 0..<0 { tile(figures.map { $0[index] }) }
                }
            }
            if isSeveral {
                element("h3") { "The variants’ latencies compared" }
                PercentileChart(
                    id: "compared",
                    curves: result.variants.map { PercentileChart.Curve(label: $0.name, distribution: $0.latency) }
                ).figure
            }
        }
    }

    private var explanation: String {
        let counts =
            "Delivered, lost and in flight are means over the seeds and cover the whole run, warm-up included; "
            + "the rest begins after it. Median and p99 are of all items of all seeds. "
            + "P is the exact 95 % interval of how likely a run is to be of the class."
        let seeds = result.variants.map(\.replications.count).max() ?? 0
        guard seeds != 1 else {
            return counts + " There is one seed, so there is no interval: a second run could differ by any amount."
        }
        guard seeds > 1 else { return counts + " No seed finished." }
        return counts + " “a … b” are the lowest and the highest seed; a share of the lost is of all produced. "
            + "± is half the width of the 95 % interval of the mean over the seeds."
    }

    private var figures: [[KeyFigures.Figure]] {
        result.variants.map { variant in
            let key = KeyFigures(variant: variant)
            return [key.outcome] + Array(key.counts.dropFirst()) + [
                key.latencies[0], key.latencies[1], key.latencies[3], key.throughput,
            ]
                + [key.busiest, key.queueHighest]
        }
    }

    private func tile(_ figures: [KeyFigures.Figure]) -> Markup {
        element("div", ["class": "tile"]) {
            element("h3") { figures[0].label }
            element("dl") {
                for (variant, figure) in zip(result.variants, figures) {
                    element("div") {
                        element("dt", ["class": isSeveral ? nil : "hidden"]) { variant.name }
                        element("dd") {
                            element("span", ["class": "figure", "title": figure.exact]) { figure.text }
                            if !figure.detail.isEmpty {
                                " "
                                element("span", ["class": "detail"]) { figure.detail }
                            }
                        }
                    }
                }
            }
        }
    }
}

import OrreryExperiment

/// What happened over time: charts on one shared axis.
struct OverTimeSection {
    var result: ExperimentResult
    var variant: VariantResult
    var id: String

    var series: SeriesResult { variant.series }
    /// The series of all variants: their charts share their vertical axes, so that they can be compared.
    var shared: [SeriesResult] { result.variants.map(\.series) }

    /// So many bins that all charts of all variants together stay within the size of a file that can be sent by mail.
    private var binLimit: Int { max(100, 300 / max(1, result.variants.count)) }

    var markup: Markup {
        element("div", ["class": "over-time"]) {
            element("h3", ["id": "\(id)-time"]) { "Over time" }
            if series.produced.contains(where: { $0 > 0 }) {
                element("p", ["class": "note-line"]) {
                    "Simulated time since \(variant.startDate) 00:00 UTC, the same axis in every chart. \(meaning)"
                    if result.variants.count > 1 { " The charts of all variants have the same scales." }
                }
                for chart in charts { chart.figure }
            } else {
                element("p", ["class": "nothing"]) {
                    (variant.replications.isEmpty ? "No seed finished" : "Nothing was produced")
                        + ", so there is nothing to draw."
                }
            }
        }
    }

    /// The charts that this network has something for, along the way of an item.
    private var charts: [TimeChart] {
        [flow] + (series.cluster.map { [members($0), inboxes($0), trouble($0)] } ?? [queue])
            + [retries, links].compactMap(\.self)
            + (series.state.map { [conflicts($0)] } ?? [])
            + (series.state?.operatorsWaiting.map { [tickets($0)] } ?? [])
            + [underWay, utilisation] + [replicas].compactMap(\.self) + (series.locks.map { [waiters($0)] } ?? [])
            + (series.scheduler.map { [telescopes($0)] } ?? []) + [latency]
    }

    /// What lines, surfaces and tints are.
    private var meaning: String {
        let runs = variant.replications.count
        var words = runs > 1 ? "Lines are means over \(runs) seeds." : "Lines are from one seed."
        if let band = series.bands?.first {
            let seeds = band.seeds < runs ? "the first \(band.seeds) seeds" : "the seeds"
            words +=
                band.seeds < 20
                ? " The tinted surface reaches from the lowest to the highest of \(seeds)."
                : " The tinted surface holds nine tenths of \(seeds)."
        }
        let factor = (series.produced.count + binLimit - 1) / binLimit
        if factor > 1 {
            words += " Where bins were joined to be drawn, means are their means, and highest values stay the highest."
        }
        return [words, TimePhases(variant: variant).words].compactMap(\.self).joined(separator: " ")
    }

    /// A chart on the shared axis, with the limits of the thresholds that judge these metrics.
    func chart(
        _ name: String, _ title: String, note: String, unit: String, lines: [ChartLine], axis: ValueAxis,
        judgedBy metrics: [String] = []
    ) -> TimeChart {
        var chart = TimeChart(
            id: "\(id)-\(name)", title: title, unitNote: note, unit: unit, lines: lines, binSeconds: series.binSeconds,
            duration: variant.durationSeconds, phases: TimePhases(variant: variant).bands, axis: axis,
            binLimit: binLimit)
        for threshold in OverTimeSection.judging(variant, metrics, unit) {
            guard let limit = threshold.limit else { continue }
            if limit <= axis.upper, limit >= axis.lower {
                chart.references.append(Plot.Reference(value: limit, label: "limit: \(threshold.condition)"))
            } else {
                chart.remarks.append(
                    "The limit of \(threshold.metric), \(threshold.condition), lies far beyond this chart.")
            }
        }
        return chart
    }

    /// The limits, of all variants, that a chart of these metrics should reach to: those that are not far above it.
    func limits(_ metrics: [String], unit: String, near highest: Double) -> Double {
        result.variants.flatMap { OverTimeSection.judging($0, metrics, unit) }.compactMap(\.limit)
            .filter { $0 <= max(highest * 4, 1) }.max() ?? 0
    }

    /// The thresholds that judge what a chart shows, in its unit.
    static func judging(_ variant: VariantResult, _ metrics: [String], _ unit: String) -> [ThresholdResult] {
        let comparable = ["<", ">"]
        return variant.thresholds.filter { threshold in
            metrics.contains(threshold.metric) && threshold.unit == unit
                && comparable.contains { threshold.condition.contains($0) }
                && !threshold.condition.contains("count")
        }
    }

    /// The spread of the seeds of a series.
    func band(_ series: BandedSeries) -> SeriesBandResult? {
        variant.series.bands?.first { $0.series == series }
    }

    /// The highest value of series and spreads over all variants.
    func highest(_ name: BandedSeries?, _ values: (SeriesResult) -> [[Double]]) -> Double {
        shared.map { series in
            let upper = name.flatMap { name in series.bands?.first { $0.series == name } }?.upper ?? []
            return (values(series).joined().filter(\.isFinite) + upper.compactMap(\.self)).max() ?? 0
        }.max() ?? 0
    }
}

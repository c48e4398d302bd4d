import OrreryExperiment

/// Which seeds went badly: every metric that has a better direction, against every seed.
///
/// The colour is how far a seed lies on the bad side of the mean, in standard deviations over the seeds, so that
/// metrics of all units stand side by side.
struct SeedMap {
    var variant: VariantResult
    var id: String

    private static let metricLimit = 12
    private static let seedLimit = 200

    /// What is needed of a metric; the mean latency is kept elsewhere in a result.
    private struct Metric {
        var key: String
        var unit: String
        var mean: Double
        var better: String
        var bySeed: [Double?]
    }

    /// A metric that differs from seed to seed.
    private struct Row {
        var metric: Metric
        /// How far each seed lies on the bad side, in standard deviations; zero on the good side.
        var badness: [Double?]
        /// The seed that fares worst, and its value.
        var worst: (seed: UInt64, value: Double)
    }

    /// The map; nil for fewer than three seeds, or where all fare alike.
    var map: HeatMap? {
        let seeds = variant.replications.map(\.seed)
        guard seeds.count > 2 else { return nil }
        let rows = rows(seeds)
        guard !rows.isEmpty else { return nil }
        let worst = sums(rows).enumerated().max { ($0.element, -$0.offset) < ($1.element, -$1.offset) }
        let words =
            worst.map { "Over all of these metrics, seed \(seeds[$0.offset]) fares worst." } ?? ""
        let shown = Array(seeds.prefix(SeedMap.seedLimit))
        return HeatMap(
            id: id, title: "Which seeds went badly",
            unitNote: "how far a seed is worse than the mean, in standard deviations", unit: "standard deviations",
            names: rows.map(\.metric.key), rows: rows.map { Array($0.badness.prefix(shown.count)) },
            columns: .named(shown.map(String.init), noun: "seed"), scale: HeatScale(of: [3], unit: ""),
            description: "\(rows.count) metrics of \(seeds.count) seeds. " + words, twin: table(rows),
            remark: words + (seeds.count > shown.count ? " Drawn are the first \(shown.count) seeds." : ""),
            hasLongNames: true)
    }

    private func sums(_ rows: [Row]) -> [Double] {
        variant.replications.indices.map { seed in
            rows.reduce(0) { $0 + (seed < $1.badness.count ? $1.badness[seed] ?? 0 : 0) }
        }
    }

    /// Metrics that thresholds judge first, then those of the outcome, then the others, as far as there is room.
    private func rows(_ seeds: [UInt64]) -> [Row] {
        let judged = variant.thresholds.map(\.metric)
        let first =
            judged + ["items.loss-share", "delivery.latency", "items.in-flight-highest", "broker.depth-highest"]
        let latency = Metric(
            key: "delivery.latency", unit: "s", mean: variant.latency.mean ?? 0, better: "lower",
            bySeed: variant.latency.bySeed)
        let metrics =
            [latency]
            + variant.metrics.map {
                Metric(key: $0.key, unit: $0.unit, mean: $0.mean, better: $0.better, bySeed: $0.bySeed)
            }
        let order = first + metrics.map(\.key)
        var seen: Set<String> = []
        return order.filter { seen.insert($0).inserted }
            .compactMap { key in metrics.first { $0.key == key && $0.better != "neither" } }
            .compactMap { row($0, seeds) }.prefix(SeedMap.metricLimit).map(\.self)
    }

    private func row(_ metric: Metric, _ seeds: [UInt64]) -> Row? {
        let values = metric.bySeed.compactMap(\.self).filter(\.isFinite)
        guard values.count > 2 else { return nil }
        let mean = values.reduce(0, +) / Double(values.count)
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count - 1)
        let deviation = variance.squareRoot()
        guard deviation > 1e-9 * max(1e-9, mean.magnitude) else { return nil }
        let sign = metric.better == "higher" ? -1.0 : 1
        let badness = metric.bySeed.map { value in value.map { max(0, sign * ($0 - mean) / deviation) } }
        let worst = zip(seeds, metric.bySeed).compactMap { seed, value in value.map { (seed: seed, value: $0) } }
            .max { sign * $0.value < sign * $1.value }
        return worst.map { Row(metric: metric, badness: badness, worst: $0) }
    }

    private func table(_ rows: [Row]) -> Markup {
        element("details", ["class": "twin"]) {
            element("summary") { "The worst seed of each metric in figures" }
            ReportTable(
                label: "The worst seed of each metric",
                columns: [("metric", false), ("mean", true), ("worst seed", true), ("its value", true)],
                rows: rows.map { row in
                    [
                        .code(row.metric.key), .number(Quantity.text(row.metric.mean, unit: row.metric.unit)),
                        .number(String(row.worst.seed)),
                        .number(Quantity.text(row.worst.value, unit: row.metric.unit)),
                    ]
                }
            ).markup
        }
    }
}

import OrreryExperiment

/// The handful of figures that a reader wants first, the same in the page and in the terminal.
struct KeyFigures {
    /// One of them.
    struct Figure: Equatable {
        /// What it is: `delivered`, `latency p99`.
        var label: String
        /// The value with its unit.
        var text: String
        /// What surrounds it: an interval, a range, a share; may be empty.
        var detail = ""
        /// All digits, where the text has fewer.
        var exact: String?
    }

    var variant: VariantResult

    /// How many items were produced, delivered, lost and still on their way: means over the seeds.
    var counts: [Figure] {
        let runs = variant.replications
        return [
            count("produced", runs.map { Double($0.produced) }), count("delivered", runs.map { Double($0.delivered) }),
            lost, count("in flight at the end", runs.map { Double($0.inFlight) }),
        ]
    }

    /// The latency of what was delivered.
    var latencies: [Figure] {
        let latency = variant.latency
        var mean = Figure(label: "latency mean", text: Quantity.seconds(latency.mean), exact: exact(latency.mean))
        mean.detail =
            latency.mean == nil ? "not measured" : interval(latency.halfWidth, around: latency.mean, unit: "s")
        return [
            mean, percentile("latency median", 0.5), percentile("latency p95", 0.95), percentile("latency p99", 0.99),
        ]
    }

    /// Items per time that reached the end of their way.
    var throughput: Figure {
        guard let metric = variant.metrics.first(where: { $0.key.hasSuffix("throughput") }) else {
            return Figure(label: "throughput", text: Numerals.absent, detail: "not measured")
        }
        return figure("throughput", metric)
    }

    /// How busy each part was.
    var utilisations: [Figure] {
        busy.map { figure($0.key.replacing(".utilisation", with: "") + " busy", $0) }
    }

    /// The part that was busiest.
    var busiest: Figure {
        let sorted = busy.enumerated().max { ($0.element.mean, -$0.offset) < ($1.element.mean, -$1.offset) }
        guard let metric = sorted?.element else {
            return Figure(label: "busiest part", text: Numerals.absent, detail: "not measured")
        }
        guard metric.mean > 0 else {
            return Figure(label: "busiest part", text: "none", detail: "nothing was ever busy")
        }
        var figure = figure("busiest part", metric)
        figure.detail =
            metric.key.replacing(".utilisation", with: "") + (figure.detail.isEmpty ? "" : ", " + figure.detail)
        return figure
    }

    /// What became of the runs: the most frequent class, and how likely it is.
    var outcome: Figure {
        let seen = ClassText.seen(variant)
        guard let first = seen.first, let text = ClassText.count(first) else {
            return Figure(label: "runs", text: Numerals.absent, detail: "nothing to class")
        }
        let others = seen.dropFirst().compactMap(ClassText.count).map { ", \($0)" }.joined()
        let interval = first.classed > 1 ? "P \(ClassText.interval(first))" : first.summary
        return Figure(label: "runs", text: text, detail: interval + others)
    }

    /// The longest queue at the broker, in any run.
    var queueHighest: Figure {
        guard let depth = variant.metrics.first(where: { $0.key == "broker.depth-highest" }),
            let highest = depth.perSeed.max()
        else { return Figure(label: "longest queue", text: Numerals.absent, detail: "not measured") }
        let capacity = variant.network.brokerCapacity.map { "of \(Quantity.count(Double($0))) places" } ?? "no limit"
        return Figure(label: "longest queue", text: Quantity.count(highest), detail: capacity)
    }

    /// The value that this share of all delivered items did not exceed; nil if the grid does not hold it.
    func quantile(_ share: Double) -> Double? {
        variant.latency.quantiles.first { abs($0.share - share) < 1e-9 }?.seconds
    }

    private var busy: [MetricResult] {
        variant.metrics.filter { $0.key.hasSuffix(".utilisation") && $0.mean.isFinite }
    }

    private var lost: Figure {
        let runs = variant.replications
        var figure = count("lost", runs.map { Double($0.lost.values.reduce(0, +)) })
        let produced = runs.reduce(0) { $0 + $1.produced }
        let lost = runs.reduce(0) { $0 + $1.lost.values.reduce(0, +) }
        if lost > 0, produced > 0 {
            // Short beside a range: the terminal has room for two columns only.
            let share = Quantity.share(Double(lost) / Double(produced))
            figure.detail = share + (figure.detail.isEmpty ? " of all produced" : ", " + figure.detail)
        }
        return figure
    }

    private func count(_ label: String, _ values: [Double]) -> Figure {
        guard let lowest = values.min(), let highest = values.max() else {
            return Figure(label: label, text: Numerals.absent, detail: "no seed finished")
        }
        let mean = values.reduce(0, +) / Double(values.count)
        let range = lowest == highest ? "" : "\(Quantity.count(lowest)) … \(Quantity.count(highest))"
        return Figure(
            label: label, text: Quantity.count(mean.rounded()), detail: range,
            exact: Quantity.exact(mean, unit: "items"))
    }

    private func percentile(_ label: String, _ share: Double) -> Figure {
        let value = quantile(share)
        let absence = variant.latency.count > 0 ? "fewer than ten items took longer" : "not measured"
        return Figure(
            label: label, text: Quantity.seconds(value), detail: value == nil ? absence : "", exact: exact(value))
    }

    private func figure(_ label: String, _ metric: MetricResult) -> Figure {
        Figure(
            label: label, text: Quantity.text(metric.mean, unit: metric.unit),
            detail: interval(metric.halfWidth, around: metric.mean, unit: metric.unit),
            exact: Quantity.exact(metric.mean, unit: metric.unit))
    }

    /// Half the width of an interval in the scale of its mean; a long unit is not repeated.
    private func interval(_ halfWidth: Double?, around mean: Double?, unit: String) -> String {
        guard let halfWidth, halfWidth.isFinite, let mean, mean.isFinite else { return "" }
        let scale = Quantity.scale(for: mean, unit: unit)
        let half = Numerals.significant(halfWidth * scale.factor, digits: 2)
        return "± " + half + (scale.suffix.count > 4 ? "" : scale.suffix)
    }

    private func exact(_ seconds: Double?) -> String? { seconds.map { Quantity.exact($0, unit: "s") } }
}

import OrreryExperiment

/// How a variant differs from the first, in the figures that a reader wants first, the same in the page and in the
/// terminal.
///
/// All other metrics are in the JSON result.
struct DifferenceTable {
    /// A metric.
    struct Row: Equatable {
        /// What it is: `lost items`, or the metric's key.
        var label: String
        /// The mean difference with its interval: `−134 ± 20 items`.
        var difference: String
        /// All digits of the mean difference.
        var exact: String
        /// What it shows, as a sign and in words.
        var sign: String
        var words: String
        /// How many seeds it rests on.
        var pairs: Int
    }

    var result: ExperimentResult
    /// Which variant, counted from zero.
    var index: Int

    private var first: VariantResult { result.variants[0] }
    private var variant: VariantResult { result.variants[index] }

    /// The metrics that always have a row, with their names.
    private static let names = [
        ("items.lost", "lost items"), ("items.loss-share", "loss share"), ("items.delivered", "delivered"),
        ("delivery.latency", "mean latency"), ("broker.depth-highest", "broker depth highest"),
    ]

    /// The rows: what a reader wants first, then every other metric that a threshold names.
    var rows: [Row] {
        var labels = DifferenceTable.names
        for metric in (first.thresholds + variant.thresholds).map(\.metric)
        where !labels.contains(where: { $0.0 == metric }) {
            labels.append((metric, metric))
        }
        return labels.compactMap { key, label in
            variant.differences.first { $0.key == key }.map { DifferenceTable.row(label, $0) }
        }
    }

    /// How many seeds finished in both variants, of those that were asked for: `30 pairs`, `27 pairs of 30 seeds`.
    var pairs: String {
        let seeds = Set(first.replications.map(\.seed))
        let count = variant.replications.count { seeds.contains($0.seed) }
        if count == 0 { return "no seed finished in both" }
        let text = count == 1 ? "1 pair" : "\(count) pairs"
        return count == result.seeds.count ? text : "\(text) of \(result.seeds.count) seeds"
    }

    /// What to beware of; nil where the variants observe the same time.
    var caution: String? {
        let isSame =
            (first.startDate, first.durationSeconds, first.warmUpSeconds)
            == (variant.startDate, variant.durationSeconds, variant.warmUpSeconds)
        return isSame ? nil : "The two observe different times, so a difference may come from that alone."
    }

    private static func row(_ label: String, _ difference: DifferenceResult) -> Row {
        let (sign, words) =
            switch difference.direction {
            case .lower?: ("↓", "lower")
            case .higher?: ("↑", "higher")
            case .notShown?: ("=", "no difference shown")
            case nil: ("?", "one pair has no interval")
            }
        return Row(
            label: label,
            difference: Quantity.difference(difference.mean, plusMinus: difference.halfWidth, unit: difference.unit),
            exact: Quantity.exact(difference.mean, unit: difference.unit), sign: sign, words: words,
            pairs: difference.pairs)
    }
}

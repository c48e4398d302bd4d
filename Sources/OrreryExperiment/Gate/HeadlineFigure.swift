import OrreryDiagnosis
import OrreryKernel
import OrreryModel

/// A figure that the gate watches: what is made of a metric in each seed.
///
/// Which figures a scenario has follows from rules that know no scenario: what its thresholds judge; what every network
/// has (losses, throughput, mean and tail of the latency, the busiest part); and what says most about a part that only
/// some have. Each is kept where every seed has a value.
struct HeadlineFigure {
    let metric: Metric
    let part: Part
    /// Which way is the better one; a threshold says so of a metric that has none by itself.
    let better: Metric.Direction
    /// Whether a threshold judges it.
    let isJudged: Bool

    /// What is made of the items of one seed; of a metric that is one number a seed, always that number.
    enum Part: Hashable {
        case mean
        case percentile(Double)
        case largest
        case smallest
        case count
    }

    /// What it is called in a baseline: `delivery.latency p(99)`, `items.loss-share`.
    var name: String {
        guard metric.form == .distribution else { return metric.key }
        switch part {
        case .mean: return metric.key + " mean"
        case .percentile(let share): return metric.key + " p(\(DecimalText.trimmed((share * 1e11).rounded() / 1e9)))"
        case .largest: return metric.key + " max"
        case .smallest: return metric.key + " min"
        case .count: return metric.key + " count"
        }
    }

    /// The unit of its values.
    var unit: MetricUnit { isCount && metric.form == .distribution ? .items : metric.unit }

    /// Whether it is of a part that only some networks have; it is kept where it is not zero in every seed.
    var isOfPart: Bool { !isJudged && HeadlineFigure.ofParts.contains(metric.key) }

    /// Whether it is a number of things.
    var isCount: Bool { metric.form == .count || part == .count && metric.form == .distribution }

    /// Whether it is the busy share of a part, of which the busiest one is kept.
    var isUtilisation: Bool { metric.key.hasSuffix(".utilisation") && !isJudged }

    /// What it is in one run; nil without data.
    func value(in record: RunRecord) -> Double? {
        guard let value = record.value(of: metric) else { return nil }
        guard case .distribution(let histogram) = value else { return value.figure }
        return switch part {
        case .mean: histogram.mean
        case .percentile(let share): histogram.quantile(share)
        case .largest: histogram.largest?.seconds
        case .smallest: histogram.smallest?.seconds
        case .count: Double(histogram.count)
        }
    }

    /// Whether enough of a run stands behind the value: ten items lie above a percentile, as in every report.
    func isSupported(by record: RunRecord) -> Bool {
        guard case .percentile(let share) = part, case .distribution(let histogram)? = record.value(of: metric)
        else { return true }
        return (1 - share) * Double(histogram.count) >= 10
    }
}

extension HeadlineFigure {
    /// What every network has.
    private static let general: [(key: String, part: Part)] = [
        ("items.loss-share", .mean), ("delivery.throughput", .mean), ("delivery.latency", .mean),
        ("delivery.latency", .percentile(0.95)), ("delivery.latency", .percentile(0.99)),
    ]

    /// What says most about parts that only some networks have.
    private static let ofParts = [
        "workers.wasted", "cluster.wasted-work", "cluster.redistributed", "locks.wait", "coordination.sessions-expired",
        "state.conflict-share", "state.stale-reads", "operators.waiting", "replicas.reversals", "replicas.seconds",
        "observations.wait", "observations.wasted", "observations.expired-share", "telescopes.idle",
    ]

    /// All that may be watched in a variant with these thresholds, in a fixed order; each name once.
    static func candidates(for thresholds: [Threshold]) -> [HeadlineFigure] {
        let judged = thresholds.compactMap(HeadlineFigure.init)
        let parts = ofParts.map { (key: $0, part: Part.mean) }
        let busy = MetricCatalog.measured.filter { $0.key.hasSuffix(".utilisation") }.map { ($0.key, Part.mean) }
        let others = (general + parts + busy).compactMap { key, part in
            MetricCatalog[key].map { HeadlineFigure(metric: $0, part: part, better: $0.better, isJudged: false) }
        }
        var names: Set<String> = []
        // What a threshold judges comes first, because its direction counts.
        let unique = (judged + others).filter { names.insert($0.name).inserted }
        let order = others.map(\.name)
        return unique.sorted { place($0, order) < place($1, order) }
    }

    /// The place in the fixed order; what only thresholds name comes behind, by name.
    private static func place(_ figure: HeadlineFigure, _ order: [String]) -> (Int, String) {
        (order.firstIndex(of: figure.name) ?? order.count, figure.name)
    }

    /// What a threshold judges; nil for how runs end, which the gate compares by itself.
    private init?(_ threshold: Threshold) {
        guard let metric = MetricCatalog[threshold.metric], metric.form != .outcome else { return nil }
        let part: Part =
            switch threshold.aggregation {
            case .percentile(let share): .percentile(share)
            case .maximum: .largest
            case .minimum: .smallest
            case .count: .count
            case .mean, .probability: .mean
            }
        let stated: Metric.Direction =
            threshold.comparison.isUpper ? .lower : threshold.comparison.isLower ? .higher : .neither
        self.init(
            metric: metric, part: metric.form == .distribution ? part : .mean,
            better: metric.better == .neither ? stated : metric.better, isJudged: true)
    }
}

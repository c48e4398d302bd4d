import OrreryExperiment
import OrreryKernel

/// The figures at the end of runs: for each metric its mean, half the width of the mean's interval, and its quantiles.
struct FigureFamilies {
    /// The families in the order in which they came to be.
    private(set) var families: [MetricFamily] = []
    private var places: [String: Int] = [:]

    /// Adds what a metric came to; a figure that was not measured has no sample.
    mutating func add(
        _ key: String, unit: String, help: String, mean: Double, halfWidth: Double?,
        quantiles: [DistributionResult.Quantile] = [], _ labels: [MetricFamily.Label], at time: Double?
    ) {
        let name = "run." + key
        add(mean, to: name, unit, "\(help); mean over the seeds", labels, time)
        if let halfWidth {
            add(halfWidth, to: name + ".half-width", unit, "half the 95 % interval of that mean", labels, time)
        }
        for quantile in quantiles {
            add(
                quantile.seconds, to: name + ".quantile", unit, "what a share of all items did not exceed",
                labels + [MetricFamily.quantile(quantile.share)], time)
        }
    }

    private mutating func add(
        _ value: Double, to key: String, _ unit: String, _ help: String, _ labels: [MetricFamily.Label],
        _ time: Double?
    ) {
        let place = places[key] ?? families.count
        if place == families.count {
            families.append(MetricFamily(key, unit: unit, help: help))
            places[key] = place
        }
        families[place].add(value, labels, at: time)
    }
}

/// How many runs were made, and what identifies them.
struct RunFamilies {
    private var runs = MetricFamily("run.finished", unit: "runs", help: "runs that came to their end")
    private var identity = MetricFamily("run.identity", help: "always 1; the label is the digest of every event")

    /// The families.
    var families: [MetricFamily] { [runs, identity] }

    /// Adds how many runs came to their end, and their digest.
    mutating func add(finished: Int, fingerprint: String, _ labels: [MetricFamily.Label], at time: Double?) {
        runs.add(Double(finished), labels, at: time)
        identity.add(1, labels + [("fingerprint", fingerprint)], at: time)
    }
}

/// How likely runs are to be of a class, or to collapse, with the ends of the interval.
struct ProbabilityFamilies {
    private var share = MetricFamily("run.outcome", unit: "share", help: "the share of runs that end so")
    private var lower = MetricFamily(
        "run.outcome.lower", unit: "share", help: "lower end of the exact 95 % interval of the probability")
    private var upper = MetricFamily(
        "run.outcome.upper", unit: "share", help: "upper end of the exact 95 % interval of the probability")

    /// The families.
    var families: [MetricFamily] { [share, lower, upper] }

    /// Adds what is known of an outcome; nothing where no run has a class.
    mutating func add(
        _ outcome: String, share: Double?, lower: Double?, upper: Double?, _ labels: [MetricFamily.Label],
        at time: Double?
    ) {
        let labels = labels + [("outcome", outcome)]
        if let share { self.share.add(share, labels, at: time) }
        if let lower { self.lower.add(lower, labels, at: time) }
        if let upper { self.upper.add(upper, labels, at: time) }
    }
}

/// What the thresholds say.
struct ThresholdFamilies {
    private var verdict = MetricFamily("threshold.verdict", help: "always 1; the label says whether it holds")
    private var observed = MetricFamily("threshold.observed", help: "what was observed, in the unit of the label")
    private var limit = MetricFamily("threshold.limit", help: "what it was compared with, in the unit of the label")

    /// The families.
    var families: [MetricFamily] { [verdict, observed, limit] }

    /// Adds a threshold; what was not observed has no sample.
    mutating func add(_ threshold: ThresholdResult, _ labels: [MetricFamily.Label], at time: Double?) {
        add(
            condition: ThresholdText.condition(threshold), unit: threshold.unit, verdict: threshold.verdict,
            observed: threshold.observed, limit: threshold.limit, labels, at: time)
    }

    /// Adds what is known of a condition.
    mutating func add(
        condition: String, unit: String, verdict: String, observed: Double?, limit: Double?,
        _ labels: [MetricFamily.Label], at time: Double?
    ) {
        let named = labels + [("condition", condition)]
        self.verdict.add(1, named + [("verdict", verdict)], at: time)
        if let observed { self.observed.add(observed, named + [("unit", unit)], at: time) }
        if let limit { self.limit.add(limit, named + [("unit", unit)], at: time) }
    }
}

extension MetricFamily {
    /// The label that says which share of items a value is about.
    static func quantile(_ share: Double) -> Label { ("quantile", DecimalText.trimmed(share)) }
}

import OrreryKernel
public import OrreryModel
import OrreryStatistics

/// Compares a threshold with what was observed, seed by seed and over all seeds.
///
/// Counts add up over the seeds and distributions are put together, so the threshold is judged once, on everything.
/// Beside that every seed is judged alone, because a condition that holds on average may be broken in every tenth run.
/// With a window, each place of the window is judged like this, and the worst one counts.
public struct ThresholdJudge: Sendable {
    /// The threshold.
    public let threshold: Threshold
    /// What the value of one seed is compared with, in the metric's base unit; nil if a baseline is missing.
    private let limitAlone: Double?
    private let metric: Metric
    /// One for each place of the window; one without a window.
    private var observations: [MetricObservation] = []
    private var seedsHolding = 0
    private var seedsJudged = 0
    private var worst: (seed: UInt64, badness: Double, violation: Duration?)?
    /// Whether all seeds fare alike so far.
    private var isUniform = true
    private var judged: (start: Duration, end: Duration, window: Duration?)?

    /// A judge who has seen nothing yet; the threshold's metric must be one of the catalog.
    ///
    /// `baseline` is the same aggregate in a stored result, of a count the mean of a seed; without it, a threshold that
    /// is relative to a baseline cannot be judged.
    public init(_ threshold: Threshold, baseline: Double? = nil) {
        guard let metric = MetricCatalog[threshold.metric] else {
            violation("the metric \(threshold.metric) is not in the catalog")
        }
        self.threshold = threshold
        self.metric = metric
        switch threshold.limit {
        case .value(let value): limitAlone = value
        case .baseline(let factor): limitAlone = baseline.map { $0 * factor }
        }
    }

    /// Sees the next seed.
    public mutating func add(_ record: RunRecord) {
        guard let limitAlone else {
            seedsJudged += 1
            return
        }
        let places = self.places(in: record)
        seedsJudged += 1
        if observations.isEmpty { observations = places.map { _ in MetricObservation(metric) } }
        for index in observations.indices {
            observations[index].add(index < places.count ? places[index].value : nil, seed: record.seed)
        }
        let alone = places.compactMap { threshold.aggregation.aggregate($0.value, of: metric) }
        guard let observed = worst(of: alone, against: limitAlone) else { return }
        let isBroken = !threshold.comparison.holds(observed, limitAlone)
        if !isBroken { seedsHolding += 1 }
        let distance = threshold.comparison.badness(observed, limitAlone)
        if let worst, worst.badness != distance { isUniform = false }
        if worst.map({ distance > $0.badness }) ?? true {
            worst = (record.seed, distance, isBroken ? firstViolation(in: record) : nil)
        }
    }

    /// The judgement on everything seen so far.
    public var judgement: Judgement {
        let all = observations.compactMap { threshold.aggregation.aggregate($0) }
        let limit = self.limit
        let observed = limit.flatMap { worst(of: all, against: $0) }
        let (outcome, remark) = verdict(on: observed, limit)
        return Judgement(
            verdict: outcome, observed: observed, limit: limit, seedsHolding: seedsHolding, seedsJudged: seedsJudged,
            worstSeed: isUniform ? nil : worst?.seed, firstViolation: worst?.violation, judged: judged, remark: remark)
    }

    /// What all seeds together are compared with: counts add up, so a baseline's count does as well.
    private var limit: Double? {
        if case .baseline = threshold.limit, threshold.aggregation == .count {
            return limitAlone.map { $0 * Double(seedsJudged) }
        }
        return limitAlone
    }

    private func worst(of values: [Double], against limit: Double) -> Double? {
        values.max { threshold.comparison.badness($0, limit) < threshold.comparison.badness($1, limit) }
    }

    private func verdict(on observed: Double?, _ limit: Double?) -> (Judgement.Verdict, remark: String?) {
        guard let limit else { return (.unjudged, "there is no baseline to compare with") }
        guard let observed else { return (.unjudged, nil) }
        if threshold.aggregation == .probability { return probabilityVerdict(limit) }
        if let share = threshold.scope.seeds {
            // A share such as 95 % has an error in its last bit, which must not cost a seed.
            let isMet = Double(seedsHolding) >= share * Double(seedsJudged) - 1e-9
            return (isMet ? .holds : .broken, nil)
        }
        return (threshold.comparison.holds(observed, limit) ? .holds : .broken, nil)
    }
}

// What is judged of a run.
extension ThresholdJudge {
    /// The places of the window, or the one span, with what the metric says there.
    private mutating func places(in record: RunRecord) -> [(bins: Range<Int>, value: MetricValue)] {
        guard threshold.scope.needsCourse else { return record.value(of: metric).map { [(0..<0, $0)] } ?? [] }
        guard let course = metric.course(of: record.series) else { return [] }
        let grid = course.grid
        let span = bins(of: record, on: grid)
        let width = grid.binWidth.nanoseconds
        let wanted = threshold.scope.window.map { Int(($0.nanoseconds + width - 1) / width) } ?? span.count
        let size = max(1, min(span.count, wanted))
        judged = (
            Duration(nanoseconds: Int64(span.lowerBound) * width),
            Duration(nanoseconds: min(grid.horizon.nanoseconds, Int64(span.upperBound) * width)),
            threshold.scope.window == nil ? nil : Duration(nanoseconds: Int64(size) * width)
        )
        guard span.count >= size else { return [] }
        return (span.lowerBound...span.upperBound - size).map { ($0..<$0 + size, course.value(in: $0..<$0 + size)) }
    }

    /// The stated time in whole bins: widened if it is stated, else what lies after the warm-up.
    private func bins(of record: RunRecord, on grid: TimeGrid) -> Range<Int> {
        let width = grid.binWidth.nanoseconds
        guard let during = threshold.scope.during else {
            let first = (record.series.warmUp.nanoseconds + width - 1) / width
            return min(Int(first), grid.count - 1)..<grid.count
        }
        let first = min(Int(during.start.nanoseconds / width), grid.count - 1)
        let end = min(Int((during.end.nanoseconds + width - 1) / width), grid.count)
        return first..<max(first + 1, end)
    }

    /// When a run first breaks the condition: the first window, the bin in which a sum goes beyond its limit, or else
    /// the first bin that by itself is beyond it.
    private mutating func firstViolation(in record: RunRecord) -> Duration? {
        guard let course = metric.course(of: record.series) else { return nil }
        var broken: Int?
        if threshold.scope.window != nil {
            broken = places(in: record).first { isBroken($0.value) }?.bins.lowerBound
        } else {
            let span = bins(of: record, on: course.grid)
            if case .count(_) = course.value(in: span), threshold.comparison.isLower { return nil }
            broken = span.first { bin in
                // A sum goes beyond its limit with what came before it.
                if case .counts = course.values { return isBroken(course.value(in: span.lowerBound..<bin + 1)) }
                return isBroken(course.value(in: bin..<bin + 1))
            }
        }
        return broken.map { Duration(nanoseconds: Int64($0) * course.grid.binWidth.nanoseconds) }
    }

    private func isBroken(_ value: MetricValue) -> Bool {
        guard let limitAlone, let observed = threshold.aggregation.aggregate(value, of: metric) else { return false }
        return !threshold.comparison.holds(observed, limitAlone)
    }
}

// How likely a class of runs is.
extension ThresholdJudge {
    /// The confidence of each bound, one-sided.
    private static let confidence = 0.95

    /// A probability is below its limit if the runs bound it there, with 95 % confidence, and above it likewise; else
    /// there are too few runs.
    private func probabilityVerdict(_ limit: Double) -> (Judgement.Verdict, remark: String?) {
        let outcomes = observations.first?.perSeed ?? []
        let proportion = Proportion(successes: outcomes.count { $0 > 0 }, trials: outcomes.count)
        guard let lower = proportion.lowerBound(confidence: Self.confidence),
            let upper = proportion.upperBound(confidence: Self.confidence)
        else { return (.unjudged, nil) }
        let (successes, trials) = (proportion.successes, proportion.trials)
        let seen = "\(successes) of \(trials) \(trials == 1 ? "run" : "runs"): that shows "
        let below = "P < \(Words.percent(upper))"
        let above = "P > \(Words.percent(lower))"
        let isUpper = threshold.comparison.isUpper
        if isUpper ? upper < limit : lower > limit { return (.holds, seen + (isUpper ? below : above)) }
        if isUpper ? lower > limit : upper < limit { return (.broken, seen + (isUpper ? above : below)) }
        let bounds = successes == 0 ? below : successes == trials ? above : "\(above) and \(below)"
        let isExtreme = isUpper ? successes == 0 : successes == trials
        let rest = isExtreme ? runsToShow(isUpper ? limit : 1 - limit) : nil
        let advice = rest.map { "; \($0) runs would show \(Words.percent(limit))" } ?? "; more runs would tell"
        return (.inconclusive, seen + bounds + advice)
    }

    /// How many runs without a single exception bound a probability by this: the smallest n with (1 − p)ⁿ ≤ 5 %.
    private func runsToShow(_ probability: Double) -> Int? {
        guard probability > 0, probability < 1 else { return nil }
        var chance = 1.0
        for runs in 1...100_000 {
            chance *= 1 - probability
            if chance <= 1 - Self.confidence { return runs }
        }
        return nil
    }
}

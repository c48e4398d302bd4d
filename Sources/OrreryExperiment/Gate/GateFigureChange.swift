import OrreryModel
import OrreryStatistics

/// A figure before and now, seed by seed.
struct GateFigureChange {
    private let base: GateFigure
    private let head: MeasuredFigure?
    private let baseMean: Double
    private let difference: PairedDifference
    /// Whether every seed has the same value but for its last digits.
    let isEqual: Bool

    /// A figure of a baseline with these seeds, and what it is now; nil if nobody measures it any more.
    init(_ base: GateFigure, seeds: [UInt64], head: MeasuredFigure?) {
        self.base = base
        self.head = head
        let before = Dictionary(uniqueKeysWithValues: zip(seeds, base.values))
        let now = head?.values ?? [:]
        difference = PairedDifference(from: before, to: now)
        baseMean = Estimate(seeds.filter { now[$0] != nil }.compactMap { before[$0] }).mean ?? base.mean
        isEqual = seeds.allSatisfy { seed in
            guard let one = before[seed], let other = now[seed] else { return false }
            return (one - other).magnitude <= GateRules.rounding * max(one.magnitude, other.magnitude)
        }
    }

    /// How likely as large a difference is by chance, for this figure alone; nil if it is not judged.
    var pValue: Double? { isEqual || base.better == "neither" ? nil : difference.pValue ?? 1 }

    /// What is said of it, by its p-value among all that are judged; nil if no seed has a value any more.
    func result(adjusted: Double?, judged: Int) -> GateFigureResult? {
        let estimate = difference.estimate
        guard let mean = estimate.mean else { return nil }
        let verdict = verdict(mean, estimate, adjusted)
        // Which way is worse, counts upwards.
        let worsening = base.better == "higher" ? estimate.negated : estimate
        let needed = UnchangedMean.pairsNeeded(
            worsening, above: base.tolerance ?? 0, error: GateRules.error / Double(max(1, judged)))
        return GateFigureResult(
            figure: base.figure, unit: base.unit, better: base.better, pairs: estimate.count,
            base: Quantity.rounded(baseMean, digits: GateRules.digits),
            difference: Quantity.rounded(mean, digits: GateRules.digits), halfWidth: estimate.printedHalfWidth,
            change: (mean / baseMean.magnitude).isFinite
                ? Quantity.rounded(mean / baseMean.magnitude, digits: 4) : nil,
            tolerance: base.tolerance, pAdjusted: adjusted.map { Quantity.rounded($0, digits: 4) },
            seedsNeeded: verdict == .inconclusive ? needed : nil, verdict: verdict)
    }

    private func verdict(
        _ mean: Double, _ estimate: Estimate, _ adjusted: Double?
    ) -> GateFigureResult.Verdict {
        if isEqual { return .identical }
        guard let adjusted else { return .unjudged }
        let isWorse = (mean > 0) == (base.better == "lower")
        let material = head.map { GateRules.material(at: baseMean, of: $0.figure) } ?? 0
        if adjusted <= GateRules.error && mean.magnitude > material { return isWorse ? .regressed : .improved }
        guard let tolerance = base.tolerance else { return .tooNoisy }
        let worsening = base.better == "higher" ? estimate.negated : estimate
        return UnchangedMean.excludes(worsening, above: tolerance) == true ? .same : .inconclusive
    }
}

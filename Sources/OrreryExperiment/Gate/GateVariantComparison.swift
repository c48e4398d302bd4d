import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics

/// One variant before and now.
struct GateVariantComparison {
    private let base: GateVariant
    private let changes: [GateFigureChange]
    private let endings: [(classes: [String], events: PairedEvents)]
    private let isIdentical: Bool
    private var reasons: [(verdict: GateVerdict, sentence: String)] = []

    /// A variant of a baseline with these seeds, and what was measured of it now.
    init(_ base: GateVariant, seeds: [UInt64], head measurement: GateMeasurement, _ index: Int) {
        let head = measurement.result.variants[index]
        let kept = measurement.kept(index)
        var base = base
        base.figures += GateVariantComparison.zeros(
            for: kept.figures, of: measurement.figures[index].filter(\.figure.isOfPart), notIn: base.figures)
        self.base = base
        changes = base.figures.map { figure in
            let measured = measurement.figures[index].first { $0.figure.name == figure.figure }
            return GateFigureChange(figure, seeds: seeds, head: measured)
        }
        let runs = zip(seeds, base.classes).filter { $0.1 != GateMeasurement.unclassed }
        endings = GateVariantComparison.bad.map { classes in
            var then: [UInt64: Bool] = [:]
            for (seed, name) in runs { then[seed] = classes.contains(name) }
            var today: [UInt64: Bool] = [:]
            for run in head.replications { today[run.seed] = run.class.map(classes.contains) }
            return (classes, PairedEvents(from: then, to: today))
        }.filter { $0.events.onlyFirst + $0.events.onlySecond > 0 }
        isIdentical =
            base.fingerprint == head.fingerprint && endings.isEmpty && changes.allSatisfy(\.isEqual)
        let givenUp = measurement.givenUp(head)
        if givenUp > 0 {
            let sentence = "\(givenUp) of \(seeds.count) runs were given up, because too many items were on their way."
            reasons.append((.regressed, sentence))
        }
        judgeThresholds(kept.thresholds)
    }

    /// Figures of parts that are kept now and were not: a baseline leaves them out where they are zero in every seed.
    private static func zeros(
        for now: [GateFigure], of parts: [MeasuredFigure], notIn known: [GateFigure]
    ) -> [GateFigure] {
        now.filter { figure in
            parts.contains { $0.figure.name == figure.figure } && !known.contains { $0.figure == figure.figure }
        }
        .map { figure in
            var zero = figure
            zero.values = figure.values.map { _ in 0 }
            (zero.mean, zero.tolerance, zero.note) = (0, nil, "zero in every seed of the baseline")
            return zero
        }
    }

    /// Endings that are bad whatever else changes.
    private static let bad = [
        [RunClass.collapsed.rawValue], [RunClass.metastable.rawValue, RunClass.collapsed.rawValue],
    ]

    /// How likely each change is by chance alone: endings first, then figures.
    var pValues: [Double] { isIdentical ? [] : endings.map(\.events.pValue) + changes.compactMap(\.pValue) }

    /// What is said of the variant, by the p-values among all that are judged in the scenario.
    func result(adjusted: [Double], judged: Int) -> GateVariantResult {
        if isIdentical {
            let verdict = reasons.map(\.verdict).max() ?? .identical
            return GateVariantResult(
                name: base.name, verdict: verdict, reasons: reasons.map(\.sentence), endings: [], figures: [])
        }
        let endings = zip(endings, adjusted).map { GateEndingResult($0.classes, $0.events, adjusted: $1) }
        var rest = adjusted.dropFirst(endings.count)
        var figures: [GateFigureResult] = []
        var reasons = self.reasons
        for (figure, change) in zip(base.figures, changes) {
            if let row = change.result(adjusted: change.pValue == nil ? nil : rest.popFirst(), judged: judged) {
                figures.append(row)
            } else {
                reasons.append((.inconclusive, "\(figure.figure) is not measured any more in any seed."))
            }
        }
        let said = figures.map(\.verdict)
        let isShown = said.contains(.regressed) || said.contains(.improved) || endings.contains { $0.verdict != .same }
        if !isShown, reasons.isEmpty, !base.figures.contains(where: \.isTelling) {
            reasons.append((.inconclusive, GateVariantComparison.untold(figures)))
        }
        let verdicts = reasons.map(\.verdict) + endings.map(\.verdict) + said.map(GateVerdict.init)
        return GateVariantResult(
            name: base.name, verdict: verdicts.reduce(.same, max), reasons: reasons.map(\.sentence), endings: endings,
            figures: figures)
    }

    /// Why nothing can be said of a variant whose events are others.
    private static func untold(_ figures: [GateFigureResult]) -> String {
        let isFew = figures.allSatisfy { $0.pairs < GateRules.seedsMin }
        return isFew
            ? "The events are others, and fewer than \(GateRules.seedsMin) seeds cannot tell whether it matters."
            : "The events are others, and every figure is too noisy to tell whether it matters."
    }

    /// A threshold that held and is broken has regressed, whatever the figures say; other thresholds are other
    /// questions.
    private mutating func judgeThresholds(_ head: [GateThreshold]) {
        for old in base.thresholds {
            guard let new = head.first(where: { $0.condition == old.condition }) else {
                reasons.append((.inconclusive, "The threshold '\(old.condition)' is not judged any more."))
                continue
            }
            if new.verdict == old.verdict { continue }
            let sentence =
                "\(old.condition): \(GateVariantComparison.word(old)), now \(GateVariantComparison.word(new))."
            switch (old.verdict, new.verdict) {
            case ("holds", "broken"): reasons.append((.regressed, sentence))
            case ("broken", "holds"): reasons.append((.improved, sentence))
            default: reasons.append((.inconclusive, sentence))
            }
        }
        for new in head where !base.thresholds.contains(where: { $0.condition == new.condition }) {
            reasons.append((.inconclusive, "The threshold '\(new.condition)' is new to the baseline."))
        }
    }

    /// How a threshold fared: `broken at 1.24s`.
    private static func word(_ threshold: GateThreshold) -> String {
        guard let observed = threshold.observed, let unit = MetricUnit(rawValue: threshold.unit) else {
            return threshold.verdict
        }
        return "\(threshold.verdict) at \(Quantity.text(observed, unit: unit))"
    }
}

extension GateEndingResult {
    fileprivate init(_ classes: [String], _ events: PairedEvents, adjusted: Double) {
        let isShown = adjusted <= GateRules.error
        self.init(
            classes: classes, base: events.first, head: events.second, pairs: events.pairs,
            pAdjusted: Quantity.rounded(adjusted, digits: 4),
            verdict: !isShown ? .same : events.second > events.first ? .regressed : .improved)
    }
}

extension GateVerdict {
    /// What a figure says of its variant.
    fileprivate init(_ figure: GateFigureResult.Verdict) {
        self =
            switch figure {
            case .identical, .same, .tooNoisy, .unjudged: .same
            case .improved: .improved
            case .inconclusive: .inconclusive
            case .regressed: .regressed
            }
    }
}

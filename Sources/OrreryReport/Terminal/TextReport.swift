public import OrreryExperiment

/// What `orrery run` prints: the verdict, a short table for each variant, thresholds, findings and the fingerprint.
///
/// No line is wider than 100 columns. Colour is a choice and never the only sign.
public struct TextReport: Sendable {
    /// Whether signs and headings are coloured for a terminal.
    public var isColoured: Bool

    /// A report with or without colour.
    public init(isColoured: Bool = false) {
        self.isColoured = isColoured
    }

    /// The widest that a line may be.
    static let width = 100

    /// The text for a result, with a line break at its end.
    public func render(_ result: ExperimentResult) -> String {
        var lines = verdict(result)
        for variant in result.variants {
            lines +=
                [""] + heading(variant, of: result) + table(variant) + classes(variant) + thresholds(variant)
                + findings(variant)
        }
        lines += differences(result)
        lines += ["", "fingerprint  \(plain(result.fingerprint))"]
        lines += wrapped(plain(result.command), first: "again        ", indent: 13)
        return lines.joined(separator: "\n") + "\n"
    }

    private func verdict(_ result: ExperimentResult) -> [String] {
        let outcome = result.verdict.outcome
        let sign = "\(outcome.sign) \(outcome.word)"
        var lines = wrapped("\(sign): \(plain(result.verdict.sentence))", indent: 2)
        lines[0] = lines[0].replacing(sign, with: painted(sign, outcome == .passed ? .good : .bad), maxReplacements: 1)
        let seeds = result.seeds.count == 1 ? "1 seed" : "\(result.seeds.count) seeds"
        let time = "\(Quantity.seconds(result.durationSeconds)) from \(plain(result.startDate))"
        let warmUp = result.warmUpSeconds > 0 ? ", warm-up \(Quantity.seconds(result.warmUpSeconds))" : ""
        lines += wrapped(
            "\(plain(result.scenario)) · \(seeds) · \(time)\(warmUp) · Orrery \(plain(result.orreryVersion))",
            first: "  ", indent: 2)
        if let precision = PrecisionText.sentence(result) {
            lines += wrapped("precision: \(plain(precision))", first: "  ", indent: 4)
        }
        if result.interrupted {
            let finished = result.variants.reduce(0) { $0 + $1.replications.count }
            lines += wrapped(
                "! interrupted: only \(finished) of \(result.seeds.count * result.variants.count) runs finished",
                indent: 2)
        }
        return lines
    }

    /// The variant's name, and its time where that is not the time that the verdict states.
    private func heading(_ variant: VariantResult, of result: ExperimentResult) -> [String] {
        var text = plain(variant.name)
        if (variant.startDate, variant.durationSeconds, variant.warmUpSeconds)
            != (result.startDate, result.durationSeconds, result.warmUpSeconds)
        {
            text += " · \(Quantity.seconds(variant.durationSeconds)) from \(plain(variant.startDate))"
            text += variant.warmUpSeconds > 0 ? ", warm-up \(Quantity.seconds(variant.warmUpSeconds))" : ""
        }
        var lines = wrapped(text, indent: 0)
        lines[0] = painted(lines[0], .strong)
        return lines
    }

    /// The figures in two columns: counts and parts on the left, latencies and throughput on the right.
    private func table(_ variant: VariantResult) -> [String] {
        let key = KeyFigures(variant: variant)
        let left = key.counts + [key.queueHighest]
        let right = key.latencies + [key.throughput] + key.utilisations
        let cells = (block(left), block(right))
        let leftWidth = cells.0.map(\.count).max() ?? 0
        let isBeside = leftWidth + 4 + (cells.1.map(\.count).max() ?? 0) + 2 <= TextReport.width
        guard isBeside else { return (cells.0 + cells.1).flatMap { wrapped($0, first: "  ", indent: 6) } }
        return (0..<max(left.count, right.count)).map { index in
            let first = index < left.count ? cells.0[index] : ""
            guard index < right.count else { return "  " + first }
            return "  " + padded(first, leftWidth) + "    " + cells.1[index]
        }
    }

    private func block(_ figures: [KeyFigures.Figure]) -> [String] {
        let labels = figures.map { plain($0.label) }
        let (labelWidth, textWidth) = (labels.map(\.count).max() ?? 0, figures.map(\.text.count).max() ?? 0)
        return zip(labels, figures).map { label, figure in
            let gap = String(repeating: " ", count: textWidth - figure.text.count)
            let line = padded(label, labelWidth) + "  " + gap + figure.text
            return figure.detail.isEmpty ? line : line + "  " + plain(figure.detail)
        }
    }

    private func thresholds(_ variant: VariantResult) -> [String] {
        variant.thresholds.flatMap { threshold in
            let sign = ThresholdText.judgement(threshold).sign
            let observed = ThresholdText.observed(threshold)
            let words =
                [
                    "\(sign) \(ThresholdText.condition(threshold))", observed, ThresholdText.margin(threshold),
                    threshold.unit == "share" && threshold.metric.hasPrefix("outcome.")
                        ? Numerals.absent : "seeds \(ThresholdText.seeds(threshold))",
                ] + ThresholdText.remarks(threshold)
            var lines = wrapped(
                plain(words.filter { $0 != Numerals.absent }.joined(separator: " · ")), first: "  ", indent: 6)
            lines[0] = lines[0].replacing(sign, with: painted(sign, threshold.holds ? .good : .bad), maxReplacements: 1)
            return lines
        }
    }

    /// What became of the runs, with the interval of each probability.
    private func classes(_ variant: VariantResult) -> [String] {
        wrapped(plain("runs: " + ClassText.summary(variant)), first: "  ", indent: 8)
    }

    /// What went wrong and why, and what else was noticed.
    private func findings(_ variant: VariantResult) -> [String] {
        variant.sentences.flatMap { wrapped(plain($0), first: "  • ", indent: 4) }
    }
}

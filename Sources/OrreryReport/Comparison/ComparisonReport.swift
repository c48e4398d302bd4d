public import Foundation
public import OrreryExperiment

/// A comparison of stored results for people and for programs: a text for the terminal, Markdown, JSON.
public struct ComparisonReport: Sendable {
    /// The comparison.
    public let comparison: ResultComparison

    /// The report of a comparison.
    public init(_ comparison: ResultComparison) {
        self.comparison = comparison
    }

    /// The comparison in one sentence.
    public var statement: String {
        let verdicts = comparison.alternatives.flatMap(\.verdicts)
        let (worse, better) = (verdicts.count { $0 == .worse }, verdicts.count { $0 == .better })
        func metrics(_ count: Int) -> String { count == 1 ? "1 metric" : "\(count) metrics" }
        if worse > 0 { return "\(metrics(worse)) worse" + (better > 0 ? ", \(better) better." : ".") }
        if better > 0 { return "\(metrics(better)) better, none worse." }
        let isSame = verdicts.allSatisfy { $0 == .same }
        return isSame ? "Everything is the same in every seed." : "No difference is shown: neither better nor worse."
    }

    /// The text for a terminal, at most 100 columns wide.
    public func text(isColoured: Bool = false) -> String {
        let paper = TextReport(isColoured: isColoured)
        let sign = comparison.isRegression ? "✗" : "✓"
        let paint = comparison.isRegression ? TextReport.Paint.bad : .good
        var lines = [paper.painted(sign, paint) + " " + statement]
        for alternative in comparison.alternatives {
            lines += ["", paper.painted(paper.plain(alternative.name), .strong) + " · \(pairs(alternative))"]
            lines += classes(alternative).map { "  " + $0 }
            for ending in shown(alternative.endings) {
                lines += paper.wrapped(words(ending), first: "  ", indent: 6)
            }
            for row in shown(alternative) {
                lines += paper.wrapped(
                    "\(words(row).sign) \(paper.plain(row.key)) \(figures(row))", first: "  ", indent: 6)
            }
            lines += paper.wrapped(rest(alternative), first: "  ", indent: 4)
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The same as Markdown, for a comment on a change.
    public var markdown: String {
        var lines = ["**\(comparison.isRegression ? "✗" : "✓") \(statement)**"]
        for alternative in comparison.alternatives {
            lines += ["", "### \(cell(alternative.name))", "", pairs(alternative) + ". " + rest(alternative), ""]
            lines += (classes(alternative) + shown(alternative.endings).map(words)).map { cell($0) + "\n" }
            let rows = shown(alternative)
            guard !rows.isEmpty else { continue }
            lines += [
                "| Metric | Base | Difference | Ratio | Shown | p (Holm) | Variance paired | unpaired | unpaired ÷ paired |",
                "|---|---:|---:|---:|---|---:|---:|---:|---:|",
            ]
            for row in rows {
                let cells = [
                    cell(row.key), Quantity.text(row.base, unit: row.unit), difference(row), ratio(row),
                    "\(words(row).sign) \(words(row).word)", row.pAdjusted.map(probability) ?? Numerals.absent,
                    row.pairedVariance.map(variance) ?? Numerals.absent,
                    row.unpairedVariance.map(variance) ?? Numerals.absent,
                    row.varianceReduction.map(variance) ?? Numerals.absent,
                ]
                lines.append("| " + cells.joined(separator: " | ") + " |")
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    /// The comparison as JSON with sorted keys.
    public func json() throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return try encoder.encode(comparison) + Data("\n".utf8)
    }

    /// What changed, worse first, then better, then a few of those that may have.
    func shown(_ alternative: ResultComparison.Alternative) -> [MetricComparison] {
        let headline = ["delivery.latency", "items.lost", "items.delivered"]
        let worse = alternative.metrics.filter { $0.verdict == .worse }
        let better = alternative.metrics.filter { $0.verdict == .better }
        return worse + better + alternative.metrics.filter { $0.verdict == .notShown && headline.contains($0.key) }
    }

    private func figures(_ row: MetricComparison) -> String {
        var parts = [difference(row), words(row).word]
        if row.ratio != nil { parts.append("× \(ratio(row))") }
        if let adjusted = row.pAdjusted { parts.append("p \(probability(adjusted))") }
        if let spread = row.spreadRatio, let chance = row.spreadPValue, chance < 0.05 {
            parts.append("spread × \(Numerals.significant(spread, digits: 3))")
        }
        if let paired = row.pairedVariance, let unpaired = row.unpairedVariance, let ratio = row.varianceReduction {
            parts.append("variance \(variance(paired)), unpaired \(variance(unpaired)) (\(variance(ratio)) ×)")
        }
        return parts.joined(separator: " · ")
    }

    /// A variance, or a ratio of two, in three digits.
    private func variance(_ value: Double) -> String { Numerals.significant(value, digits: 3) }

    /// Endings of which at least one seed has another on the other side.
    func shown(_ endings: [EndingComparison]) -> [EndingComparison] {
        endings.filter { $0.verdict != .same }
    }

    /// How often runs end badly: `✗ metastable or collapsed: 1 → 9 of 20 runs · worse · p 0.0078`.
    func words(_ ending: EndingComparison) -> String {
        let (sign, word) = words(ending.verdict)
        let chance = ending.pAdjusted.map { " · p \(probability($0))" } ?? ""
        return
            "\(sign) \(ending.classes.joined(separator: " or ")): \(ending.base) → \(ending.head) of \(ending.pairs) "
            + "pairs (\(ending.onlyBase) only in the base, \(ending.onlyHead) only in the head) · \(word)\(chance)"
    }

    func words(_ row: MetricComparison) -> (sign: String, word: String) { words(row.verdict) }

    func words(_ verdict: MetricComparison.Verdict?) -> (sign: String, word: String) {
        switch verdict {
        case .worse?: ("✗", "worse")
        case .better?: ("✓", "better")
        case .same?: ("=", "the same in every seed")
        case .unjudged?: (" ", "neither good nor bad")
        case .notShown?, nil: ("=", "no difference shown")
        }
    }

    func difference(_ row: MetricComparison) -> String {
        Quantity.difference(row.difference, plusMinus: row.halfWidth, unit: row.unit)
    }

    func ratio(_ row: MetricComparison) -> String {
        guard let ratio = row.ratio else { return Numerals.absent }
        func figure(_ value: Double) -> String { Numerals.significant(value, digits: 4) }
        guard let lower = row.ratioLower, let upper = row.ratioUpper else { return figure(ratio) }
        return "\(figure(ratio)) (\(figure(lower)) … \(figure(upper)))"
    }

    func probability(_ value: Double) -> String {
        value < 0.0001 ? "< 0.0001" : Numerals.significant(value, digits: 2)
    }

    func pairs(_ alternative: ResultComparison.Alternative) -> String {
        alternative.pairs == 1 ? "1 pair, which has no interval" : "\(alternative.pairs) pairs"
    }

    /// How many metrics are not listed, and why.
    func rest(_ alternative: ResultComparison.Alternative) -> String {
        let same = alternative.metrics.count { $0.verdict == .same }
        let open = alternative.metrics.count { $0.verdict == .notShown }
        let judged = alternative.metrics.count { $0.pAdjusted != nil }
        let endings = alternative.endings.count { $0.pAdjusted != nil }
        return
            "\(judged) metrics\(endings > 0 ? " and how runs end" : "") judged together at 5 %; \(open) show no difference, \(same) are the same in every seed"
    }

    /// How the classes of runs changed; empty where they did not.
    func classes(_ alternative: ResultComparison.Alternative) -> [String] {
        zip(alternative.baseClasses, alternative.headClasses).compactMap { base, head in
            guard (base.runs, base.classed) != (head.runs, head.classed) else { return nil }
            return "\(base.name): \(base.runs) of \(base.classed) → \(head.runs) of \(head.classed) runs, "
                + "P \(ClassText.interval(base)) → \(ClassText.interval(head))"
        }
    }

    /// A text that cannot break a table or become markup.
    private func cell(_ text: String) -> String {
        TextReport().plain(text).replacing("|", with: "\\|").replacing("<", with: "&lt;")
    }
}

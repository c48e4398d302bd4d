import Foundation
public import OrreryExperiment

/// What the gate says, for people and for programs: a text for the terminal, Markdown, JUnit's XML, JSON.
public struct GateReport: Sendable {
    /// What the gate says.
    public let result: GateResult

    /// The report of a result.
    public init(_ result: GateResult) {
        self.result = result
    }

    /// A form in which the report can be written.
    public struct Format: Sendable {
        /// The name after `-o`: `md`.
        public let name: String
        /// The end of a file's name, without a dot.
        public let fileExtension: String
        /// Writes the report; the same text for the same result.
        public let render: @Sendable (GateReport) throws -> String

        /// All forms, in the order in which they are listed.
        public static let all = [
            Format(name: "md", fileExtension: "md") { $0.markdown },
            Format(name: "junit", fileExtension: "xml") { $0.junit },
            Format(name: "json", fileExtension: "json") { try $0.json() },
        ]
    }

    /// The gate in one sentence, for instance `1 of 3 scenarios regressed.`.
    public var statement: String {
        let verdicts = result.scenarios.map(\.verdict)
        let total = verdicts.count
        guard let worst = verdicts.max() else { return "No scenario was checked." }
        let count = verdicts.count { $0 == worst }
        let all =
            total == 1 ? "The scenario" : count == total ? "All \(total) scenarios" : "\(count) of \(total) scenarios"
        let isOne = total == 1 || count == 1
        return switch worst {
        case .identical: "\(all) \(isOne ? "is" : "are") identical: every event of every run is the same."
        case .same: "\(all) \(isOne ? "is" : "are") the same: a change for the worse that matters is excluded."
        case .improved: "\(all) improved; none regressed."
        case .inconclusive:
            "\(all) \(isOne ? "is" : "are") inconclusive: a change that matters is neither shown nor excluded."
        case .regressed: "\(all) regressed."
        }
    }

    /// The report as JSON with sorted keys.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(result), as: UTF8.self) + "\n"
    }

    /// The text for a terminal, at most 100 columns wide.
    public func text(isColoured: Bool = false) -> String {
        let paper = TextReport(isColoured: isColoured)
        func sign(_ verdict: GateVerdict) -> String {
            let paint: TextReport.Paint = verdict >= .inconclusive ? .bad : .good
            return paper.painted(GateWords.sign(verdict), paint)
        }
        var lines = paper.wrapped(statement, first: sign(result.verdict) + " ", indent: 2)
        for scenario in result.scenarios {
            let heading = "\(scenario.scenario): \(scenario.verdict.rawValue) · \(GateWords.seeds(scenario.seedCount))"
            lines += paper.wrapped(paper.plain(heading), first: sign(scenario.verdict) + " ", indent: 2)
            if scenario.verdict == .identical { continue }
            for variant in scenario.variants where variant.verdict != .identical {
                lines += paper.wrapped(
                    paper.plain("\(variant.name): \(variant.verdict.rawValue)"), first: "  \(sign(variant.verdict)) ",
                    indent: 4)
                for line in GateWords.lines(variant) {
                    lines += paper.wrapped(paper.plain(line), first: "    ", indent: 8)
                }
            }
            let identical = scenario.variants.count { $0.verdict == .identical }
            if identical > 0 { lines.append("  = \(identical) of \(scenario.variants.count) variants identical") }
            for answer in scenario.capacities {
                lines += paper.wrapped(
                    paper.plain(GateWords.line(answer)), first: "  \(sign(answer.verdict)) ", indent: 8)
            }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

/// Parts of the gate's report that several of its forms share.
enum GateWords {
    /// A verdict as a sign, so that colour is not needed.
    static func sign(_ verdict: GateVerdict) -> String {
        switch verdict {
        case .identical, .same: "="
        case .improved: "✓"
        case .inconclusive: "?"
        case .regressed: "✗"
        }
    }

    /// How many seeds: `10 seeds`.
    static func seeds(_ count: Int) -> String { count == 1 ? "1 seed" : "\(count) seeds" }

    /// What speaks for a variant's verdict, the most important first.
    static func lines(_ variant: GateVariantResult) -> [String] {
        let rows = moved(variant).map { "\(sign($0)) \($0.figure): \(change($0)) · \(word($0))" }
        let count = variant.figures.count - rows.count
        let rest = count > 0 ? ["= \(count == 1 ? "1 figure is" : "\(count) figures are") the same"] : []
        return variant.reasons + variant.endings.map(line) + rows + rest
    }

    /// The figures that are not the same, those that decide first.
    static func moved(_ variant: GateVariantResult) -> [GateFigureResult] {
        let order: [GateFigureResult.Verdict] = [.regressed, .inconclusive, .improved, .tooNoisy, .unjudged]
        return order.flatMap { verdict in variant.figures.filter { $0.verdict == verdict } }
    }

    /// How often runs end badly: `✗ collapsed: 0 → 9 of 20 runs · regressed · p 0.004`.
    static func line(_ ending: GateEndingResult) -> String {
        let word = ending.verdict == .same ? "no change shown" : ending.verdict.rawValue
        return
            "\(sign(ending.verdict)) \(ending.classes.joined(separator: " or ")): \(ending.base) → \(ending.head) of "
            + "\(ending.pairs) runs · \(word) · p \(probability(ending.pAdjusted))"
    }

    /// An answer about capacity: `largest system.cluster.nodes=5..20 in broadcast: 14 → 13 · regressed`.
    static func line(_ answer: GateCapacityResult) -> String {
        let change = answer.base == answer.head ? answer.head : "\(answer.base) → \(answer.head)"
        return "\(answer.question): \(change) · \(answer.verdict.rawValue)"
    }

    static func sign(_ row: GateFigureResult) -> String {
        switch row.verdict {
        case .identical, .same: "="
        case .improved: "✓"
        case .regressed: "✗"
        case .inconclusive: "?"
        case .tooNoisy, .unjudged: "·"
        }
    }

    /// What became of a figure: `1.2 s → 1.31 s (+9.2 %)`.
    static func change(_ row: GateFigureResult) -> String {
        let now = Quantity.text(row.base + row.difference, unit: row.unit)
        return "\(Quantity.text(row.base, unit: row.unit)) → \(now)" + (row.change.map { " (\(signed($0)))" } ?? "")
    }

    /// What is said of a figure, and why.
    static func word(_ row: GateFigureResult) -> String {
        let chance = row.pAdjusted.map { ", p \(probability($0))" } ?? ""
        switch row.verdict {
        case .identical, .same: return row.verdict.rawValue
        case .improved, .regressed: return row.verdict.rawValue + chance
        case .unjudged: return "neither better nor worse"
        case .tooNoisy: return "no change shown; too noisy to exclude one"
        case .inconclusive:
            let seeds = row.seedsNeeded.map { "; about \($0) seeds would tell" } ?? ""
            return "inconclusive\(chance)\(seeds)"
        }
    }

    /// The difference with its interval: `+0.11 ± 0.02 s`.
    static func difference(_ row: GateFigureResult) -> String {
        Quantity.difference(row.difference, plusMinus: row.halfWidth, unit: row.unit)
    }

    /// A probability in two digits.
    static func probability(_ value: Double) -> String {
        value < 0.0001 ? "< 0.0001" : Numerals.significant(value, digits: 2)
    }

    /// A change as a signed percentage: `+9.2 %`.
    static func signed(_ share: Double) -> String {
        let text = Numerals.significant(share * 100, digits: 3)
        return (share > 0 ? "+" : "") + text + " %"
    }
}

import Foundation

/// The results as Markdown tables.
struct ComparisonTables {
    let results: Results

    private var bounds: [Program] { present([.heap, .ring]) }
    private var peers: [Program] { present([.ns3, .simGrid, .simPy]) }

    private func present(_ programs: [Program]) -> [Program] {
        programs.filter { program in results.programs.contains { $0.name == program.name } }
    }

    /// Everything in one table, ratios first.
    var everything: String {
        ComparisonTables.table(
            head: [""] + ratioHead + results.programs.map(\.name) + ["unit"],
            rows: Benchmark.allCases.map { benchmark in
                [benchmark.rawValue] + ratioCells(benchmark) + results.programs.map { rate(benchmark, $0) }
                    + ["M \(benchmark.unit)/s"]
            } + [
                ["bytes per pending event"] + ratioHead.map { _ in "" } + results.programs.map(bytes) + ["bytes"]
            ])
    }

    /// How many times as fast as each of the others Orrery is.
    var ratios: String {
        ComparisonTables.table(
            head: ["Orrery"] + ratioHead, rows: Benchmark.allCases.map { [$0.rawValue] + ratioCells($0) })
    }

    /// Rates with their spreads, and the memory of an event.
    var rates: String {
        ComparisonTables.table(
            head: ["million a second"] + results.programs.map(\.name),
            rows: Benchmark.allCases.map { benchmark in
                ["\(benchmark.rawValue), \(benchmark.unit)"]
                    + results.programs.map { program in
                        guard let spread = results.spread(of: benchmark, by: program) else { return "–" }
                        return "\(rate(benchmark, program)) (\(ComparisonTables.percent(spread)))"
                    }
            } + [["bytes per pending event"] + results.programs.map(bytes)])
    }

    private var ratioHead: [String] { (bounds + peers).map { "÷ " + $0.name } + ["fingerprint off gains"] }

    private func ratioCells(_ benchmark: Benchmark) -> [String] {
        bounds.map { results.ratio(of: benchmark, to: $0).map(ComparisonTables.percent) ?? "–" }
            + peers.map { results.ratio(of: benchmark, to: $0).map { ComparisonTables.number($0) + "×" } ?? "–" }
            + [results.fingerprintCost(in: benchmark).map(ComparisonTables.percent) ?? "–"]
    }

    private func rate(_ benchmark: Benchmark, _ program: Program) -> String {
        results.rate(of: benchmark, by: program).map { ComparisonTables.number($0 / 1e6) } ?? "–"
    }

    private func bytes(_ program: Program) -> String {
        results.bytesPerEvent(of: .hold1000000, by: program).map { "\(Int($0.rounded()))" } ?? "–"
    }

    /// A share as per cent.
    static func percent(_ share: Double) -> String { "\(Int((100 * share).rounded())) %" }

    /// Three leading digits.
    static func number(_ value: Double) -> String {
        let decimals = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3
        return String(format: "%.\(decimals)f", value)
    }

    /// A Markdown table whose columns line up also unrendered: the first to the left, all others to the right.
    static func table(head: [String], rows: [[String]]) -> String {
        let widths = head.indices.map { column in ([head] + rows).map { $0[column].count }.max() ?? 0 }
        func line(_ cells: [String]) -> String {
            let padded = zip(cells, widths).enumerated().map { column, cell in
                let padding = String(repeating: " ", count: cell.1 - cell.0.count)
                return column == 0 ? cell.0 + padding : padding + cell.0
            }
            return "| " + padded.joined(separator: " | ") + " |"
        }
        let rule = widths.enumerated().map { column, width in
            column == 0 ? String(repeating: "-", count: width + 2) : String(repeating: "-", count: width + 1) + ":"
        }
        return ([line(head), "|" + rule.joined(separator: "|") + "|"] + rows.map(line)).joined(separator: "\n")
    }
}

import Foundation

/// What the kernel is meant to reach, beside what it reached.
struct Target {
    let name: String
    let goal: String
    let reached: String?
    /// Nil where it was not measured.
    let isMet: Bool?

    /// All of them, on these results.
    static func all(for results: Results) -> [Target] {
        let goals: [(Benchmark, Program, Double)] = [
            (.mm1, .simPy, 100), (.mm1, .heap, 0.6), (.hold100, .heap, 0.7), (.hold10000, .heap, 1),
            (.hold1000000, .heap, 0.7), (.network, .simPy, 70), (.network, .heap, 0.9), (.timeouts, .heap, 2),
        ]
        let ratios = goals.map { benchmark, program, goal in
            ratio(results.ratio(of: benchmark, to: program), benchmark: benchmark, program: program, goal: goal)
        }
        let cost = Benchmark.allCases.compactMap { results.fingerprintCost(in: $0) }.max()
        let bytes = results.bytesPerEvent(of: .hold1000000, by: .orrery)
        return ratios + [
            Target(
                name: "turning the fingerprint off gains", goal: "< 10 %",
                reached: cost.map { "at most " + text($0) }, isMet: cost.map { $0 < 0.1 }),
            Target(
                name: "a million pending events", goal: "≤ 64 MiB",
                reached: bytes.map { ComparisonTables.number($0 * 1e6 / 1_048_576) + " MiB" },
                isMet: bytes.map { $0 * 1e6 <= 64 * 1_048_576 }),
        ]
    }

    private static func ratio(_ ratio: Double?, benchmark: Benchmark, program: Program, goal: Double) -> Target {
        Target(
            name: "\(benchmark.rawValue), of \(program.name)", goal: "≥ " + text(goal), reached: ratio.map(text),
            isMet: ratio.map { $0 >= goal })
    }

    /// A ratio with one decimal, so that rounding hides no miss.
    private static func text(_ ratio: Double) -> String {
        ratio < 10 ? String(format: "%.1f %%", 100 * ratio) : String(format: "%.1f×", ratio)
    }
}

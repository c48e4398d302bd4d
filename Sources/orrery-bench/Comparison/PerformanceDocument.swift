import Foundation

/// `docs/PERFORMANCE.md`: what was measured, on what, and how.
struct PerformanceDocument {
    let results: Results
    let folder: String
    let rounds: Int
    /// How busy the machine was with other things when the comparison began.
    let load: Double?

    func write(to path: String) throws(ComparisonError) {
        let text = sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
        do {
            try text.write(toFile: path, atomically: true, encoding: .utf8)
        } catch {
            throw ComparisonError("\(path) cannot be written: \(error.localizedDescription)")
        }
    }

    private var sections: [String] {
        let tables = ComparisonTables(results: results)
        return [
            "# Performance", introduction, "## Ratios",
            "How many times as fast as each of the others Orrery's kernel is on the same work, with its fingerprint on. "
                + "The better of the C programs is the bound, the others are peers.",
            tables.ratios, "## Targets", targets, "## Rates",
            "The median of \(rounds) rounds; in brackets by how much the fastest and the slowest round differ.",
            tables.rates, scale, "## What is left", remainder, "## What was run", programs, workloads,
            "## How it was measured", method,
        ]
    }

    private var introduction: String {
        let others = load.map { "; load average before the comparison, its own builds included: \($0)." } ?? "."
        return """
            Written by `scripts/bench` on \(Machine.date); run it to see your machine's figures. Compare ratios: rates
            of two machines, or of two days, tell little.

            \(Machine.summary)\(others)
            """
    }

    private var targets: String {
        ComparisonTables.table(
            head: ["target", "goal", "reached", "met"],
            rows: Target.all(for: results).map {
                [$0.name, $0.goal, $0.reached ?? "not measured", $0.isMet.map { $0 ? "yes" : "no" } ?? "–"]
            })
    }

    /// The table that `orrery-bench scale` prints, if it does.
    private var scale: String {
        let outcome = Command.run([Command.thisProgram, "scale", "--markdown"])
        return outcome.status == 0 && !outcome.output.isEmpty
            ? "## The whole model as it grows\n\n" + outcome.output : ""
    }

    private var remainder: String {
        """
        - **M/M/1** has two events pending, so the event set is hardly at work: what is left beside the C heap are the \
        calls between model, agenda and random stream, the checks on every event (a delay in the past, overflow, kinds \
        and entities of 32 bits), and the fingerprint.
        - **The ring in C** is told the right width, knows its workload at compile time, and prefetches the nodes of the \
        buckets ahead, which Swift has no word for. Orrery finds the width itself and keeps a heap in front, so that a \
        bad width costs time and never order. The rest is instructions: on the network some 1,400 a job beside 1,000 \
        for the heap in C, with a third more mispredicted branches.
        - **A million timers** wait for memory: a stream, a node and a bucket's head for each hold. Both programs in C ask \
        for huge pages; the kernel uses nothing but the standard library and cannot.
        """
    }

    private var programs: String {
        Program.all.map { program in
            guard program.isPresent(in: folder) else { return "- **\(program.name)** was not installed." }
            let omissions = Benchmark.allCases.compactMap { benchmark in
                program.omissions[benchmark].map { " Not \(benchmark.rawValue): \($0)." }
            }
            return "- **\(program.name)** (\(program.version(in: folder))): \(program.summary)."
                + omissions.joined()
        }.joined(separator: "\n")
    }

    private var workloads: String {
        ComparisonTables.table(
            head: ["workload", "what it is"] + results.programs.map(\.name),
            rows: Benchmark.allCases.map { benchmark in
                [benchmark.rawValue, benchmark.summary]
                    + results.programs.map { program in
                        program.omissions[benchmark] == nil
                            ? "\(program.size(of: benchmark, divisor: 1)) \(benchmark.unit)" : "–"
                    }
            })
    }

    private var method: String {
        """
        - One sitting: in each round every program runs every workload, one after the other, each in a process and a \
        thread of its own. A ratio is the median of the ratios of the rounds.
        - Time is processor time, user and system, of the run; start-up and the first events are not in it.
        - Every run is checked: its mean sojourn, mean delay, share of losses or share of expired time-outs must lie \
        within five standard errors of theory, or nothing is written. Orrery and the C programs draw the same numbers \
        in the same order, and their results must be the same to the last bit.
        - The links of the network transfer in 1 s on average, the station serves in 0.128 s (at overload 0.192 s), \
        all exponential; theory says a mean sojourn of 2.1402 s, and at overload a loss of a sixth. A time-out is 3 s, \
        a beat follows after 1 s on average: e⁻³ of the beats find it expired.
        - In hold, Orrery and the C programs draw from a stream for each timer, the peers from one for all: with a \
        million timers that is one more access to distant memory for each hold.
        - Bytes per pending event are the growth of the resident memory at its peak while a million timers are set and \
        run, so what a larger copy needs while it replaces a smaller one counts.
        """
    }
}

import Foundation

/// All programs on all workloads, side by side: interleaved rounds, so that a change of the machine's pace meets all.
struct Comparison {
    private var folder = ""
    private var rounds = 5
    private var divisor = 1
    private var document: String?

    static func run(_ arguments: [String]) {
        let comparison = Comparison(arguments)
        do throws(ComparisonError) {
            let load = Machine.load
            let results = try comparison.measure()
            print(ComparisonTables(results: results).everything)
            if let document = comparison.document {
                try PerformanceDocument(
                    results: results, folder: comparison.folder, rounds: comparison.rounds, load: load
                ).write(to: document)
            }
        } catch {
            say("The comparison failed: \(error.reason)")
            exit(1)
        }
    }

    private init(_ arguments: [String]) {
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--quick": (rounds, divisor) = (1, 5)
            case "--rounds":
                guard let count = rest.popFirst().flatMap({ Int($0) }), (1...1000).contains(count) else {
                    Bench.fail("--rounds takes a whole number in 1...1000")
                }
                rounds = count
            case "--write":
                guard let path = rest.popFirst() else { Bench.fail("--write takes a file") }
                document = path
            case _ where argument.hasPrefix("-") || !folder.isEmpty:
                Bench.fail("a comparison has no option '\(argument)'")
            default: folder = argument
            }
        }
        if folder.isEmpty { Bench.fail("a comparison takes the folder of the peers") }
    }

    /// Runs everything.
    ///
    /// Each round has a seed of its own, and every program runs right after the other.
    private func measure() throws(ComparisonError) -> Results {
        let programs = Program.all.filter { $0.isPresent(in: folder) }
        for program in Program.all where !program.isPresent(in: folder) {
            Comparison.say("\(program.name) is skipped: it is not installed; scripts/bench without --no-install does")
        }
        var results = Results(programs: programs)
        for seed in 1...UInt64(rounds) {
            for benchmark in Benchmark.allCases {
                Comparison.say("round \(seed) of \(rounds): \(benchmark.rawValue)")
                for program in programs where program.omissions[benchmark] == nil {
                    let size = program.size(of: benchmark, divisor: divisor)
                    let measurement = try program.measure(benchmark, size: size, seed: seed, in: folder)
                    try check(measurement, of: benchmark, by: program, size: size)
                    results.add(measurement, of: benchmark, by: program)
                }
                try checkIdentity(of: benchmark, in: results)
            }
        }
        return results
    }

    /// Whether a program found what theory says.
    private func check(
        _ measurement: Measurement, of benchmark: Benchmark, by program: Program, size: Int
    ) throws(ComparisonError) {
        let expectation = benchmark.expectation(size: size)
        if expectation.admits(measurement.check) { return }
        throw ComparisonError(
            """
            \(program.name) found \(measurement.check) on \(benchmark.rawValue), where theory says \(expectation.mean) \
            with a standard error of \(expectation.standardError)
            """)
    }

    /// Whether the programs that draw the same numbers came to the same result, to the last bit.
    private func checkIdentity(of benchmark: Benchmark, in results: Results) throws(ComparisonError) {
        guard let own = results.measurements(of: benchmark, by: .orrery).last else { return }
        for program in results.programs where program.isBitIdentical {
            guard let other = results.measurements(of: benchmark, by: program).last else { continue }
            if other.count == own.count && other.check == own.check { continue }
            throw ComparisonError(
                """
                \(program.name) does not agree with Orrery on \(benchmark.rawValue): \
                \(other.count) and \(other.check), not \(own.count) and \(own.check)
                """)
        }
    }

    private static func say(_ text: String) { FileHandle.standardError.write(Data((text + "\n").utf8)) }
}

/// What was measured: for each benchmark and program one measurement a round.
struct Results {
    /// The programs that took part.
    let programs: [Program]
    private var runs: [Key: [Measurement]] = [:]

    private struct Key: Hashable {
        let benchmark: Benchmark
        let program: String
    }

    init(programs: [Program]) {
        self.programs = programs
    }

    mutating func add(_ measurement: Measurement, of benchmark: Benchmark, by program: Program) {
        runs[Key(benchmark: benchmark, program: program.name), default: []].append(measurement)
    }

    /// The measurements of a program, in the order of the rounds.
    func measurements(of benchmark: Benchmark, by program: Program) -> [Measurement] {
        runs[Key(benchmark: benchmark, program: program.name)] ?? []
    }

    /// The median rate of a program; nil if it did not take part.
    func rate(of benchmark: Benchmark, by program: Program) -> Double? {
        Results.median(measurements(of: benchmark, by: program).map(\.rate))
    }

    /// By how much the fastest round differs from the slowest one, relative to the median.
    func spread(of benchmark: Benchmark, by program: Program) -> Double? {
        let rates = measurements(of: benchmark, by: program).map(\.rate)
        guard let least = rates.min(), let most = rates.max(), let median = Results.median(rates) else { return nil }
        return (most - least) / median
    }

    /// How many times as fast as another program Orrery is: the median over the rounds, in each of which both ran.
    func ratio(of benchmark: Benchmark, of program: Program = .orrery, to other: Program) -> Double? {
        let pairs = zip(measurements(of: benchmark, by: program), measurements(of: benchmark, by: other))
        return Results.median(pairs.map { $0.rate / $1.rate })
    }

    /// What removing the fingerprint gains, as a share.
    func fingerprintCost(in benchmark: Benchmark) -> Double? {
        ratio(of: benchmark, of: .bare, to: .orrery).map { $0 - 1 }
    }

    /// The bytes a pending event takes, for the benchmark that has enough of them.
    func bytesPerEvent(of benchmark: Benchmark, by program: Program) -> Double? {
        guard let pending = benchmark.pendingCount else { return nil }
        return Results.median(measurements(of: benchmark, by: program).map { Double($0.bytes) / Double(pending) })
    }

    static func median(_ values: [Double]) -> Double? {
        if values.isEmpty { return nil }
        let sorted = values.sorted()
        return (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
    }
}

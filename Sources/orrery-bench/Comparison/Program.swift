import Foundation

/// A program that takes part in the comparison.
///
/// It takes the arguments `WORKLOAD SIZE SEED` and prints a line as `Measurement` reads it.
struct Program {
    /// What tables call it.
    let name: String
    /// Its file in the folder of the peers; nil for Orrery itself.
    var file: String?
    /// Orrery's command that runs it.
    var verb: String?
    /// By how much its work is smaller than that of a fast program.
    var divisor = 1
    /// The workloads that it cannot do, and why.
    var omissions: [Benchmark: String] = [:]
    /// Whether it draws Orrery's random numbers in Orrery's order, so that its check values are the same to the last
    /// bit.
    var isBitIdentical = false
    /// How it is written.
    let summary: String
}

extension Program {
    static let orrery = Program(
        name: "Orrery", verb: "run", isBitIdentical: true,
        summary: "a model of the public kernel, with the fingerprint and a stream for each entity and purpose")
    static let bare = Program(
        name: "no fingerprint", verb: "run-bare", isBitIdentical: true, summary: "the same without the fingerprint")
    static let heap = Program(
        name: "C heap", file: "reference-heap", isBitIdentical: true,
        summary:
            "a bound: specialised C with the same streams, a 4-ary heap with one 128-bit key, a lazy hole, prefetches and huge pages; no fingerprint, no API; what was cancelled stays until it is due"
    )
    static let ring = Program(
        name: "C ring", file: "reference-ring", isBitIdentical: true,
        summary: "the same with a ring of buckets that each workload tells its mean gap between events")
    static let ns3 = Program(
        name: "ns-3", file: "ns3-peer", divisor: 10,
        summary:
            "`Simulator::Schedule`, the priority-queue scheduler (its fastest here), `Watchdog` for time-outs, one random variable for all timers of hold"
    )
    static let simGrid = Program(
        name: "SimGrid", file: "simgrid-peer", divisor: 20,
        omissions: [.hold1000000: "starting a million actors takes minutes"],
        summary: "actors that sleep and wait on semaphores, without a network; one Mersenne Twister")
    static let simPy = Program(
        name: "SimPy", file: "simpy-peer", divisor: 20,
        summary: "processes and stores, a watchdog process that each beat interrupts; Python's `random`")

    /// All of them, in the order of a round.
    static let all = [orrery, bare, heap, ring, ns3, simGrid, simPy]

    /// How much of a workload it does.
    func size(of benchmark: Benchmark, divisor quick: Int) -> Int { benchmark.size / divisor / quick }

    /// Whether it is there to be run.
    func isPresent(in folder: String) -> Bool {
        file.map { FileManager.default.isExecutableFile(atPath: "\(folder)/\($0)") } ?? true
    }

    /// What it is and how it was compiled, as `scripts/bench` noted.
    func version(in folder: String) -> String {
        guard let file else { return Machine.swiftVersion + ", swift build -c release" }
        let about = try? String(contentsOfFile: "\(folder)/\(file).about", encoding: .utf8)
        return about?.trimmingCharacters(in: .whitespacesAndNewlines) ?? "unknown version"
    }

    /// One run; the error says what went wrong.
    func measure(_ benchmark: Benchmark, size: Int, seed: UInt64, in folder: String) throws(ComparisonError)
        -> Measurement
    {
        let command = file.map { ["\(folder)/\($0)"] } ?? [Command.thisProgram, verb ?? "run"]
        let outcome = Command.run(command + [benchmark.rawValue, "\(size)", "\(seed)"])
        guard outcome.status == 0, let measurement = Measurement(line: outcome.output),
            measurement.workload == benchmark.rawValue
        else {
            throw ComparisonError(
                "\(name) failed on \(benchmark.rawValue) with status \(outcome.status): \(outcome.output)")
        }
        return measurement
    }
}

/// Why a comparison is not worth anything.
struct ComparisonError: Error {
    let reason: String

    init(_ reason: String) { self.reason = reason }
}

import Foundation

/// `orrery-bench WHAT …`: the speed benchmarks that `scripts/bench` runs beside the peers.
@main
struct Bench {
    private static let usage = """
        usage: orrery-bench run WORKLOAD SIZE SEED         one run of Orrery's kernel
               orrery-bench run-bare WORKLOAD SIZE SEED    the same without its fingerprint
               orrery-bench compare FOLDER [--rounds N] [--quick] [--write FILE]
                                                           all programs, of which FOLDER has the peers
               orrery-bench scale [--markdown]             the whole model as it grows
        workloads: \(Benchmark.allCases.map(\.rawValue).joined(separator: " "))
        """

    static func main() {
        let arguments = Array(CommandLine.arguments.dropFirst())
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "run": run(rest, isFingerprinted: true)
        case "run-bare": run(rest, isFingerprinted: false)
        case "compare": Comparison.run(rest)
        case "scale": ModelScale.run(rest)
        case nil, "help", "--help": fail("orrery-bench runs the speed benchmarks")
        case .some(let verb): fail("orrery-bench has no command '\(verb)'")
        }
    }

    private static func run(_ arguments: [String], isFingerprinted: Bool) {
        guard arguments.count == 3 else { fail("a run takes a workload, a size and a seed") }
        guard let benchmark = Benchmark(rawValue: arguments[0]) else { fail("there is no workload '\(arguments[0])'") }
        guard let size = Int(arguments[1]), (1...1_000_000_000).contains(size) else {
            fail("a size is a whole number in 1...1000000000, not '\(arguments[1])'")
        }
        guard let seed = UInt64(arguments[2]) else { fail("a seed is a whole number, not '\(arguments[2])'") }
        print(benchmark.measure(size: size, seed: seed, isFingerprinted: isFingerprinted))
    }

    /// Says what is wrong with the arguments and how they are written, and exits.
    static func fail(_ reason: String) -> Never {
        FileHandle.standardError.write(Data("\(reason)\n\(usage)\n".utf8))
        exit(64)
    }
}

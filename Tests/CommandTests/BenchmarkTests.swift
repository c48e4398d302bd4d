import Foundation
import Testing

@Suite("The benchmarks")
struct BenchmarkTests {
    private static let bench = OrreryProcess(path: OrreryProcess.built.path + "-bench")

    /// A line that every program of the comparison prints: workload, count, CPU seconds, check value, bytes.
    private struct Line: Equatable {
        let workload: String
        let count: Int
        let check: Double

        init(_ text: String) throws {
            let fields = text.split(whereSeparator: \.isWhitespace).map { String($0) }
            try #require(fields.count == 5, "\(text)")
            workload = fields[0]
            count = try #require(Int(fields[1]))
            check = try #require(Double(fields[3]))
            #expect(Double(fields[2]).map { $0 > 0 } == true && Int(fields[4]).map { $0 >= 0 } == true, "\(text)")
        }
    }

    private static func run(_ arguments: [String], by program: OrreryProcess = bench) throws -> Line {
        let outcome = try program.run(arguments)
        try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
        return try Line(outcome.output)
    }

    @Test(
        "find what theory says, with and without the fingerprint",
        arguments: [
            (workload: "mm1", size: 200_000, theory: 4, tolerance: 0.3), ("hold-100", 100_000, 1, 0.015),
            ("hold-10000", 100_000, 1, 0.015), ("network", 200_000, 2.136, 0.07),
            ("overload", 200_000, 0.1616, 0.014), ("timeouts", 200_000, 0.0448, 0.0025),
        ])
    func theory(workload: String, size: Int, theory: Double, tolerance: Double) throws {
        let line = try Self.run(["run", workload, "\(size)", "3"])
        #expect((line.check - theory).magnitude < tolerance, "\(line.check)")
        #expect((Double(line.count) / Double(size) - 1).magnitude < 0.02)
        #expect(try Self.run(["run-bare", workload, "\(size)", "3"]) == line)
        #expect(try Self.run(["run", workload, "\(size)", "4"]) != line)
    }

    @Test(
        "agree to the last bit with the programs in C",
        .enabled(
            if: (try? OrreryProcess(path: "/usr/bin/env").run(["cc", "--version"]).status) == 0, "there is no cc"),
        arguments: ["heap.h", "ring.h"])
    func reference(eventSet: String) throws {
        let scratch = try Scratch()
        let program = OrreryProcess(path: scratch.folder.appending(path: "reference").path)
        let outcome = try OrreryProcess(path: "/usr/bin/env").run([
            "cc", "-std=gnu11", "-O1", "-ffp-contract=off", "-DEVENT_SET=\"\(eventSet)\"",
            "Benchmarks/Peers/reference.c", "-o", program.path,
        ])
        try #require(outcome.status == 0, "\(outcome.errors)")
        for workload in ["mm1", "hold-100", "hold-10000", "network", "overload", "timeouts"] {
            for seed in ["1", "18446744073709551615"] {
                let work = [workload, "50000", seed]
                #expect(try Self.run(work, by: program) == Self.run(["run"] + work))
            }
        }
    }

    @Test(
        "say what is wrong with their arguments and exit 64",
        arguments: [
            ([], "usage: orrery-bench"), (["rnu"], "no command 'rnu'"),
            (["run", "mm1"], "a workload, a size and a seed"),
            (["run", "mm2", "10", "1"], "no workload 'mm2'"), (["run", "mm1", "0", "1"], "not '0'"),
            (["run", "mm1", "10", "one"], "not 'one'"), (["compare"], "the folder of the peers"),
            (["compare", "peers", "--rounds", "0"], "--rounds takes a whole number"),
            (["compare", "peers", "--fast"], "no option '--fast'"),
        ])
    func wrongArguments(arguments: [String], message: String) throws {
        let outcome = try Self.bench.run(arguments)
        #expect(outcome.status == 64 && outcome.output.isEmpty)
        #expect(outcome.errors.contains(message), "\(outcome.errors)")
    }

    @Test("name the peers that are missing, and fail when one finds something else than theory")
    func disagreement() throws {
        let scratch = try Scratch()
        let peer = try scratch.write("#!/bin/sh\nprintf 'mm1\\t1\\t1\\t5\\t1\\n'\n", to: "ns3-peer")
        try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: peer)
        let document = scratch.folder.appending(path: "PERFORMANCE.md").path
        let outcome = try Self.bench.run(["compare", scratch.folder.path, "--quick", "--write", document])
        #expect(outcome.status == 1)
        #expect(outcome.errors.contains("SimPy is skipped"))
        #expect(outcome.errors.contains("ns-3 found 5.0 on mm1, where theory says 3.9"), "\(outcome.errors)")
        #expect(!FileManager.default.fileExists(atPath: document))
    }
}

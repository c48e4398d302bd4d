import Foundation
import Testing

/// No event allocates memory, which a counter below the program's `malloc` shows.
///
/// Two runs of one program differ in nothing but their length, so what a longer one allocates more, its events do. What
/// is left when the numbers differ by a few is the text of results: a number with more digits needs memory of its own.
@Suite("Steady state")
struct AllocationTests {
    private static let bench = OrreryProcess(path: OrreryProcess.built.path + "-bench")

    @Test(
        "allocates nothing in the kernel, however long a workload runs",
        arguments: ["mm1", "hold-100", "hold-10000", "timeouts"])
    func kernel(workload: String) throws {
        let counter = try AllocationCounter()
        let counts = try [50_000, 400_000].map { try counter.count(Self.bench, ["run", workload, "\($0)", "1"]) }
        // Measured: 0.
        #expect(counts[1] - counts[0] <= 8, "\(counts)")
    }

    @Test(
        "allocates for lines that grow longer than ever, and for nothing else",
        arguments: ["network", "overload"])
    func lines(workload: String) throws {
        let counter = try AllocationCounter()
        let counts = try [50_000, 400_000].map { try counter.count(Self.bench, ["run", workload, "\($0)", "1"]) }
        // The ring of each of the 200 links doubles when its line is longer than ever before, the longest of M/M/1 at
        // 0.5, which grows with the logarithm of time. Measured: 120 doublings at most, all of them of these rings.
        #expect(counts[1] - counts[0] <= 201, "\(counts)")
    }

    @Test("allocates nothing in the whole model: a fleet's fourth and fifth day cost no memory that was not there")
    func model() throws {
        let counter = try AllocationCounter()
        var counts: [Int] = []
        var events: [Int] = []
        for days in [3, 5] {
            let words = ["run", "Scenarios/worldwide-fleet", "--seeds", "1", "--duration", "\(days)d", "--json", "-q"]
            var output = ""
            counts.append(try counter.count(.built, words, output: &output))
            events.append(try Self.events(in: output))
        }
        // Measured: 5 to 16 for up to 4.5 million further events, from three days to a week. Agenda, histograms and the
        // item table have found their size in the first hours; series and the histograms over time have as many bins
        // whatever the duration. What is to be said of a run in words has found its size by the third day: the
        // third costs 94 allocations, whatever its 1.2 million events.
        #expect(events[1] - events[0] > 1_500_000, "\(events)")
        #expect(counts[1] - counts[0] <= 40, "\(counts) in \(events) events")
    }

    @Test("is counted rightly: every function that allocates counts once, in C, and a second run's memory in Swift")
    func control() throws {
        let counter = try AllocationCounter()
        let program = OrreryProcess(path: counter.scratch.folder.appending(path: "allocating").path)
        let source = """
            #include <stdlib.h>
            int main(int count, char **arguments) {
                for (long round = atol(arguments[count - 1]); round > 0; round--) {
                    void *volatile memory[5] = {malloc(1), calloc(1, 1), realloc(0, 1), aligned_alloc(64, 64), 0};
                    if (posix_memalign((void **)&memory[4], 64, 64)) return 1;
                    for (int index = 0; index < 5; index++) free(memory[index]);
                }
            }
            """
        try AllocationCounter.compile([counter.scratch.write(source, to: "allocating.c"), "-o", program.path])
        #expect(try counter.count(program, ["1100"]) - counter.count(program, ["100"]) == 5000)
        let counts = try ["1", "2"].map {
            try counter.count(
                .built, ["run", "Scenarios/worldwide-fleet", "--seeds", $0, "--duration", "1h", "--json", "-q"])
        }
        #expect(counts[1] - counts[0] > 1000, "\(counts)")
    }

    private static func events(in output: String) throws -> Int {
        let result = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
        let variant = try #require((result?["variants"] as? [[String: Any]])?.first)
        let run = try #require((variant["replications"] as? [[String: Any]])?.first)
        return try #require(run["events"] as? Int)
    }
}

/// The library of `Tests/AllocationCounter.c`, which counts a process's allocations.
private struct AllocationCounter {
    let scratch: Scratch
    private let library: String

    init() throws {
        scratch = try Scratch()
        library = scratch.folder.appending(path: "counter.so").path
        try Self.compile(["-fPIC", "-shared", "Tests/AllocationCounter.c", "-o", library, "-ldl"])
    }

    /// Compiles C, which a machine that runs these tests can: `scripts/setup test` sees to it.
    static func compile(_ arguments: [String]) throws {
        let compiler = #"exec "$(command -v cc || command -v clang)" "$@""#
        let outcome = try OrreryProcess(path: "/bin/sh").run(
            ["-c", compiler, "sh", "-std=gnu11", "-O1", "-Wall", "-Wextra", "-Werror"] + arguments)
        try #require(outcome.status == 0, "\(outcome.errors)")
    }

    /// Runs a program to its end and says how often it allocated.
    func count(_ program: OrreryProcess, _ arguments: [String]) throws -> Int {
        var output = ""
        return try count(program, arguments, output: &output)
    }

    /// Runs a program to its end and says how often it allocated, and what it printed.
    func count(_ program: OrreryProcess, _ arguments: [String], output: inout String) throws -> Int {
        let file = scratch.folder.appending(path: "count")
        try? FileManager.default.removeItem(at: file)
        let outcome = try program.run(
            arguments, environment: ["LD_PRELOAD": library, "ORRERY_ALLOCATIONS": file.path])
        try #require(outcome.status == 0, "\(arguments): \(outcome.errors)")
        output = outcome.output
        let text = try String(contentsOf: file, encoding: .utf8)
        return try #require(Int(text.trimmingCharacters(in: .whitespacesAndNewlines)))
    }
}

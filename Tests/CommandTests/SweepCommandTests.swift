import Foundation
import Testing

@Suite("orrery sweep and orrery capacity as programs")
struct SweepCommandTests {
    private let orrery = OrreryProcess.built

    /// A station that one worker cannot carry and two can.
    private static let station = """
        version: 1
        name: station
        time: { duration: 200s, warm-up: 20s }
        seeds: { count: 4 }
        arrivals: { jobs: { interarrival: { kind: exponential, mean: 500ms } } }
        system:
          broker: { capacity: 60 }
          workers: { count: 1, service: { kind: exponential, mean: 600ms } }
        sweep: { system.workers.count: 1..3, constraints: [ "system.workers.count != 3" ] }
        thresholds: { delivery.latency: "mean < 3s" }

        """

    private let scratch: Scratch
    /// The station's file.
    private let file: String

    init() throws {
        scratch = try Scratch()
        file = try scratch.write(Self.station, to: "station.yaml")
    }

    @Test("a sweep exits 0 whatever breaks where, and its files do not depend on the jobs")
    func sweep() throws {
        var files: [[Data]] = []
        for jobs in ["1", "2"] {
            let kinds = ["json", "html", "csv"]
            let outcome = try orrery.run(
                ["sweep", file, "--jobs", jobs, "-q"] + kinds.flatMap { ["-o", "\($0)=\(jobs).\($0)"] },
                in: scratch.folder)
            #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
            #expect(outcome.output.contains("The threshold holds at 2 of system.workers.count alone, of 2 values."))
            files.append(try kinds.map { try Data(contentsOf: scratch.folder.appending(path: "\(jobs).\($0)")) })
        }
        #expect(files[0] == files[1])
    }

    @Test("options take the place of the file's sweep; --dry-run lists the points and runs nothing")
    func options() throws {
        let plan = try orrery.run(["sweep", file, "--sweep", "system.broker.capacity=10..30 step 10", "--dry-run"])
        #expect(plan.status == 0 && plan.output.hasPrefix("station: 12 runs: 3 points × 1 variants × 4 seeds"))
        #expect(plan.output.contains("\n  system.broker.capacity=20\n"), "\(plan.output)")
        let validated = try orrery.run(["validate", file])
        #expect(validated.output.contains("1 variant, 2 points"), "\(validated.output)")
    }

    @Test(
        "faults of a sweep exit 65 with their place, a wrong command line 64",
        arguments: [
            (
                ["sweep", "FILE", "--sweep", "system.wokers.count=1..3"], 65,
                "--sweep system.wokers.count=1..3: error: "
            ),
            (
                ["sweep", "FILE", "--sweep", "system.workers.count"], 64,
                "--sweep system.workers.count is not of the form"
            ),
            (["sweep", "FILE", "--variant", "other"], 64, "the scenario has no such variant"),
            (["sweep", "FILE", "--variant", "x", "--sweep", "system.workers.count=0..1"], 64, "has no such variant"),
            (["sweep", "absent.yaml"], 66, "no such scenario"),
            (
                ["capacity", "FILE", "--vary", "system.workers.count=3..1"], 65,
                "--vary system.workers.count=3..1: error: "
            ),
            (["capacity", "FILE", "--vary", "system.workers.count=[2, 1]"], 64, "numbers that rise"),
            (["capacity", "FILE", "--vary", "system.workers.count=1..3", "--confidence", "2"], 64, "--confidence 2"),
            (["capacity", "FILE"], 64, "--vary"),
            (
                ["capacity", "FILE", "--vary", "system.workers.count=1..3", "--vary", "system.broker.capacity=1..9"],
                64,
                "--vary names the one parameter"
            ),
            (
                ["capacity", "FILE", "--vary", "system.workers.count=1..3", "--set", "system.workers.count=2"], 64,
                "--set system.workers.count=2: error: "
            ),
            (["sweep", "FILE", "--set", "system.workers.count=2"], 64, "--set system.workers.count=2: error: "),
            (
                [
                    "capacity", "FILE", "--vary", "system.workers.count=1..3", "--set",
                    "thresholds.outcome.collapsed=[{ condition: probability < 5%, seeds: '>= 95%' }]",
                ], 65, "over all seeds"
            ),
            (
                [
                    "capacity", "FILE", "--vary", "system.workers.count=1..3", "--set",
                    "thresholds.delivery.latency=[{ condition: mean < 3s, seeds: '>= 100%' }]",
                ], 64,
                "no number of seeds can show that 'delivery.latency: mean < 3s, in at least 100% of the seeds' holds"
            ),
            (
                [
                    "capacity", "FILE", "--vary", "system.workers.count=1..3", "--seeds-max", "20", "--set",
                    "thresholds.outcome.collapsed=probability < 1%",
                ], 64, "allow them with --seeds-max"
            ),
        ] as [([String], Int32, String)])
    func faults(arguments: [String], status: Int32, words: String) throws {
        let outcome = try orrery.run(arguments.map { $0 == "FILE" ? file : $0 })
        #expect(outcome.status == status && outcome.errors.contains(words), "\(outcome.status) \(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("a capacity that is found exits 0, one that no value has 99, and both print why")
    func capacity() throws {
        let found = try orrery.run(
            [
                "capacity", file, "--vary", "system.workers.count=1..8", "--find", "smallest", "-o",
                "json=capacity.json",
            ],
            in: scratch.folder)
        #expect(found.status == 0, "\(found.output)\(found.errors)")
        #expect(found.output.hasPrefix("✓ found: The smallest system.workers.count that meets all thresholds is 2."))
        let json = try Data(contentsOf: scratch.folder.appending(path: "capacity.json"))
        let result = try #require(try JSONSerialization.jsonObject(with: json) as? [String: Any])
        #expect(result["format"] as? String == "orrery-capacity" && result["answer"] as? String == "2")
        let none = try orrery.run(
            [
                "capacity", file, "--vary", "system.workers.count=1..4", "--set",
                "thresholds.delivery.latency=mean < 1ms",
            ])
        #expect(none.status == 99 && none.output.hasPrefix("✗ none: No value of system.workers.count from 1 to 4"))
    }

    @Test("Ctrl-C ends a sweep and a search with what is finished, and exits 130", arguments: ["sweep", "capacity"])
    func interruption(verb: String) throws {
        let options =
            verb == "sweep"
            ? ["--seeds", "100000", "--jobs", "1"]
            : ["--vary", "system.workers.count=1..3", "--set", "time.duration=3000d", "--jobs", "1"]
        let outcome = try orrery.run([verb, file, "-o", "json=partial.json"] + options, in: scratch.folder) { process in
            Thread.sleep(forTimeInterval: 1.5)
            kill(process.processIdentifier, SIGINT)
            Thread.sleep(forTimeInterval: 0.5)
            if verb == "capacity" { kill(process.processIdentifier, SIGINT) }
        }
        #expect(outcome.status == 130, "\(outcome.errors)")
        let data = try Data(contentsOf: scratch.folder.appending(path: "partial.json"))
        let result = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(result["interrupted"] as? Bool == true)
    }

    @Test(
        "a sweep that was killed three times goes on, with the bytes of one that was not; its result makes every report"
    )
    func killed() throws {
        let options = ["--seeds", "40", "--duration", "20000s", "-q"]
        func sweep(_ more: [String], whileRunning: (Process) throws -> Void = { _ in }) throws -> Int32 {
            try orrery.run(["sweep", file] + options + more, in: scratch.folder, whileRunning: whileRunning).status
        }
        #expect(try sweep(["--no-store", "-o", "json=whole.json", "-o", "html=whole.html"]) == 0)
        for delay in [0.3, 0.45, 0.6] {
            let status = try sweep(["--store", "runs.sqlite", "-o", "json=again.json"]) { process in
                Thread.sleep(forTimeInterval: delay)
                kill(process.processIdentifier, SIGKILL)
            }
            #expect(status == -SIGKILL, "it was over before it was killed")
        }
        #expect(try sweep(["--store", "runs.sqlite", "-o", "json=again.json"]) == 0)
        func bytes(_ name: String) throws -> Data { try Data(contentsOf: scratch.folder.appending(path: name)) }
        #expect(try bytes("again.json") == bytes("whole.json"))
        let report = try orrery.run(["report", "whole.json", "-o", "html=report.html"], in: scratch.folder)
        #expect(report.status == 0, "\(report.errors)")
        #expect(try bytes("report.html") == bytes("whole.html"))
    }
}

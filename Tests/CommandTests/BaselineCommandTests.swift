import Foundation
import Testing

@Suite("orrery baseline")
struct BaselineCommandTests {
    private let orrery = OrreryProcess.built
    /// A folder with a station, its baseline, and a copy of the station.
    private let scratch: Scratch

    private static let station =
        ExitStatusTests.station + """
            seeds: { count: 10 }
            thresholds: { delivery.latency: [ "p(95) < 4s" ] }

            """

    init() throws {
        scratch = try Scratch()
        _ = try scratch.write(BaselineCommandTests.station, to: "station.yaml")
        let saved = try orrery.run(["baseline", "save", "station.yaml", "-q"], in: scratch.folder)
        try #require(saved.status == 0, "\(saved.errors)")
    }

    private func check(_ arguments: [String] = []) throws -> OrreryProcess.Outcome {
        try orrery.run(["baseline", "check", "-q"] + arguments, in: scratch.folder)
    }

    private func file(_ name: String = "Reports/baselines/station.json") throws -> String {
        try String(contentsOf: scratch.folder.appending(path: name), encoding: .utf8)
    }

    @Test("what did not change is identical, whether it is named or not, with any number of jobs")
    func identical() throws {
        for arguments in [[], ["station.yaml"], ["--jobs", "1"], ["--folder", "Reports/baselines/"]] {
            let outcome = try check(arguments)
            #expect(outcome.status == 0 && outcome.output.contains("identical"), "\(outcome.output)\(outcome.errors)")
        }
    }

    @Test("a slower worker is a regression that names the figure, a faster one an improvement")
    func changes() throws {
        let slower = try check(["--set", "system.workers.service.mean=540ms"])
        #expect(slower.status == 98, "\(slower.output)\(slower.errors)")
        #expect(slower.output.contains("✗ delivery.latency mean: "))
        for line in slower.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        let faster = try check(["--set", "system.workers.service.mean=460ms"])
        #expect(faster.status == 0 && faster.output.contains("✓ delivery.latency mean: "), "\(faster.output)")
        #expect(faster.output.contains("improved"))
    }

    @Test("a threshold that held and is broken is a regression")
    func threshold() throws {
        let outcome = try check(["--set", "system.workers.service.mean=900ms"])
        #expect(outcome.status == 98, "\(outcome.output)")
        #expect(outcome.output.contains("delivery.latency: p(95) < 4s: holds at "), "\(outcome.output)")
    }

    @Test("what moved is written as Markdown, JUnit's XML and JSON, each saying the same")
    func reports() throws {
        let outcome = try check([
            "--set", "system.workers.service.mean=540ms", "-o", "md=gate.md", "-o", "junit=gate.xml", "-o", "json",
        ])
        #expect(outcome.status == 98, "\(outcome.errors)")
        let markdown = try file("gate.md")
        #expect(markdown.contains("| station | 10 | ✗ regressed | as-written: delivery.latency mean +"), "\(markdown)")
        #expect(markdown.contains("| Figure | Baseline → now | Difference | Tolerance | Verdict |"))
        let script =
            "import sys, xml.etree.ElementTree as tree; root = tree.parse(sys.argv[1]).getroot(); "
            + "print(root.get('failures'), [f.get('type') for f in root.iter('failure')], len(list(root.iter('testcase'))))"
        let parsed = try OrreryProcess(path: "/usr/bin/env").run(
            ["python3", "-c", script, "gate.xml"], in: scratch.folder)
        #expect(parsed.output == "1 ['regressed'] 1\n", "\(parsed.errors)")
        let object = try JSONSerialization.jsonObject(with: Data(file("gate.json").utf8)) as? [String: Any]
        #expect(object?["format"] as? String == "orrery-gate" && object?["verdict"] as? String == "regressed")
        let printed = try check(["-o", "md=-"])
        #expect(printed.status == 0 && printed.output.hasPrefix("**= The scenario is identical"), "\(printed.output)")
    }

    @Test("save replaces nothing; update says what moved, then saves, and leaves what did not change alone")
    func update() throws {
        let before = try file()
        let again = try orrery.run(["baseline", "save", "station.yaml"], in: scratch.folder)
        #expect(again.status == 73 && again.errors.contains("orrery baseline update replaces it"), "\(again.errors)")
        #expect(try file() == before)
        let none = try orrery.run(["baseline", "update", "-q"], in: scratch.folder)
        #expect(none.status == 0 && none.output.contains("unchanged Reports/baselines/station.json"))
        let slower = BaselineCommandTests.station.replacing("mean: 500ms", with: "mean: 540ms")
        _ = try scratch.write(slower, to: "station.yaml")
        #expect(try check().status == 98)
        let updated = try orrery.run(["baseline", "update", "-q", "station.yaml"], in: scratch.folder)
        #expect(updated.status == 0, "\(updated.errors)")
        #expect(updated.output.contains("✗ delivery.latency mean") && updated.output.contains("updated Reports/"))
        #expect(try file() != before)
        #expect(try check().status == 0)
    }

    @Test("the file is the same bytes however it was made, has a figure a line, and its keys are sorted")
    func fileForm() throws {
        let one = try file()
        let other = try orrery.run(
            ["baseline", "save", "-q", "--folder", "elsewhere", "--jobs", "1", "station.yaml"], in: scratch.folder)
        #expect(other.status == 0, "\(other.errors)")
        #expect(try file("elsewhere/station.json") == one)
        let line = try #require(one.split(separator: "\n").first { $0.contains("\"delivery.latency mean\"") })
        #expect(line.contains(/"values": \[[0-9., ]+\]/), "\(line)")
        #expect(one.contains("\"tolerance\": ") && one.contains("\"note\": \"not gated: "), "\(one)")
        let object = try JSONSerialization.jsonObject(with: Data(one.utf8)) as? [String: Any]
        let keys = one.split(separator: "\n").compactMap { $0.firstMatch(of: #/^  "([A-Za-z]+)": /#)?.1 }
        #expect(keys.count == object?.count && keys == keys.sorted())
    }

    @Test("other draws of the same model are the same, and say so")
    func otherDraws() throws {
        // The baseline's values under later seeds: what a change does that draws its random numbers in another order.
        let other = try file().replacing("\"seedBase\": 1,", with: "\"seedBase\": 1001,")
        _ = try scratch.write(other, to: "Reports/baselines/station.json")
        let outcome = try check()
        #expect(outcome.status == 0 && outcome.output.contains("as-written: same"), "\(outcome.output)")
        // A stream of another name draws other numbers, too.
        let renamed = BaselineCommandTests.station.replacing("jobs:", with: "tasks:")
        _ = try scratch.write(renamed, to: "station.yaml")
        #expect(try check().status == 0)
    }

    @Test("with one seed a change is inconclusive, and the file says so beforehand")
    func oneSeed() throws {
        let saved = try orrery.run(
            ["baseline", "save", "-q", "station.yaml", "--folder", "one", "--seeds", "1"], in: scratch.folder)
        #expect(saved.status == 0 && saved.output.contains("One seed: whether anything changed can be told"))
        #expect(try check(["--folder", "one"]).output.contains("identical"))
        let changed = try check(["--folder", "one", "--set", "system.workers.service.mean=501ms"])
        #expect(changed.status == 97 && changed.output.contains("fewer than 5 seeds"), "\(changed.output)")
    }

    @Test("thresholds that are new or gone are another question: inconclusive")
    func otherThresholds() throws {
        let text = BaselineCommandTests.station.replacing("p(95) < 4s", with: "p(95) < 5s")
        _ = try scratch.write(text, to: "station.yaml")
        let outcome = try check()
        #expect(outcome.status == 97, "\(outcome.output)")
        #expect(outcome.output.contains("'delivery.latency: p(95) < 4s' is not judged any more"))
        #expect(outcome.output.contains("'delivery.latency: p(95) < 5s' is new to the baseline"))
    }

    @Test("settings at save are part of the baseline")
    func settings() throws {
        let options = ["baseline", "save", "-q", "station.yaml", "--folder", "short", "--set", "time.duration=500s"]
        #expect(try orrery.run(options, in: scratch.folder).status == 0)
        #expect(try file("short/station.json").contains("\"settings\": [\"time.duration=500s\"]"))
        #expect(try check(["--folder", "short"]).output.contains("identical"))
    }

    @Test("a capacity is kept with its question, asked again, and a smaller one is a regression")
    func capacity() throws {
        let pool = """
            version: 1
            name: pool
            time: { duration: 1000s }
            arrivals: { jobs: { interarrival: { kind: exponential, mean: 1s } } }
            system: { workers: { count: 6, service: { kind: exponential, mean: 4s } } }
            thresholds: { delivery.latency: [ "mean < 5.5s" ] }

            """
        _ = try scratch.write(pool, to: "pool.yaml")
        let vary = ["--vary", "system.workers.count=3..12", "--find", "smallest"]
        let saved = try orrery.run(
            ["baseline", "save", "-q", "pool.yaml", "--folder", "c", "--seeds", "5"] + vary, in: scratch.folder)
        #expect(saved.status == 0, "\(saved.errors)")
        #expect(try file("c/pool.json").contains("\"proven\": \"6\""))
        #expect(try check(["--folder", "c"]).output.contains("identical"))
        let slower = try check(["--folder", "c", "--set", "system.workers.service.mean=5s"])
        #expect(slower.status == 98, "\(slower.output)\(slower.errors)")
        let line = "smallest system.workers.count=3..12 in as-written: 6 → "
        #expect(slower.output.contains(line) && slower.output.contains("· regressed"), "\(slower.output)")
        let faster = try check(["--folder", "c", "--set", "system.workers.service.mean=2.5s", "-o", "json=-"])
        #expect(faster.status == 0 && faster.output.contains("\"verdict\" : \"improved\""), "\(faster.output)")
    }

    @Test("what cannot be compared exits 65 or 66, and says why")
    func faults() throws {
        let sound = try file()
        func broken(_ text: String, _ name: String) throws -> [String] {
            try FileManager.default.createDirectory(
                at: scratch.folder.appending(path: name), withIntermediateDirectories: true)
            _ = try scratch.write(text, to: "\(name)/station.json")
            return ["--folder", name]
        }
        let twice = sound.replacing("  \"variants\": [", with: "  \"variants\": [], \"variants\": [")
        let table: [([String], Int32, String)] = [
            (["--seeds", "9"], 65, "the baseline has the seeds 1 to 10, not the seeds 1 to 9"),
            (["--seed-base", "2"], 65, "not the seeds 2 to 11"),
            (["--set", "name=another"], 65, "is of the scenario 'station', not of 'another'"),
            (try broken(String(sound.prefix(400)), "cut"), 65, "not a JSON file"),
            (try broken("{}", "empty"), 65, "not a baseline of Orrery"),
            (try broken(sound.replacing("orrery-baseline", with: "orrery-result"), "result"), 65, "orrery compare"),
            (try broken(sound.replacing("\"formatVersion\": 1", with: "\"formatVersion\": 7"), "new"), 65, "version 7"),
            (
                try broken(sound.replacing("\"as-written\"", with: "\"other\""), "variants"), 65,
                "no variant other any more"
            ),
            (try broken(twice, "twice"), 65, "\"variants\" stands twice"),
            (try broken(sound.replacing("\"seedCount\": 10", with: "\"seedCount\": 11"), "count"), 65, "11 seeds"),
            (try broken(sound.replacing("\"seedBase\": 1", with: "\"seedBase\": \"1\""), "type"), 65, "seedBase"),
            (["--folder", "nowhere"], 66, "no such folder of baselines"),
            (["nowhere.yaml"], 66, "no such scenario"),
            (["--folder", "cut/..", "station.yaml"], 66, "no such baseline"),
            (["-o", "pdf"], 64, "no report kind 'pdf'"),
            (["station.yaml", "station.yaml"], 64, "share the baseline"),
            (["-o", "md=/proc/no/gate.md"], 73, "cannot be made"),
            (["-o", "json=Reports/baselines/station.json"], 73, "is not overwritten"),
        ]
        for (arguments, status, words) in table {
            let outcome = try check(arguments)
            #expect(outcome.status == status && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
            #expect(outcome.output.isEmpty)
        }
        #expect(try file() == sound)
        for arguments in [["save"], ["save", "a", "--variant", "b"], ["save", "a", "b", "--vary", "c=1..2"]] {
            #expect(try orrery.run(["baseline"] + arguments, in: scratch.folder).status == 64)
        }
        let denied = ["baseline", "save", "-q", "station.yaml", "--folder", "/proc/no"]
        #expect(try orrery.run(denied, in: scratch.folder).status == 73)
    }

    @Test("two variants of one name in the file are refused")
    func repeatedVariant() throws {
        let lines = try file().split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        let start = try #require(lines.firstIndex { $0.contains("\"variants\"") }) + 1
        let end = try #require(lines.lastIndex { $0 == "  ]" })
        var doubled = lines
        doubled.insert(contentsOf: lines[start..<end].dropLast() + ["    },"], at: start)
        _ = try scratch.write(doubled.joined(separator: "\n"), to: "Reports/baselines/station.json")
        let outcome = try check()
        #expect(outcome.status == 65 && outcome.errors.contains("as-written stands there twice"), "\(outcome.errors)")
    }

    @Test("Ctrl-C exits 130 and leaves nothing half-written", arguments: ["save", "check", "update"])
    func interruption(verb: String) throws {
        let before = try file()
        let long = ["--set", "time.duration=200000s", "--jobs", "1"]
        let other = verb == "save" ? ["station.yaml", "--folder", "new"] : []
        let outcome = try orrery.run(["baseline", verb, "-q"] + other + long, in: scratch.folder) { process in
            Thread.sleep(forTimeInterval: 0.7)
            kill(process.processIdentifier, SIGINT)
            Thread.sleep(forTimeInterval: 0.3)
            kill(process.processIdentifier, SIGINT)
        }
        #expect(outcome.status == 130, "\(outcome.output)\(outcome.errors)")
        #expect(try file() == before)
        let left = (try? FileManager.default.contentsOfDirectory(atPath: scratch.folder.path + "/new")) ?? []
        #expect(left.isEmpty)
    }
}

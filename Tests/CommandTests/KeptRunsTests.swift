import Foundation
import Testing

@Suite("Runs that are kept change no result")
struct KeptRunsTests {
    private let orrery = OrreryProcess.built
    private static let kinds = ["json", "html", "csv"]
    static let storm = OrreryProcess.root.appending(path: "Scenarios/retry-storm").path

    /// The options that write every kind of report under a name.
    private static func outputs(_ name: String) -> [String] { kinds.flatMap { ["-o", "\($0)=\(name).\($0)"] } }

    /// Runs the storm with a store that others use at the same time.
    private static func share(_ store: String, jobs: Int, in folder: URL) async throws -> OrreryProcess.Outcome {
        try OrreryProcess.built.run(
            ["run", storm, "--quiet", "--seeds", "4", "--store", store, "--jobs", "\(jobs)"]
                + outputs("jobs-\(jobs)"), in: folder)
    }

    /// What the reports of a name hold.
    private func reports(_ name: String, in scratch: Scratch) throws -> [Data] {
        try KeptRunsTests.kinds.map { try Data(contentsOf: scratch.folder.appending(path: "\(name).\($0)")) }
    }

    /// Whether something is said of all runs: `36 of 36 runs`.
    private static func isWhole(_ text: String) throws -> Bool {
        let counts = try #require(text.firstMatch(of: /([0-9]+) of ([0-9]+) runs?/))
        return counts.1 == counts.2
    }

    /// Kills a process so many seconds after it has kept its first run.
    private func kill(
        _ words: [String], after delay: Double, whenGrown store: String, in scratch: Scratch,
        environment: [String: String] = [:]
    ) throws -> OrreryProcess.Outcome {
        let path = scratch.folder.appending(path: store).path
        func size() -> Int {
            (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int ?? 0
        }
        // An empty store takes less than 30 kB, and every run more.
        let before = max(size(), 30_000)
        return try orrery.run(words, in: scratch.folder, environment: environment) { process in
            let deadline = Date(timeIntervalSinceNow: 60)
            while size() <= before && process.isRunning && Date() < deadline { usleep(500) }
            Thread.sleep(forTimeInterval: delay)
            Foundation.kill(process.processIdentifier, SIGKILL)
        }
    }

    /// The runs of the retry storm, undisturbed and kept nowhere.
    private func undisturbed(in scratch: Scratch) throws -> (reports: [Data], text: String, seconds: Double) {
        let started = Date()
        let outcome = try orrery.run(
            ["run", KeptRunsTests.storm, "--quiet", "--seeds", "4", "--jobs", "1"]
                + KeptRunsTests.outputs("undisturbed"),
            in: scratch.folder)
        try #require([0, 99].contains(outcome.status), "\(outcome.errors)")
        let text = outcome.output.components(separatedBy: "\njson report").first ?? ""
        return (try reports("undisturbed", in: scratch), text, Date().timeIntervalSince(started))
    }

    @Test("neither after SIGKILL, three times at random moments, nor when all come from the store")
    func killed() throws {
        let scratch = try Scratch()
        let whole = try undisturbed(in: scratch)
        let words =
            ["run", KeptRunsTests.storm, "--seeds", "4", "--store", "runs.sqlite", "--jobs", "1"]
            + KeptRunsTests.outputs("resumed")
        for _ in 0..<3 {
            let delay = Double.random(in: 0...0.1) * whole.seconds
            let outcome = try kill(words, after: delay, whenGrown: "runs.sqlite", in: scratch)
            #expect(outcome.status == -SIGKILL, "after \(delay) of \(whole.seconds) s")
            let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
            #expect(!names.contains { $0.hasPrefix("resumed") }, "nothing is half-written: \(names)")
        }
        let resumed = try orrery.run(words, in: scratch.folder)
        #expect(resumed.errors.contains("were kept from before"), "\(resumed.errors)")
        #expect(try reports("resumed", in: scratch) == whole.reports)
        let again = try orrery.run(words, in: scratch.folder)
        #expect(try KeptRunsTests.isWhole(again.errors), "\(again.errors)")
        #expect(again.status == resumed.status && again.output == resumed.output)
        #expect(try reports("resumed", in: scratch) == whole.reports)
    }

    @Test("nor with one job or two, nor when two processes share the store at the same time")
    func shared() async throws {
        let scratch = try Scratch()
        let whole = try undisturbed(in: scratch)
        let folder = scratch.folder
        async let one = KeptRunsTests.share("runs.sqlite", jobs: 1, in: folder)
        async let two = KeptRunsTests.share("runs.sqlite", jobs: 2, in: folder)
        for outcome in try await [one, two] { #expect([0, 99].contains(outcome.status), "\(outcome.errors)") }
        for jobs in [1, 2] { #expect(try reports("jobs-\(jobs)", in: scratch) == whole.reports) }
    }

    @Test("nor when they are divided into shards, one of them killed and begun again, and merged in any order")
    func shards() throws {
        let scratch = try Scratch()
        let whole = try undisturbed(in: scratch)
        for shard in [3, 1, 4, 2] {
            let words = [
                "run", KeptRunsTests.storm, "--seeds", "4", "--shard", "\(shard)/4", "-o", "shard=\(shard).shard",
                "--jobs", shard == 3 ? "2" : "1",
            ]
            if shard == 1 {
                let killed = try kill(words, after: 0, whenGrown: "1.shard", in: scratch)
                #expect(killed.status == -SIGKILL)
            }
            let outcome = try orrery.run(words, in: scratch.folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
            #expect(outcome.output.hasPrefix("shard \(shard)/4 of retry-storm: "), "\(outcome.output)")
            #expect(try KeptRunsTests.isWhole(outcome.output), "\(outcome.output)")
        }
        let merged = try orrery.run(
            ["merge", "2.shard", "4.shard", "1.shard", "3.shard"] + KeptRunsTests.outputs("merged"), in: scratch.folder)
        #expect([0, 99].contains(merged.status), "\(merged.errors)")
        #expect(try reports("merged", in: scratch) == whole.reports)
        #expect(merged.output.components(separatedBy: "\njson report").first == whole.text)
    }

    @Test("and every report can be made of a stored result again, byte by byte")
    func report() throws {
        let scratch = try Scratch()
        let whole = try undisturbed(in: scratch)
        let outcome = try orrery.run(
            ["report", "undisturbed.json"] + KeptRunsTests.outputs("again"), in: scratch.folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(try reports("again", in: scratch) == whole.reports)
        #expect(outcome.output.components(separatedBy: "\njson report").first == whole.text)
        let own = try orrery.run(["report", "undisturbed.json", "-o", "json"], in: scratch.folder)
        #expect(own.status == 73 && own.errors.contains("not overwritten"), "\(own.errors)")
    }

    private static let sweep = [
        "sweep", storm, "--seeds", "4", "--sweep", "system.workers.count=8..12 step 2", "--variant", "before",
        "--variant", "retry-budget",
    ]

    @Test("nor those of a sweep, which finds its runs in the usual store after SIGKILL")
    func killedSweep() throws {
        let scratch = try Scratch()
        let words = KeptRunsTests.sweep + ["--jobs", "1"]
        let usual = ["XDG_CACHE_HOME": scratch.folder.appending(path: "cache").path]
        let whole = try orrery.run(
            words + ["--no-store"] + KeptRunsTests.outputs("undisturbed"), in: scratch.folder, environment: usual)
        #expect(whole.status == 0 && whole.errors.contains("24 runs in"), "\(whole.errors)")
        #expect(!FileManager.default.fileExists(atPath: scratch.folder.appending(path: "cache").path))
        for _ in 0..<3 {
            let killed = try kill(
                words + KeptRunsTests.outputs("resumed"), after: Double.random(in: 0...0.05),
                whenGrown: "cache/orrery/runs.sqlite", in: scratch, environment: usual)
            #expect(killed.status == -SIGKILL)
        }
        let resumed = try orrery.run(
            words + KeptRunsTests.outputs("resumed"), in: scratch.folder, environment: usual)
        #expect(resumed.errors.contains("of them kept from before"), "\(resumed.errors)")
        #expect(try reports("resumed", in: scratch) == reports("undisturbed", in: scratch))
        let again = try orrery.run(
            KeptRunsTests.sweep + ["--jobs", "2"] + KeptRunsTests.outputs("again"), in: scratch.folder,
            environment: usual)
        #expect(again.errors.contains("24 runs, 24 of them kept from before"), "\(again.errors)")
        #expect(try reports("again", in: scratch) == reports("undisturbed", in: scratch))
        // A run of one point is the same run, whoever asks for it.
        let point = try orrery.run(
            [
                "run", KeptRunsTests.storm, "--seeds", "4", "--variant", "before", "--set", "system.workers.count=12",
                "--store", "cache/orrery/runs.sqlite",
            ], in: scratch.folder)
        #expect(point.errors.contains("4 of 4 runs"), "\(point.errors)")
    }

    @Test("nor those of a sweep in four shards, of which every report can be made again")
    func sweepShards() throws {
        let scratch = try Scratch()
        let whole = try orrery.run(
            KeptRunsTests.sweep + ["--jobs", "2"] + KeptRunsTests.outputs("undisturbed"), in: scratch.folder)
        #expect(whole.status == 0, "\(whole.errors)")
        for shard in 1...4 {
            let outcome = try orrery.run(
                KeptRunsTests.sweep + ["--shard", "\(shard)/4", "-o", "shard=\(shard)", "--no-store"],
                in: scratch.folder)
            #expect(outcome.output.contains("6 of 6 runs are in"), "\(outcome)")
        }
        let merged = try orrery.run(
            ["merge", "4", "3", "2", "1"] + KeptRunsTests.outputs("merged"), in: scratch.folder)
        #expect(merged.status == 0, "\(merged.errors)")
        #expect(try reports("merged", in: scratch) == reports("undisturbed", in: scratch))
        let again = try orrery.run(["report", "merged.json"] + KeptRunsTests.outputs("again"), in: scratch.folder)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try reports("again", in: scratch) == reports("undisturbed", in: scratch))
    }

    @Test("nor those of a search for a capacity, which takes what a sweep has kept")
    func capacity() throws {
        let scratch = try Scratch()
        let station = ExitStatusTests.station + "thresholds: { delivery.latency: [ \"p(95) < 3s\" ] }\n"
        _ = try scratch.write(station, to: "station.yaml")
        let words = ["capacity", "station.yaml", "--vary", "system.workers.count=1..6", "--find", "smallest"]
        let whole = try orrery.run(
            words + ["--no-store", "--jobs", "1"] + KeptRunsTests.outputs("undisturbed"), in: scratch.folder)
        #expect([0, 97, 99].contains(whole.status), "\(whole.errors)")
        for jobs in ["1", "2"] {
            let kept = try orrery.run(
                words + ["--store", "runs", "--jobs", jobs] + KeptRunsTests.outputs("kept"), in: scratch.folder)
            #expect(kept.status == whole.status, "\(kept.errors)")
            #expect(try reports("kept", in: scratch) == reports("undisturbed", in: scratch))
            if jobs == "2" {
                let counts = try #require(kept.errors.firstMatch(of: /([0-9]+) runs?, ([0-9]+) of them kept/))
                #expect(counts.1 == counts.2, "\(kept.errors)")
            }
        }
        let again = try orrery.run(["report", "kept.json"] + KeptRunsTests.outputs("again"), in: scratch.folder)
        #expect(again.status == 0, "\(again.errors)")
        #expect(try reports("again", in: scratch) == reports("undisturbed", in: scratch))
    }

    @Test("nor where thresholds compare with a baseline, which whoever merges names")
    func baseline() throws {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "base.yaml")
        #expect(try orrery.run(["run", "base.yaml", "-o", "json=base.json"], in: scratch.folder).status == 0)
        let judged = ExitStatusTests.station + "thresholds: { delivery.latency: [ \"mean <= @baseline + 500%\" ] }\n"
        _ = try scratch.write(judged, to: "judged.yaml")
        let words = ["run", "judged.yaml", "--seeds", "4", "--warm-up", "100s"]
        let compared = ["--baseline", "base.json"]
        let whole = try orrery.run(words + compared + KeptRunsTests.outputs("undisturbed"), in: scratch.folder)
        #expect(whole.status == 0, "\(whole.errors)")
        for shard in 1...2 {
            let outcome = try orrery.run(
                words + ["--shard", "\(shard)/2", "-o", "shard=\(shard)"], in: scratch.folder)
            #expect(outcome.status == 0, "\(outcome.errors)")
        }
        #expect(try orrery.run(["merge", "1", "2"], in: scratch.folder).status == 64)
        let merged = try orrery.run(
            ["merge", "1", "2"] + compared + KeptRunsTests.outputs("merged"), in: scratch.folder)
        #expect(merged.status == 0, "\(merged.errors)")
        #expect(try reports("merged", in: scratch) == reports("undisturbed", in: scratch))
    }

    @Test("and are counted for each scenario by itself")
    func counted() throws {
        let scratch = try Scratch()
        for (name, mean) in [("one", "1s"), ("two", "2s")] {
            let text = ExitStatusTests.station.replacing("mean: 1s", with: "mean: \(mean)")
            _ = try scratch.write(text, to: "\(name).yaml")
        }
        let words = ["run", "one.yaml", "two.yaml", "--seeds", "3", "--store", "runs.sqlite"]
        #expect(try orrery.run(words, in: scratch.folder).status == 0)
        let again = try orrery.run(words, in: scratch.folder)
        #expect(again.errors.components(separatedBy: "3 of 3 runs were kept from before").count == 3, "\(again.errors)")
    }

    @Test("and whoever changes what is run is served nothing old")
    func changed() throws {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let words = ["run", "station.yaml", "--store", "runs.sqlite"]
        #expect(try orrery.run(words, in: scratch.folder).errors.contains("simulated"))
        #expect(try orrery.run(words, in: scratch.folder).errors.contains("1 of 1 runs"))
        for change in [["--seed", "2"], ["--set", "system.workers.count=2"], ["--duration", "999s"]] {
            #expect(try orrery.run(words + change, in: scratch.folder).errors.contains("simulated"), "\(change)")
        }
        let renamed = ["--set", "name=other", "--seeds", "2"]
        #expect(try orrery.run(words + renamed, in: scratch.folder).errors.contains("2 of 2 runs"))
        let info = try orrery.run(["store", "info", "--store", "runs.sqlite"], in: scratch.folder)
        #expect(info.output.contains("runs.sqlite: 4 runs") && info.output.contains("this program"), "\(info.output)")
        let older = try orrery.run(
            ["store", "clear", "--older-builds", "--store", "runs.sqlite"], in: scratch.folder)
        #expect(older.output.contains("0 runs forgotten"), "\(older.output)")
        let all = try orrery.run(["store", "clear", "--store", "runs.sqlite"], in: scratch.folder)
        #expect(all.output.contains("4 runs forgotten"), "\(all.output)")
        #expect(try orrery.run(words, in: scratch.folder).errors.contains("simulated"))
    }

    @Test("and the usual store is in the user's folder for what can be made again")
    func usualPlace() throws {
        let scratch = try Scratch()
        for (environment, path) in [
            (["XDG_CACHE_HOME": "/somewhere/else"], "/somewhere/else/orrery/runs.sqlite"),
            (
                ["XDG_CACHE_HOME": "not/absolute", "HOME": scratch.folder.path],
                "\(scratch.folder.path)/.cache/orrery/runs.sqlite"
            ),
        ] {
            let outcome = try orrery.run(["store"], environment: environment)
            #expect(outcome.status == 0 && outcome.output.contains("\(path): nothing is kept yet"), "\(outcome)")
        }
    }
}

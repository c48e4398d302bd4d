import Foundation
import Testing

@Suite("A store, a shard or a result that cannot be used is named, and nothing is half-written")
struct BadStoreTests {
    private let orrery = OrreryProcess.built
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
    }

    private func run(_ words: String...) throws -> OrreryProcess.Outcome { try orrery.run(words, in: scratch.folder) }

    /// Runs the station with a store and a report; the report must not be there after a failure.
    private func failure(_ store: String) throws -> OrreryProcess.Outcome {
        let outcome = try run("run", "station.yaml", "--seeds", "3", "--store", store, "-o", "json=out.json")
        #expect(!FileManager.default.fileExists(atPath: scratch.folder.appending(path: "out.json").path))
        #expect(outcome.output.isEmpty)
        return outcome
    }

    private func bytes(_ name: String) throws -> Data { try Data(contentsOf: scratch.folder.appending(path: name)) }

    private func write(_ bytes: Data, _ name: String) throws {
        try bytes.write(to: scratch.folder.appending(path: name))
    }

    @Test("a store that is none, of a newer version, or damaged exits 65, and what is no store stays as it was")
    func badStores() throws {
        #expect(try run("run", "station.yaml", "--seeds", "40", "--store", "good").status == 0)
        var newer = try bytes("good")
        // The version that the application gives its tables is a big-endian word at place 60 of SQLite's header.
        newer[63] = 9
        var damaged = try bytes("good")
        for place in 4096..<damaged.count where place % 3 == 0 { damaged[place] = 0xA5 }
        let bad = [
            ("text", Data("not a store of anything, only a few words\n".utf8), "not a store"),
            ("newer", newer, "version 9"), ("damaged", damaged, "damaged"),
            ("short", try bytes("good").prefix(10_000), "damaged"),
        ]
        for (name, bytes, words) in bad {
            try write(bytes, name)
            let outcome = try failure(name)
            #expect(outcome.status == 65, "\(name): \(outcome.status) \(outcome.errors)")
            #expect(outcome.errors.contains("\(name) ") && outcome.errors.contains(words), "\(outcome.errors)")
            // A damaged store is one all the same, and opening it may write to it.
            if words != "damaged" { #expect(try self.bytes(name) == bytes) }
        }
    }

    @Test("a place where no store can be exits 73 before anything is run")
    func badPlaces() throws {
        for (path, words) in [
            ("no/such/store", "there is no folder"), (".", "is a folder"), ("/proc/store", "cannot be used"),
        ] {
            let outcome = try failure(path)
            #expect(outcome.status == 73 && outcome.errors.contains(words), "\(path): \(outcome.errors)")
        }
        #expect(try run("store", "info", "--store", "absent").status == 66)
        #expect(try run("run", "station.yaml", "--store", "a", "--no-store").status == 64)
    }

    @Test("a disk that fills up exits 73, keeps what was kept before, and writes no report")
    func fullDisk() throws {
        // A limit on file sizes stands in for a full disk.
        let outcome = try OrreryProcess(path: "/bin/sh").run(
            [
                "-c", "trap '' XFSZ; ulimit -f 100; exec \"$0\" \"$@\"", orrery.path, "run", "station.yaml", "--seeds",
                "60", "--jobs", "1", "--store", "runs", "-o", "json=out.json",
            ], in: scratch.folder)
        #expect(
            outcome.status == 73 && outcome.errors.contains("runs cannot be"), "\(outcome.status) \(outcome.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
        #expect(!names.contains("out.json"), "\(names)")
        let resumed = try run("run", "station.yaml", "--seeds", "60", "--store", "runs")
        #expect(resumed.status == 0 && resumed.errors.contains("of 60 runs were kept from before"), "\(resumed.errors)")
    }

    @Test(
        "a full file system and a write-protected one exit 73",
        .enabled(if: BadStoreTests.canMount, "whoever may not mount has no small disk"))
    func fileSystems() throws {
        let script = """
            set -e; mkdir disk; mount -t tmpfs -o size=200k none disk; cd disk; cp ../station.yaml .
            status=0; "$0" run station.yaml --seeds 60 --store runs -o json=out.json || status=$?
            ls; echo "full $status"; cd ..; mount -o remount,ro disk; cd disk
            for store in runs other; do
                status=0; "$0" run station.yaml --store $store || status=$?
                echo "protected $status"
            done
            status=0; "$0" store info --store runs || status=$?
            echo "read $status"
            """
        let outcome = try OrreryProcess(path: "/usr/bin/env").run(
            ["unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, orrery.path], in: scratch.folder)
        let lines = outcome.output.split(separator: "\n").map(String.init)
        #expect(lines.contains("full 73") && !lines.contains("out.json"), "\(outcome)")
        #expect(lines.count { $0 == "protected 73" } == 2, "\(outcome)")
        #expect(lines.contains("read 0"), "\(outcome)")
        #expect(outcome.errors.contains("the disk is full") && outcome.errors.contains("write-protected"), "\(outcome)")
    }

    private static let canMount: Bool = {
        let words = ["unshare", "--user", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
        return (try? OrreryProcess(path: "/usr/bin/env").run(words).status) == 0
    }()

    @Test("shards that do not go together exit 65 and say why")
    func badShards() throws {
        func shard(_ part: String, _ file: String, _ options: String...) throws -> OrreryProcess.Outcome {
            try orrery.run(
                ["run", "station.yaml", "--shard", part, "-o", "shard=\(file)"]
                    + (options.isEmpty ? ["--seeds", "6"] : options), in: scratch.folder)
        }
        for part in ["1", "2", "3"] { #expect(try shard("\(part)/3", "\(part)").status == 0) }
        #expect(try shard("2/3", "seeds", "--seeds", "7").status == 0)
        #expect(try shard("2/3", "workers", "--seeds", "6", "--set", "system.workers.count=2").status == 0)
        #expect(try shard("1/2", "half").status == 0)
        #expect(try run("run", "station.yaml", "--store", "cache").status == 0)
        let cases: [([String], Int32, String)] = [
            (["1", "2"], 65, "of 3 shards 3 is missing"), (["1"], 65, "shards 2, 3 are missing"),
            (["1", "2", "2"], 65, "both shard 2/3"), (["1", "seeds", "3"], 65, "other seeds"),
            (["1", "workers", "3"], 65, "--set"), (["1", "half", "3"], 65, "2 parts, not 3"),
            (["1", "cache", "3"], 65, "no shard"), (["1", "2", "station.yaml"], 65, "not a store"),
            (["1", "2", "absent"], 66, "no such file"), (["1", "2", "."], 73, "is a folder"),
        ]
        for (files, status, words) in cases {
            let outcome = try orrery.run(["merge"] + files + ["-o", "json=out.json"], in: scratch.folder)
            #expect(outcome.status == status && outcome.errors.contains(words), "\(files): \(outcome.errors)")
            #expect(!FileManager.default.fileExists(atPath: scratch.folder.appending(path: "out.json").path))
        }
        let other = try shard("3/3", "2")
        #expect(other.status == 65 && other.errors.contains("part 2/3"), "\(other.errors)")
        #expect(try run("merge", "3", "1", "2", "-o", "json=out.json").status == 0)
    }

    @Test("a shard is no store and a store no shard: neither is cleared, shared or added to")
    func mistaken() throws {
        #expect(try run("run", "station.yaml", "--seeds", "4", "--shard", "1/2", "-o", "shard=1.shard").status == 0)
        #expect(try run("run", "station.yaml", "--seeds", "4", "--store", "cache").status == 0)
        let before = (shard: try bytes("1.shard"), store: try bytes("cache"))
        for words in [["store", "clear", "--store", "1.shard"], ["run", "station.yaml", "--store", "1.shard"]] {
            let outcome = try orrery.run(words, in: scratch.folder)
            #expect(outcome.status == 65 && outcome.errors.contains("1.shard is shard 1/2 of station"), "\(outcome)")
        }
        let shard = try run("run", "station.yaml", "--seeds", "4", "--shard", "1/2", "-o", "shard=cache")
        #expect(shard.status == 65 && shard.errors.contains("cache is a store of finished runs"), "\(shard)")
        #expect(try bytes("1.shard").count == before.shard.count && bytes("cache").count == before.store.count)
        #expect(try run("store", "info", "--store", "1.shard").output.contains("2 runs"))
        #expect(try run("store", "info", "--store", "cache").output.contains("4 runs"))
    }

    @Test("a shard whose process was interrupted is named with what it lacks")
    func incompleteShard() throws {
        #expect(try run("run", "station.yaml", "--seeds", "6", "--shard", "1/2", "-o", "shard=1").status == 0)
        let words = ["run", "station.yaml", "--seeds", "20000", "--jobs", "1", "--shard", "2/2", "-o", "shard=2"]
        let interrupted = try interrupt(words, whenGrown: "2")
        #expect(interrupted.status == 130 && interrupted.output.contains("of 10000 runs are in 2"), "\(interrupted)")
        let first = try interrupt(
            words.map { $0 == "2/2" ? "1/2" : $0 == "shard=2" ? "shard=first" : $0 }, whenGrown: "first")
        #expect(first.status == 130)
        let outcome = try run("merge", "2", "first")
        #expect(outcome.status == 65 && outcome.errors.contains("lacks"), "\(outcome.errors)")
    }

    /// Sends SIGINT to a process that has kept some runs beside the list of its seeds.
    private func interrupt(_ words: [String], whenGrown store: String) throws -> OrreryProcess.Outcome {
        let path = scratch.folder.appending(path: store).path
        return try orrery.run(words, in: scratch.folder) { process in
            let deadline = Date(timeIntervalSinceNow: 60)
            while process.isRunning && Date() < deadline {
                let size = (try? FileManager.default.attributesOfItem(atPath: path))?[.size] as? Int
                if size ?? 0 > 400_000 { break }
                usleep(500)
            }
            kill(process.processIdentifier, SIGINT)
        }
    }

    @Test(
        "a division that there cannot be exits 64",
        arguments: [
            ["--shard", "2/4"], ["--shard", "5/4", "-o", "shard=a"], ["--shard", "0/4", "-o", "shard=a"],
            ["--shard", "x", "-o", "shard=a"], ["--shard", "1/2/3", "-o", "shard=a"], ["-o", "shard=a"],
            ["--shard", "1/2", "-o", "shard=a", "-o", "html"], ["--shard", "1/2", "-o", "shard="],
            ["--shard", "1/2", "-o", "shard=a", "-o", "shard=b"], ["--shard", "1/2", "-o", "shard=a", "--json"],
            ["station.yaml", "--shard", "1/2", "-o", "shard=a"],
        ])
    func badDivisions(options: [String]) throws {
        let outcome = try orrery.run(["run", "station.yaml"] + options, in: scratch.folder)
        #expect(outcome.status == 64, "\(options): \(outcome.errors)")
    }

    @Test("a result of another version or format, or nonsense, exits 65 and says what was found and what is understood")
    func badResults() throws {
        #expect(try run("run", "station.yaml", "-o", "json=good.json").status == 0)
        let good = String(decoding: try bytes("good.json"), as: UTF8.self)
        let version = #/"formatVersion" : ([0-9]+)/#
        let known = try #require(good.firstMatch(of: version)).1
        let bad = [
            (
                "newer.json", good.replacing(version, with: "\"formatVersion\" : 99"),
                ["version 99", "version \(known)"]
            ),
            ("other.json", good.replacing("\"orrery-result\"", with: "\"k6\""), ["k6", "orrery-result"]),
            ("nonsense.json", "{ \"seeds\": [1, 2", ["not a JSON file"]), ("empty.json", "", ["not a JSON file"]),
            ("list.json", "[1, 2]", ["not a result"]),
            ("lacking.json", good.replacing("\"verdict\"", with: "\"verdicts\""), ["verdict", "missing"]),
        ]
        for (name, text, words) in bad {
            try write(Data(text.utf8), name)
            let outcome = try run("report", name, "-o", "html=out.html")
            #expect(outcome.status == 65 && outcome.errors.contains(name), "\(outcome.errors)")
            for word in words { #expect(outcome.errors.contains(word), "\(name): \(outcome.errors)") }
            #expect(!FileManager.default.fileExists(atPath: scratch.folder.appending(path: "out.html").path))
        }
        #expect(try run("report", "absent.json").status == 66)
        #expect(try run("report", ".").status == 66)
        #expect(try run("report", "good.json", "-o", "html=/proc/no/out.html").status == 73)
    }
}

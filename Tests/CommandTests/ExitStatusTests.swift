import Foundation
import Testing

@Suite("Exit codes, messages and streams")
struct ExitStatusTests {
    private let orrery = OrreryProcess.built
    static let station = """
        version: 1
        name: station
        time: { duration: 1000s }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 1s } }
        system:
          workers: { count: 1, service: { kind: exponential, mean: 500ms } }

        """

    @Test(
        "a mistyped verb exits 64 and names the nearest one",
        arguments: [
            ("rnu", "run"), ("valdate", "validate"), ("lst", "list"), ("explian", "explain"), ("shcema", "schema"),
        ])
    func mistypedVerb(verb: String, nearest: String) throws {
        let outcome = try orrery.run([verb, "Scenarios/worldwide-fleet"])
        #expect(outcome.status == 64)
        #expect(outcome.errors.contains("Did you mean '\(nearest)'?"))
        #expect(outcome.output.isEmpty)
        let help = try orrery.run(["help", verb])
        #expect(help.status == 64 && help.errors.contains("'\(nearest)'"), "\(help.output)")
    }

    @Test("seeds beyond what results can hold exactly are a fault of the scenario")
    func largestSeed() throws {
        let scratch = try Scratch()
        let text = ExitStatusTests.station + "seeds: { base: 9007199254740992 }\n"
        let outcome = try orrery.run(["validate", try scratch.write(text, to: "seeds.yaml")])
        #expect(outcome.status == 65 && outcome.errors.contains("at most 9007199254740991"), "\(outcome.errors)")
    }

    @Test("the progress bar stays within the terminal, and is taken away", arguments: [100, 40, 20])
    func progressBar(columns: Int) throws {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let script = """
            import fcntl, os, pty, struct, sys, termios
            child, terminal = pty.fork()
            if child == 0:
                size = struct.pack("HHHH", 24, int(sys.argv[1]), 0, 0)
                fcntl.ioctl(2, termios.TIOCSWINSZ, size)
                os.execve(sys.argv[2], ["orrery"] + sys.argv[3:], dict(os.environ, TERM="xterm"))
            while True:
                try: data = os.read(terminal, 65536)
                except OSError: break
                if not data: break
                os.write(1, data)
            sys.exit(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]))
            """
        let outcome = try OrreryProcess(path: "/usr/bin/env").run(
            ["python3", "-c", script, "\(columns)", orrery.path, "run", "station.yaml", "--seeds", "300"],
            in: scratch.folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        let drawn = outcome.output.components(separatedBy: "\r\u{1B}[K")
        let bars = drawn.dropFirst().dropLast()
        #expect(bars.count > 10 && bars.allSatisfy { $0.count < columns }, "\(bars.map(\.count).max() ?? 0)")
        #expect(try #require(drawn.last).hasPrefix("simulated"))
    }

    @Test(
        "wrong options exit 64 before anything is run",
        arguments: [
            ["--seeds", "0"], ["--seeds", "-3"], ["--seeds", "many"], ["--seeds", "99999999999999999999"],
            ["--seed", "1", "--seeds", "2"],
            ["--jobs", "0"], ["--seed", "18446744073709551615"], ["-o", "pdf"], ["-o", "html="],
            ["-o", "json=-", "--json"], ["--seed", "9007199254740992"],
            ["--seed-base", "9007199254740991", "--seeds", "2"],
            ["Scenarios/validation/m-m-c.yaml", "--json"], [""],
            ["-o", "json=a", "-o", "html=a"], ["--variant", "no-such"], ["--set", "nonsense"], ["--no-such-option"],
            ["--set", "time.duration=1h", "--set", "time.duration=2h"],
            ["--duration", "1h", "--set", "time.duration=2h"], ["--warm-up", "5s", "--set", "time.warm-up=6s"],
            ["--warm-up", "auto", "--set", "time.warm-up=6s"],
        ])
    func wrongOptions(options: [String]) throws {
        let outcome = try orrery.run(["run", "Scenarios/validation/m-m-1.yaml"] + options)
        #expect(outcome.status == 64, "\(options): \(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("a missing file exits 66 and names the nearest one")
    func missingFile() throws {
        let outcome = try orrery.run(["run", "Scenarios/validation/m-m-2.yaml"])
        #expect(outcome.status == 66)
        #expect(outcome.errors.contains("Scenarios/validation/m-m-2.yaml: no such scenario; did you mean m-m-1.yaml?"))
        #expect(try orrery.run(["validate", "Scenarios"]).status == 66)
        #expect(try orrery.run(["run", "/dev/null/x"]).status == 66)
    }

    @Test(
        "files that are no text, too large or empty exit 65",
        arguments: [Data([0xFF, 0xFE, 0x00]), Data(count: 2 << 20), Data()])
    func noText(data: Data) throws {
        let scratch = try Scratch()
        let file = scratch.folder.appending(path: "scenario.yaml")
        try data.write(to: file)
        let outcome = try orrery.run(["run", file.path])
        #expect(outcome.status == 65, "\(outcome.errors)")
    }

    @Test("ten different faults give ten errors with line and column in one go, and exit 65")
    func tenFaults() throws {
        let scratch = try Scratch()
        let file = try scratch.write(
            """
            version: 1
            name: ten faults
            time: { duration: 7 }
            seeds: { count: many }
            sites:
              ridge: { latitude: .nan, longitude: 10, uplink: { rate: 10MB } }
            fleet:
              domes: { site: ridge, count: -3, camera: asi2600, expossure: 60s }
              domes: { site: ridge, camera: asi2600 }
            system:
              workers: { count: 99999999, service: { kind: exponental, mean: 2s } }
            variants:
              more: { system: { wrokers: { count: 2 } } }

            """, to: "ten.yaml")
        let outcome = try orrery.run(["validate", file])
        let expected = [
            (3, 19, "unit"), (4, 17, "whole number"), (6, 22, "nan"), (6, 59, "MB"), (8, 32, "-3"), (8, 53, "exposure"),
            (9, 3, "twice"), (11, 21, "99999999"), (11, 48, "exponential"), (13, 21, "workers"),
        ]
        #expect(outcome.status == 65)
        let lines = outcome.errors.split(separator: "\n").filter { $0.contains(": error: ") && $0.hasPrefix(file) }
        #expect(lines.count == 10, "\(outcome.errors)")
        for (line, (row, column, word)) in zip(lines, expected) {
            #expect(line.hasPrefix("\(file):\(row):\(column): "), "\(line)")
            #expect(line.lowercased().contains(word.lowercased()), "\(line) speaks of \(word)")
        }
    }

    @Test("a broken threshold exits 99, one that holds 0, nothing produced 97")
    func verdicts() throws {
        let scratch = try Scratch()
        let station = ExitStatusTests.station
        let broken = try scratch.write(
            station + "thresholds: { delivery.latency: [ \"p(95) < 1ms\" ] }\n", to: "broken.yaml")
        let sound = try scratch.write(
            station + "thresholds: { delivery.latency: [ \"p(95) < 1h\" ] }\n", to: "sound.yaml")
        let empty = try scratch.write(station.replacing("mean: 1s", with: "mean: 1w"), to: "empty.yaml")
        #expect(try orrery.run(["run", broken]).status == 99)
        #expect(try orrery.run(["run", sound]).status == 0)
        #expect(try orrery.run(["run", empty]).status == 97)
        #expect(try orrery.run(["run", sound, broken]).status == 99)
        #expect(try orrery.run(["run", sound, empty]).status == 97)
    }

    @Test("results go to standard output, narration to standard error, and --quiet silences it")
    func streams() throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let loud = try orrery.run(["run", file])
        #expect(loud.output.contains("passed") && loud.output.contains("fingerprint"))
        #expect(loud.errors.contains("events/s") && loud.errors.contains("items/s"))
        #expect(
            !loud.output.contains("\u{1B}") && !loud.errors.contains("\u{1B}"), "no colours and bars without a terminal"
        )
        #expect(try orrery.run(["run", file, "--quiet"]).errors.isEmpty)
        let plain = try orrery.run(["run", file, "--progress", "plain", "--seeds", "40"])
        let progress = plain.errors.split(separator: "\n").filter { $0.hasPrefix("progress:") }
        #expect(!progress.isEmpty && progress.count <= 12)
    }

    @Test(
        "reports are written whole to the paths that are named, and a path that cannot be written exits 73 before the run"
    )
    func outputs() throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let outcome = try orrery.run(
            ["run", file, "-o", "html=deep/er/report.html", "-o", "json=result.json", "-o", "csv"], in: scratch.folder)
        #expect(outcome.status == 0, "\(outcome.errors)")
        func content(_ name: String) throws -> String {
            try String(contentsOf: scratch.folder.appending(path: name), encoding: .utf8)
        }
        #expect(try content("deep/er/report.html").hasSuffix("</html>\n"))
        #expect(try content("result.json").contains("\"orrery-result\""))
        #expect(try content("station.csv").contains("delivery.throughput"))
        #expect(outcome.output.contains("deep/er/report.html"))
        #expect(try orrery.run(["run", file, "-o", "html=/proc/no/report.html"]).status == 73)
        #expect(try orrery.run(["run", file, "-o", "html=\(scratch.folder.path)"]).status == 73)
    }

    @Test(
        "a full disk exits 73 and leaves no half-written file",
        .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")))
    func fullDisk() throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let outcome = try orrery.run(["run", file, "-o", "json=/dev/full/result.json"])
        #expect(outcome.status == 73)
        // A limit on file sizes stands in for a disk that fills up while a report is written.
        let shell = OrreryProcess(path: "/bin/sh")
        let limited = try shell.run(
            [
                "-c", "trap '' XFSZ; ulimit -f 4; exec \"$0\" \"$@\"", orrery.path, "run", file, "-q", "-o",
                "html=report.html",
            ],
            in: scratch.folder)
        #expect(limited.status == 73, "\(limited.status) \(limited.errors)")
        let names = try FileManager.default.contentsOfDirectory(atPath: scratch.folder.path)
        #expect(names == ["station.yaml"], "\(names)")
    }

    @Test(
        "Ctrl-C finishes the runs under way, writes what there is, and exits 130; SIGTERM exits 143",
        arguments: [SIGINT, SIGTERM])
    func interruption(signal: Int32) throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let outcome = try orrery.run(
            ["run", file, "--seeds", "100000", "--jobs", "1", "-o", "json=partial.json"], in: scratch.folder
        ) { process in
            Thread.sleep(forTimeInterval: 1.5)
            kill(process.processIdentifier, signal)
        }
        #expect(outcome.status == (signal == SIGINT ? 130 : 143), "\(outcome.errors)")
        let data = try Data(contentsOf: scratch.folder.appending(path: "partial.json"))
        let result = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(result["interrupted"] as? Bool == true)
        let variants = try #require(result["variants"] as? [[String: Any]])
        let finished = try #require(variants.first?["replications"] as? [Any]).count
        #expect(finished > 0 && finished < 100_000)
    }

    @Test(
        "a second Ctrl-C gives up the runs under way, even while they occupy every thread, and still writes the report")
    func secondInterruption() throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let outcome = try orrery.run(
            ["run", file, "--duration", "3650d", "--seeds", "8", "--jobs", "8", "-o", "json=partial.json"],
            in: scratch.folder
        ) { process in
            Thread.sleep(forTimeInterval: 1)
            kill(process.processIdentifier, SIGINT)
            Thread.sleep(forTimeInterval: 1)
            kill(process.processIdentifier, SIGINT)
        }
        #expect(outcome.status == 130, "\(outcome.errors)")
        let text = try String(contentsOf: scratch.folder.appending(path: "partial.json"), encoding: .utf8)
        #expect(text.contains("\"No run was finished.\""))
    }

    @Test("a trap, which only a bug can spring, exits 70")
    func bug() throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let outcome = try orrery.run(["run", file, "--duration", "3650d"]) { process in
            Thread.sleep(forTimeInterval: 1)
            kill(process.processIdentifier, SIGILL)
        }
        #expect(outcome.status == 70)
    }

    @Test("a trap in a shuffled run says which variant, seed and tie seed were under way")
    func bugUnderShuffledTies() throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let arguments = [
            "verify", file, "--shuffle-ties", "--tie-seeds", "3", "--seed", "7", "--duration", "3650d", "--jobs", "2",
        ]
        let outcome = try orrery.run(arguments) { process in
            Thread.sleep(forTimeInterval: 1)
            kill(process.processIdentifier, SIGILL)
        }
        #expect(outcome.status == 70)
        for run in ["seed 7", "seed 7, tie seed 1"] {
            let line = "orrery: under way: station, variant as-written, \(run)\n"
            #expect(outcome.errors.contains(line), "\(outcome.errors)")
        }
    }

    @Test("more than memory should hold on its way ends a run as invalid, and says when")
    func overwhelmed() throws {
        let scratch = try Scratch()
        let flood = ExitStatusTests.station.replacing("mean: 1s", with: "mean: 1us")
        let outcome = try orrery.run(["run", try scratch.write(flood, to: "flood.yaml")])
        #expect(outcome.status == 97, "\(outcome.errors)")
        #expect(outcome.output.contains("The run with seed 1 was given up"))
    }

    @Test("two runs at once into one file leave one whole file")
    func twoAtOnce() throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let arguments = ["run", file, "--seeds", "20", "-q", "-o", "json=result.json"]
        var second: OrreryProcess.Outcome?
        let first = try orrery.run(arguments, in: scratch.folder) { _ in
            second = try orrery.run(arguments, in: scratch.folder)
        }
        #expect(first.status == 0 && second?.status == 0)
        let data = try Data(contentsOf: scratch.folder.appending(path: "result.json"))
        #expect(try JSONSerialization.jsonObject(with: data) is [String: Any])
    }

    @Test("--dry-run says what would be run, and runs nothing")
    func dryRun() throws {
        let outcome = try orrery.run(["run", "Scenarios/worldwide-fleet", "--seeds", "5", "--dry-run"])
        #expect(outcome.status == 0)
        #expect(outcome.output.contains("5 runs") && outcome.output.contains("300 telescopes at 282 sites"))
        #expect(!outcome.output.contains("Passed"))
    }

    @Test("--dry-run tells the most seeds of --precision and the runs that find a warm-up")
    func dryRunOfMore() throws {
        let outcome = try orrery.run([
            "run", "Scenarios/validation/m-m-1.yaml", "--seeds", "20", "--precision", "delivery.latency=5%",
            "--seeds-max",
            "60", "--warm-up", "auto", "--dry-run",
        ])
        #expect(outcome.status == 0 && outcome.output.contains("20 runs"), "\(outcome.errors)")
        #expect(outcome.output.contains("delivery.latency=5% is reached in every variant: at most 60 seeds, 60 runs"))
        #expect(outcome.output.contains("before them 10 runs without a warm-up, which find it"), "\(outcome.output)")
    }

    @Test("a scenario without a warm-up to find stops no other, and the worst status counts")
    func noWarmUp() throws {
        let scratch = try Scratch()
        let busy = try scratch.write(
            ExitStatusTests.station.replacing("mean: 500ms", with: "mean: 1500ms"), to: "busy.yaml")
        let broken = try scratch.write(
            ExitStatusTests.station + "thresholds: { delivery.latency: [ \"p(95) < 1ms\" ] }\n", to: "broken.yaml")
        let sound = try scratch.write(ExitStatusTests.station, to: "sound.yaml")
        let options = ["--seeds", "3", "--warm-up", "auto", "--duration", "10000s"]
        let invalid = try orrery.run(["run", busy, sound] + options)
        #expect(invalid.status == 97 && invalid.errors.contains("\(busy): no warm-up was found"), "\(invalid.errors)")
        #expect(invalid.output.contains("✓ passed"), "\(invalid.output)")
        #expect(try orrery.run(["run", busy, broken] + options).status == 99)
    }
}

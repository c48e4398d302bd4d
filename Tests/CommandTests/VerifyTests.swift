import Foundation
import Testing

@Suite("orrery verify: the same in every process, or the first differing event", .serialized)
struct VerifyTests {
    private let orrery = OrreryProcess.built
    private static let fleet = "Scenarios/worldwide-fleet"

    /// The scenarios that ship, as the command line names them.
    static let shipped: [String] = {
        let folder = OrreryProcess.root.appending(path: "Scenarios").path
        let files = FileManager.default.enumerator(atPath: folder)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".yaml") }.sorted().map { "Scenarios/" + $0 }
    }()

    /// How long stories are run whose point is over, or has not come yet, after three hours.
    private static let durations = [
        "dawn-herd": "6h", "retry-storm": "6m", "stuck-subscriber": "12m", "collapse-at-15-nodes": "2m",
        "stale-state": "35m", "lock-convoy": "4s", "push-or-pull": "1h", "silent-telescopes": "4h",
    ]

    /// How long a scenario is run, by the folder of its story, or else as all others are.
    static func duration(of path: String, _ durations: [String: String], otherwise: String) -> String {
        path.split(separator: "/").compactMap { durations[String($0)] }.first ?? otherwise
    }

    @Test("every shipped scenario is the same in every process", arguments: shipped)
    func shippedScenarios(path: String) throws {
        // Three hours of the fleet or of a station, and two seeds, so that jobs have something to share.
        let duration = Self.duration(of: path, Self.durations, otherwise: "3h")
        let words = [path, "--duration", duration, "--seeds", "2"]
        let outcome = try orrery.run(["verify"] + words + ["-q"])
        #expect(outcome.status == 0, "\(outcome.output)\(outcome.errors)")
        #expect(outcome.output.contains(" runs in each of"))
        #expect(outcome.output.contains("\nIdentical: "))
        let fingerprints = try orrery.fingerprint(words)
        #expect(outcome.output.components(separatedBy: fingerprints).count >= 6, "\(outcome.output)")
        #expect(outcome.errors.isEmpty)
    }

    #if os(Linux) && arch(x86_64)
        @Test("one of the processes really has other functions of the C library")
        func otherLibrary() throws {
            let flags = try String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)
            guard flags.contains(" avx2 "), flags.contains(" fma ") else { return }
            let outcome = try orrery.run(["verify", "Scenarios/validation/m-m-1.yaml", "--seeds", "1", "-q"])
            #expect(outcome.output.contains("the library's functions gave other bits"), "\(outcome.output)")
        }
    #endif

    @Test("of a planted iteration in hash order, the first differing event is named: its time, kind and entity")
    func plantedDisorder() throws {
        // The plant touches nothing before noon, so that up to then everything is as in a run without it.
        let before = try events(until: "43199999999us")
        let outcome = try orrery.run(
            [
                "verify", VerifyTests.fleet, "--duration", "1d", "-q", "--plant-disorder", "43200",
            ])
        #expect(outcome.status == 96, "\(outcome.output)\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n").map(String.init)
        let common = lines.filter { $0.hasPrefix("  both ") }
        let pair = lines.filter { $0.hasPrefix("  reference  ") || $0.hasPrefix("  the other  ") }
        try #require(common.count == 8 && pair.count == 2, "\(outcome.output)")
        let place =
            #/ ([0-9,]+)  0 d 12:00:00\.000000000  43200000000000 +[0-9]+  sun crosses the limit +site ([0-9]+) \(/#
        let found = try pair.map { try #require(try place.firstMatch(in: $0), "\($0)").output }
        let numbers = found.map { Int($0.1.replacing(",", with: "")) ?? 0 }
        #expect(numbers[0] == numbers[1] && found[0].2 != found[1].2, "\(pair)")
        // Two orders of 282 sites may by chance begin alike.
        #expect((before + 1...before + 282).contains(numbers[0]), "\(numbers) after \(before)")
        if numbers[0] == before + 1 { #expect(common.allSatisfy { $0.contains(" 0 d 11:59:") }) }
        let differing = lines.first { $0.hasPrefix("Different: ") } ?? ""
        #expect(differing.contains("variant as-written, seed 1, after "), "\(outcome.output)")
        #expect(outcome.output.contains("DIFFERENT") && !outcome.output.contains("\nIdentical"))
    }

    /// How many events a run of the fleet has until an instant.
    private func events(until duration: String) throws -> Int {
        let outcome = try orrery.run(["run", VerifyTests.fleet, "--duration", duration, "--json", "-q"])
        let result = try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any]
        let variants = try #require(result?["variants"] as? [[String: Any]])
        let runs = try #require(variants.first?["replications"] as? [[String: Any]])
        return try #require(runs.first?["events"] as? Int)
    }

    @Test("no help and no list of commands leads to the plant or to the inner command")
    func plantIsHidden() throws {
        for arguments in [["help"], ["help", "verify"], ["verify", "--help-hidden"], ["help", "verify-runs"]] {
            #expect(!(try orrery.run(arguments).output.contains("plant")), "\(arguments)")
        }
        #expect(!(try orrery.run(["help"]).output.contains("verify-runs")))
        #expect(!(try orrery.run(["verfy"]).errors.contains("verify-runs")))
    }

    @Test(
        "wrong options exit 64 and say what is wrong",
        arguments: [
            (["--seeds", "0"], "--seeds"), (["--jobs", "0"], "--jobs"), (["--tie-seeds", "3"], "--shuffle-ties"),
            (["--shuffle-ties", "--tie-seeds", "0"], "--tie-seeds"), (["--variant", "none"], "--variant"),
            (["--seed", "1", "--seeds", "2"], "--seed"), (["-o", "json"], "-o"), (["--set", "nonsense"], "--set"),
        ])
    func wrongOptions(options: [String], word: String) throws {
        let outcome = try orrery.run(["verify", "Scenarios/validation/m-m-1.yaml"] + options)
        #expect(outcome.status == 64 && outcome.errors.contains(word), "\(options): \(outcome.errors)")
        #expect(outcome.output.isEmpty)
    }

    @Test("a missing file exits 66, a faulty one 65, and --dry-run starts nothing")
    func inputs() throws {
        #expect(try orrery.run(["verify", "no-such.yaml"]).status == 66)
        let faulty = try orrery.run(["verify", VerifyTests.fleet, "--set", "system.workers.count=-1"])
        #expect(faulty.status == 65 && faulty.errors.contains("workers"))
        let dry = try orrery.run(["verify", VerifyTests.fleet, "--dry-run"])
        #expect(dry.status == 0 && dry.output.contains("a second process") && !dry.output.contains("Identical"))
    }

    @Test("several scenarios are verified one after the other, and two commands at once do not meet")
    func several() throws {
        let files = ["m-m-1", "m-m-c"].map { "Scenarios/validation/\($0).yaml" }
        let arguments = ["verify"] + files + ["--seeds", "2", "-q"]
        var second: OrreryProcess.Outcome?
        let first = try orrery.run(arguments) { _ in second = try orrery.run(arguments) }
        #expect(first.status == 0 && second?.status == 0)
        #expect(first.output == second?.output)
        #expect(first.output.components(separatedBy: "\nIdentical: ").count == 3, "\(first.output)")
    }

    @Test("a reader that goes away ends nothing early, and what is wrong is still said by the status")
    func readerGone() throws {
        let script = """
            { "$0" verify Scenarios/validation/m-m-1.yaml --seeds 1 -q; echo $? >&2; } | true
            """
        let outcome = try OrreryProcess(path: "/bin/sh").run(["-c", script, orrery.path])
        #expect(outcome.errors == "0\n")
    }
}

@Suite("orrery verify: processes that end early are no difference", .serialized)
struct VerifyEndingTests {
    private let orrery = OrreryProcess.built
    private static let long = ["verify", "Scenarios/worldwide-fleet", "--duration", "3650d", "-q"]

    @Test(
        "Ctrl-C and SIGTERM stop all processes, exit 130 and 143, and leave none behind",
        arguments: [(SIGINT, 130), (SIGTERM, 143)] as [(Int32, Int32)])
    func interruption(signal: Int32, status: Int32) throws {
        var children: [Int32] = []
        let outcome = try orrery.run(VerifyEndingTests.long) { process in
            children = try VerifyEndingTests.children(of: process)
            kill(process.processIdentifier, signal)
        }
        #expect(outcome.status == status && outcome.output.isEmpty, "\(outcome.errors)")
        #expect(!children.isEmpty)
        try VerifyEndingTests.expectGone(children)
    }

    @Test("when the command itself is killed, its processes end by themselves")
    func killedParent() throws {
        var children: [Int32] = []
        let outcome = try orrery.run(VerifyEndingTests.long) { process in
            children = try VerifyEndingTests.children(of: process)
            kill(process.processIdentifier, SIGKILL)
        }
        #expect(outcome.status == -SIGKILL && !children.isEmpty)
        try VerifyEndingTests.expectGone(children)
    }

    @Test(
        "a process that is killed exits 97, one that traps 70; neither is called a difference",
        arguments: [(SIGKILL, 97, "ended by signal 9"), (SIGILL, 70, "ended ")] as [(Int32, Int32, String)])
    func lostChild(signal: Int32, status: Int32, words: String) throws {
        var children: [Int32] = []
        let outcome = try orrery.run(VerifyEndingTests.long) { process in
            children = try VerifyEndingTests.children(of: process)
            let child = try #require(children.first)
            // Before the program listens for traps, the Swift runtime's own handler may swallow one that is sent.
            for _ in 0..<1000 where process.isRunning {
                kill(child, signal)
                Thread.sleep(forTimeInterval: 0.02)
            }
            process.terminate()
        }
        #expect(outcome.status == status, "\(outcome.errors)")
        #expect(outcome.errors.contains(words) && outcome.errors.contains("that is no difference"))
        #expect(!outcome.output.contains("DIFFERENT"))
        try VerifyEndingTests.expectGone(children)
    }

    @Test("a difference that was found stands, also if the second look comes to nothing")
    func lostSecondLook() throws {
        let arguments = ["verify", "Scenarios/worldwide-fleet", "--duration", "2d", "--plant-disorder", "170000"]
        let scratch = try Scratch()
        let errors = scratch.folder.appending(path: "errors").path
        let script = "exec \"$0\" \"$@\" 2> '\(errors)'"
        let outcome = try OrreryProcess(path: "/bin/sh").run(["-c", script, orrery.path] + arguments) { process in
            for _ in 0..<3000 {
                let said = (try? String(contentsOfFile: errors, encoding: .utf8)) ?? ""
                if said.contains("side by side") || !process.isRunning { break }
                Thread.sleep(forTimeInterval: 0.02)
            }
            for child in try VerifyEndingTests.children(of: process).prefix(1) { kill(child, SIGKILL) }
        }
        #expect(outcome.status == 96, "\(outcome.output)")
        #expect(outcome.output.contains("\nDifferent: ") && !outcome.output.contains("  the other  "))
        #expect(try String(contentsOfFile: errors, encoding: .utf8).contains("no second look: "))
    }

    @Test("a scenario that changes meanwhile is no difference, and is said to have changed")
    func changedScenario() throws {
        let scratch = try Scratch()
        let file = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let outcome = try orrery.run(["verify", file, "--duration", "15d", "--jobs", "1", "-q"]) { process in
            _ = try VerifyEndingTests.children(of: process)
            Thread.sleep(forTimeInterval: 0.3)
            try Data(ExitStatusTests.station.replacing("500ms", with: "400ms").utf8).write(
                to: URL(fileURLWithPath: file))
        }
        #expect(outcome.status == 97 && outcome.errors.contains("was changed"), "\(outcome.output)\(outcome.errors)")
    }

    /// The processes that a process has started, once there are some.
    private static func children(of process: Process) throws -> [Int32] {
        for _ in 0..<200 {
            let numbers = try FileManager.default.contentsOfDirectory(atPath: "/proc").compactMap { Int32($0) }
            let children = numbers.filter { number in
                // The fourth word is the parent's number; the second is the name, in brackets.
                let status = try? String(contentsOfFile: "/proc/\(number)/stat", encoding: .utf8)
                let words = status?.split(separator: ")").last?.split(separator: " ") ?? []
                return words.count > 1 && Int32(words[1]) == process.processIdentifier
            }
            if !children.isEmpty { return children.sorted() }
            Thread.sleep(forTimeInterval: 0.02)
        }
        return []
    }

    private static func expectGone(_ processes: [Int32]) throws {
        for _ in 0..<100 {
            // A process that has ended but was not yet collected has no command line any more.
            let alive = processes.filter { number in
                (try? String(contentsOfFile: "/proc/\(number)/cmdline", encoding: .utf8))?.contains("verify-runs")
                    ?? false
            }
            if alive.isEmpty { return }
            Thread.sleep(forTimeInterval: 0.05)
        }
        Issue.record("processes are left behind")
    }
}

@Suite("orrery verify --shuffle-ties")
struct ShuffleTiesTests {
    private let orrery = OrreryProcess.built

    @Test("says that no metric of a random station depends on ties, and which do where everything coincides")
    func dependence() throws {
        let random = try orrery.run(
            ["verify", "Scenarios/validation/m-m-1-k.yaml", "--shuffle-ties", "--seeds", "2", "--tie-seeds", "3", "-q"])
        #expect(random.status == 0 && random.output.contains("No metric depends"), "\(random.output)\(random.errors)")
        #expect(random.output.contains("the same bits in all 6"))
        let scratch = try Scratch()
        let text = ExitStatusTests.station.replacing("{ kind: exponential, mean: 1s }", with: "1s")
            .replacing("{ kind: exponential, mean: 500ms }", with: "1s")
            .replacing("system:", with: "system:\n  broker: { capacity: 0 }")
        let tied = try orrery.run(
            ["verify", try scratch.write(text, to: "tied.yaml"), "--shuffle-ties", "--tie-seeds", "3", "-q"])
        #expect(tied.status == 0 && tied.output.contains("metrics depend on the order of ties"), "\(tied.output)")
        let lost = try #require(tied.output.split(separator: "\n").first { $0.hasPrefix("  items.lost ") })
        #expect(lost.hasSuffix("changed in 3 of 3"), "\(lost)")
        let produced = try #require(tied.output.split(separator: "\n").first { $0.hasPrefix("  items.produced ") })
        #expect(produced.hasSuffix("the same bits in all 3"), "\(produced)")
    }

    @Test(
        "every shipped scenario keeps its books and its invariants in shuffled orders", arguments: VerifyTests.shipped)
    func shipped(path: String) throws {
        // Half a day of telescopes; as much happens sooner where nodes, or workers and their locks, talk all the time.
        let durations = ["collapse-at-15-nodes": "15m", "lock-convoy": "4s", "stale-state": "1h"]
        let duration = VerifyTests.duration(of: path, durations, otherwise: "12h")
        let outcome = try orrery.run([
            "verify", path, "--shuffle-ties", "--tie-seeds", "2", "--seeds", "1", "--duration", duration, "-q",
        ])
        #expect(outcome.status == 0, "\(outcome.errors)")
    }
}

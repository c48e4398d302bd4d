import Foundation
import Testing

@Suite("The README is true")
struct ReadmeTests {
    private let orrery = OrreryProcess.built

    @Test("its scenario runs, and its commands do what it says")
    func commands() throws {
        let readme = try String(contentsOf: OrreryProcess.root.appending(path: "README.md"), encoding: .utf8)
        let scratch = try Scratch()
        _ = try scratch.write(try #require(ReadmeTests.blocks("yaml", in: readme).first), to: "my-scenario.yaml")
        try FileManager.default.createSymbolicLink(
            at: scratch.folder.appending(path: "Scenarios"),
            withDestinationURL: OrreryProcess.root.appending(path: "Scenarios"))
        let own = try orrery.run(["run", "my-scenario.yaml"], in: scratch.folder)
        #expect(own.status == 0 || own.status == 99, "\(own.errors)")
        #expect(own.output.contains("half-the-workers"))
        let lines = ReadmeTests.blocks("sh", in: readme).joined(separator: "\n").split(separator: "\n").filter {
            $0.hasPrefix("orrery ")
        }
        #expect(lines.count >= 7)
        let shell = OrreryProcess(path: "/bin/sh")
        for line in lines {
            let script = "orrery() { '\(orrery.path)' \"$@\"; }; \(line)"
            let outcome = try shell.run(["-c", script], in: scratch.folder)
            #expect(outcome.status == 0 || outcome.status == 99, "\(line): \(outcome.errors)")
            #expect(!outcome.output.isEmpty || line.contains(">"), "\(line)")
        }
        for file in ["fleet.html", "fleet.json", "scenario.schema.json"] {
            let size =
                try FileManager.default.attributesOfItem(atPath: scratch.folder.appending(path: file).path)[.size]
                as? Int
            #expect(size ?? 0 > 1000, "\(file)")
        }
    }

    /// The folders of scenarios.
    private static let folders =
        (try? FileManager.default.contentsOfDirectory(
            atPath: OrreryProcess.root.appending(path: "Scenarios").path)) ?? []

    @Test("every folder of scenarios has one, and its commands can be run", arguments: folders)
    func scenarioCommands(folder: String) throws {
        let file = OrreryProcess.root.appending(path: "Scenarios/\(folder)/README.md")
        let lines = try ReadmeTests.blocks("sh", in: String(contentsOf: file, encoding: .utf8)).joined(separator: "\n")
            .split(separator: "\n")
        #expect(!lines.isEmpty)
        for line in lines {
            // Without the simulation: the stories' own tests run them.
            let script = "cd '\(OrreryProcess.root.path)'; orrery() { '\(orrery.path)' \"$@\" --dry-run; }; \(line)"
            let outcome = try OrreryProcess(path: "/bin/sh").run(["-c", script])
            let isKnown = ["run", "sweep", "capacity"].contains { line.hasPrefix("orrery \($0) ") }
            #expect(isKnown && outcome.status == 0, "\(line): \(outcome.errors)")
        }
    }

    @Test("every exit code that it names is explained by the program")
    func exitCodes() throws {
        let readme = try String(contentsOf: OrreryProcess.root.appending(path: "README.md"), encoding: .utf8)
        let explained = try orrery.run(["explain", "exit-codes"]).output
        for code in ["0", "64", "65", "66", "70", "73", "96", "97", "99", "130", "143"] {
            #expect(explained.split(separator: "\n").contains { $0.hasPrefix("\(code)\t") }, "\(code)")
            #expect(readme.contains(code))
            #expect(try orrery.run(["explain", code]).status == 0)
        }
    }

    @Test("everything that is listed can be explained")
    func everythingIsExplained() throws {
        for topic in ["components", "cameras", "distributions", "metrics"] {
            let names = try orrery.run(["list", topic]).output.split(separator: "\n").compactMap {
                $0.split(separator: " ").first
            }
            #expect(names.count > 3)
            for name in names {
                let outcome = try orrery.run(["explain", String(name)])
                #expect(outcome.status == 0 && outcome.output.contains(name), "\(name): \(outcome.errors)")
            }
        }
        let mistyped = try orrery.run(["explain", "delivery.latencyy"])
        #expect(mistyped.status == 64 && mistyped.errors.contains("'delivery.latency'"))
    }

    @Test(
        "parts of sections can be explained, with a name, without one, or with the placeholder",
        arguments: [
            ("fleet", "site: "), ("fleet.site", "a name of the section sites"), ("fleet.domes.count", "default 1"),
            ("sites.ridge.uplink", "rate: "), ("sites.<name>.uplink.rate", "default 18.4Mbps"),
            ("system", "system.workers"), ("system.workers.count", "a whole number"),
        ])
    func partsAreExplained(name: String, word: String) throws {
        let outcome = try orrery.run(["explain", name])
        #expect(outcome.status == 0 && outcome.output.contains(word), "\(outcome.output)\(outcome.errors)")
    }

    @Test("what validate --show prints of a variant is a scenario with the same fingerprint")
    func shownVariants() throws {
        let readme = try String(contentsOf: OrreryProcess.root.appending(path: "README.md"), encoding: .utf8)
        let scratch = try Scratch()
        let file = try scratch.write(try #require(ReadmeTests.blocks("yaml", in: readme).first), to: "own.yaml")
        for variant in ["as-written", "half-the-workers"] {
            let shown = try orrery.run(["validate", "--show", "--variant", variant, file])
            let again = try scratch.write(shown.output, to: "\(variant).yaml")
            let options = ["--seed", "7", "--duration", "12h"]
            let first = try orrery.run(["run", file, "--variant", variant, "-q"] + options)
            let second = try orrery.run(["run", again, "-q"] + options)
            let fingerprints = [first, second].map { outcome in
                outcome.output.split(separator: "\n").first { $0.hasPrefix("fingerprint") }
            }
            #expect(fingerprints[0] != nil && fingerprints[0] == fingerprints[1], "\(variant): \(second.errors)")
        }
    }

    /// The fenced blocks of a language.
    private static func blocks(_ language: String, in text: String) -> [String] {
        text.components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }
}

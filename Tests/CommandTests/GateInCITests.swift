import Foundation
import Testing
import Yams

@Suite("The steps of docs/CI.md")
struct GateInCITests {
    private let orrery = OrreryProcess.built
    private static let page = try? String(
        contentsOf: OrreryProcess.root.appending(path: "docs/CI.md"), encoding: .utf8)

    /// The fenced blocks of a language.
    private static func blocks(_ language: String) -> [String] {
        (page ?? "").components(separatedBy: "```\(language)\n").dropFirst().compactMap {
            $0.components(separatedBy: "\n```").first
        }
    }

    /// The shell of GitHub's steps and of GitLab's lines, in their order.
    private static func scripts() throws -> (github: [String], gitlab: [String]) {
        let pages = try blocks("yaml").map { try #require(try Yams.load(yaml: $0) as? [String: Any]) }
        try #require(pages.count == 2)
        let jobs = try #require(pages[0]["jobs"] as? [String: Any])
        let steps = try #require((jobs["gate"] as? [String: Any])?["steps"] as? [[String: Any]])
        let job = try #require(pages[1]["gate"] as? [String: Any])
        let lines = ["before_script", "script"].flatMap { job[$0] as? [String] ?? [] }
        return (steps.compactMap { $0["run"] as? String }, [lines.joined(separator: "\n")])
    }

    /// A checkout in small: a scenario with its baseline; setting up and building do nothing, the program is there.
    private func checkout() throws -> Scratch {
        let scratch = try Scratch()
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        let saved = try orrery.run(["baseline", "save", "-q", "--seeds", "5", "station.yaml"], in: scratch.folder)
        try #require(saved.status == 0, "\(saved.errors)")
        for folder in ["scripts", "tools", ".build/release"] {
            try FileManager.default.createDirectory(
                at: scratch.folder.appending(path: folder), withIntermediateDirectories: true)
        }
        for name in ["scripts/setup", "tools/swift"] {
            let path = try scratch.write("#!/bin/sh\necho \"$0 $*\" >> steps\n", to: name)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: path)
        }
        try FileManager.default.createSymbolicLink(
            atPath: scratch.folder.appending(path: ".build/release/orrery").path, withDestinationPath: orrery.path)
        return scratch
    }

    /// Runs steps as a runner does, each in a shell of its own, and says how each ended.
    private func run(_ steps: [String], in scratch: Scratch) throws -> [Int32] {
        let folder = scratch.folder.path
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        let environment = [
            "PATH": "\(folder)/tools:\(path)", "GITHUB_PATH": "\(folder)/path",
            "GITHUB_STEP_SUMMARY": "\(folder)/summary",
        ]
        return try steps.map { step in
            // What a step adds to GITHUB_PATH is found by the steps behind it.
            let prefix = "if [ -f path ]; then PATH=\"$(tail -n 1 path):$PATH\"; fi\n"
            let outcome = try OrreryProcess(path: "/bin/sh").run(
                ["-e", "-c", prefix + step], in: scratch.folder, environment: environment)
            return outcome.status
        }
    }

    private func text(_ name: String, _ scratch: Scratch) throws -> String {
        try String(contentsOf: scratch.folder.appending(path: name), encoding: .utf8)
    }

    @Test("for GitHub set up, build, check, and put what moved into the summary, also where the gate fails")
    func github() throws {
        let scratch = try checkout()
        let steps = try GateInCITests.scripts().github
        #expect(try run(steps, in: scratch) == [0, 0, 0])
        let built = try text("steps", scratch)
        #expect(built.contains("scripts/setup run") && built.contains("swift build -c release --product orrery"))
        #expect(try text("summary", scratch).contains("| station | 5 | = identical |"))
        let slower = ExitStatusTests.station.replacing("mean: 500ms", with: "mean: 550ms")
        _ = try scratch.write(slower, to: "station.yaml")
        #expect(try run(steps, in: scratch) == [0, 98, 0])
        #expect(
            try text("summary", scratch).contains("| station | 5 | ✗ regressed | as-written: delivery.latency mean +"))
        #expect(try text("Reports/out/gate.xml", scratch).contains("<failure type=\"regressed\""))
        #expect(try text("Reports/out/gate.json", scratch).contains("orrery-gate"))
    }

    @Test("for GitLab do the same in one script")
    func gitlab() throws {
        let scratch = try checkout()
        let steps = try GateInCITests.scripts().gitlab
        #expect(try run(steps, in: scratch) == [0])
        _ = try scratch.write(ExitStatusTests.station.replacing("mean: 500ms", with: "mean: 550ms"), to: "station.yaml")
        #expect(try run(steps, in: scratch) == [98])
        #expect(try text("Reports/out/gate.xml", scratch).contains("<failure type=\"regressed\""))
    }

    @Test("and its commands can be run as they stand there")
    func commands() throws {
        let scratch = try Scratch()
        let readme = try String(contentsOf: OrreryProcess.root.appending(path: "README.md"), encoding: .utf8)
        let scenario = try #require(readme.components(separatedBy: "```yaml\n").dropFirst().first)
        _ = try scratch.write(try #require(scenario.components(separatedBy: "\n```").first), to: "my-scenario.yaml")
        for line in GateInCITests.blocks("sh").joined(separator: "\n").split(separator: "\n") {
            let outcome = try OrreryProcess(path: "/bin/sh").run(
                ["-c", "orrery() { '\(orrery.path)' \"$@\"; }; \(line)"], in: scratch.folder)
            #expect(outcome.status == 0 && !outcome.output.isEmpty, "\(line): \(outcome.errors)")
        }
    }
}

import Foundation
import Testing

@Suite("orrery compare")
struct CompareCommandTests {
    private let orrery = OrreryProcess.built
    /// A folder with results of a station, of a slower one, and of three variants.
    private let scratch: Scratch

    init() throws {
        scratch = try Scratch()
        let variants =
            "variants: { base: {}, slow: { system: { workers: { service: { kind: exponential, mean: 700ms } } } }, same: {} }\n"
        _ = try scratch.write(ExitStatusTests.station, to: "station.yaml")
        _ = try scratch.write(ExitStatusTests.station + variants, to: "variants.yaml")
        let commands = [
            ["station.yaml", "-o", "json=base.json"],
            ["station.yaml", "-o", "json=slow.json", "--set", "system.workers.service.mean=700ms"],
            ["station.yaml", "-o", "json=other.json", "--seed-base", "100"],
            ["station.yaml", "-o", "json=later.json", "--seed-base", "6"],
            ["station.yaml", "-o", "json=named.json", "--set", "name=another"],
            ["variants.yaml", "-o", "json=variants.json"],
        ]
        for command in commands {
            let outcome = try orrery.run(["run", "-q", "--seeds", "10"] + command, in: scratch.folder)
            try #require(outcome.status == 0, "\(outcome.errors)")
        }
    }

    @Test("exits 98 if anything is shown to be worse, and 0 if not")
    func regression() throws {
        let worse = try orrery.run(["compare", "base.json", "slow.json"], in: scratch.folder)
        #expect(worse.status == 98 && worse.output.contains("✗ delivery.latency"), "\(worse.output)\(worse.errors)")
        for line in worse.output.split(separator: "\n") { #expect(line.count <= 100, "\(line)") }
        let better = try orrery.run(["compare", "slow.json", "base.json"], in: scratch.folder)
        #expect(better.status == 0 && better.output.contains("✓ delivery.latency"), "\(better.output)")
        let same = try orrery.run(["compare", "base.json", "base.json"], in: scratch.folder)
        #expect(same.status == 0 && same.output.contains("Everything is the same in every seed."), "\(same.output)")
    }

    @Test("says how many runs have no partner")
    func partners() throws {
        let outcome = try orrery.run(["compare", "base.json", "later.json"], in: scratch.folder)
        #expect(outcome.output.contains("· 5 pairs"), "\(outcome.output)\(outcome.errors)")
        #expect(outcome.errors.contains("10 runs have no partner with the same seed, and are left out"))
    }

    @Test("compares variants of one result, as text, Markdown or JSON")
    func variants() throws {
        func run(_ options: [String]) throws -> OrreryProcess.Outcome {
            let words = ["compare", "variants.json", "--variants", "base", "slow", "same"]
            return try orrery.run(words + options, in: scratch.folder)
        }
        let text = try run([])
        #expect(
            text.status == 98 && text.output.contains("slow against base · 10 pairs"), "\(text.output)\(text.errors)")
        #expect(try run(["--format", "markdown"]).output.contains("| delivery.latency | "))
        let json = try run(["--format", "json"])
        let object = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
        #expect(object?["format"] as? String == "orrery-comparison")
        let alternatives = try #require(object?["alternatives"] as? [[String: Any]])
        #expect(alternatives.count == 2)
        let rows = try #require(alternatives[0]["metrics"] as? [[String: Any]])
        let latency = try #require(rows.first { $0["key"] as? String == "delivery.latency" })
        let paired = try #require(latency["pairedVariance"] as? Double)
        let unpaired = try #require(latency["unpairedVariance"] as? Double)
        let ratio = try #require(latency["varianceReduction"] as? Double)
        #expect(abs(ratio * paired / unpaired - 1) < 1e-12 && ratio > 1)
        #expect(text.output.replacing(/\s+/, with: " ").contains(/variance [0-9.]+, unpaired [0-9.]+ \([0-9.]+ ×\)/))
    }

    @Test("refuses what cannot be paired, and says why")
    func faults() throws {
        let table: [([String], Int32, String)] = [
            (["base.json"], 64, "a base and at least one result"), (["base.json", "nowhere.json"], 66, "nowhere.json"),
            (["base.json", "other.json"], 65, "no seed finished on both sides"),
            (["base.json", "named.json"], 65, "the scenario is 'another'"),
            (["base.json", "station.yaml"], 65, "not a JSON file"),
            (["base.json", "variants.json"], 65, "no variant is in the base"),
            (["variants.json", "--variants", "base", "fast"], 64, "it has base, slow, same"),
        ]
        for (arguments, status, words) in table {
            let outcome = try orrery.run(["compare"] + arguments, in: scratch.folder)
            #expect(outcome.status == status && outcome.errors.contains(words), "\(arguments): \(outcome.errors)")
        }
    }
}

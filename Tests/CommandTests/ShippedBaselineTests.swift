import Foundation
import Testing

@Suite("The shipped baselines")
struct ShippedBaselineTests {
    private let orrery = OrreryProcess.built
    private static let folder = OrreryProcess.root.appending(path: "Reports/baselines")

    /// The names of all baselines.
    private static let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? [])
        .filter { $0.hasSuffix(".json") }.sorted()

    /// The scenarios whose runs take longer than a test should; `orrery baseline check` runs them too.
    private static let expensive = [
        "collapse-at-15-nodes", "lock-convoy", "queue-overflow", "rejoin", "retry-storm", "sessions", "stale-state",
        "stuck-subscriber", "thrashing-autoscaler", "worldwide-fleet",
    ]

    private func baseline(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: ShippedBaselineTests.folder.appending(path: name))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    }

    @Test("are there for every scenario that ships")
    func complete() throws {
        let root = OrreryProcess.root.appending(path: "Scenarios").path
        let files = FileManager.default.enumerator(atPath: root)?.compactMap { $0 as? String } ?? []
        let scenarios = files.filter { $0.hasSuffix(".yaml") }.map {
            "Scenarios/" + ($0.hasSuffix("/scenario.yaml") ? String($0.dropLast("/scenario.yaml".count)) : $0)
        }
        let paths = try ShippedBaselineTests.names.map { try #require(try baseline($0)["path"] as? String) }
        #expect(paths.sorted() == scenarios.sorted())
    }

    @Test("are small, and each keeps for every figure a value of each seed", arguments: names)
    func small(name: String) throws {
        let file = ShippedBaselineTests.folder.appending(path: name)
        #expect(try Data(contentsOf: file).count < 50_000)
        let object = try baseline(name)
        let seeds = try #require(object["seedCount"] as? Int)
        let variants = try #require(object["variants"] as? [[String: Any]])
        for figure in variants.flatMap({ $0["figures"] as? [[String: Any]] ?? [] }) {
            #expect((figure["values"] as? [Double])?.count == seeds)
            #expect((figure["tolerance"] == nil) == (figure["note"] != nil))
        }
    }

    @Test(
        "are valid by their schema, which refuses a stray field", .enabled(if: hasPythonSchema, "no python3 jsonschema")
    )
    func schema() throws {
        let scratch = try Scratch()
        let schema = try orrery.run(["schema", "baseline"])
        #expect(schema.status == 0)
        let file = try scratch.write(schema.output, to: "schema.json")
        let script = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft7Validator.check_schema(schema)
            for name in sys.argv[2:]:
                jsonschema.Draft7Validator(schema).validate(json.load(open(name)))
            """
        let python = OrreryProcess(path: "/usr/bin/env")
        let files = ShippedBaselineTests.names.map { ShippedBaselineTests.folder.appending(path: $0).path }
        let valid = try python.run(["python3", "-c", script, file] + files)
        #expect(valid.status == 0, "\(valid.errors.suffix(1000))")
        let one = try String(contentsOfFile: try #require(files.first), encoding: .utf8)
        let stray = try scratch.write(
            one.replacing("\"seedBase\":", with: "\"stray\": 1, \"seedBase\":"), to: "stray.json")
        #expect(try python.run(["python3", "-c", script, file, stray]).status != 0)
    }

    /// In CI nothing is skipped; elsewhere python may lack the module.
    private static let hasPythonSchema =
        ProcessInfo.processInfo.environment["CI"] != nil
        || (try? OrreryProcess(path: "/usr/bin/env").run(["python3", "-c", "import jsonschema"]).status) == 0

    @Test("of cheap scenarios are what those give: identical")
    func cheap() throws {
        let scenarios = try ShippedBaselineTests.names.filter { name in
            !ShippedBaselineTests.expensive.contains(String(name.dropLast(".json".count)))
        }.map { try #require(try baseline($0)["path"] as? String) }
        try #require(scenarios.count >= 10)
        let outcome = try orrery.run(["baseline", "check", "-q"] + scenarios)
        #expect(outcome.status == 0, "\(outcome.errors)")
        #expect(outcome.output.hasPrefix("= All \(scenarios.count) scenarios are identical"), "\(outcome.output)")
    }
}

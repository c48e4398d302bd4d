import Foundation
import Testing

@Suite("What programs read is as the published schemas say")
struct SchemaTests {
    private let orrery = OrreryProcess.built
    private static let hasPythonSchema =
        ProcessInfo.processInfo.environment["CI"] != nil
        || (try? OrreryProcess(path: "/usr/bin/env").run(["python3", "-c", "import jsonschema"]).status) == 0

    @Test(
        "results of run, sweep, capacity and compare are valid, and a stray field is not",
        .enabled(if: hasPythonSchema, "no python3 jsonschema"))
    func published() throws {
        let scratch = try Scratch()
        let station =
            ExitStatusTests.station + """
                variants: { one: {}, two: { system: { workers: { count: 2 } } } }
                thresholds: { delivery.latency: [ "mean < 30s" ] }

                """
        _ = try scratch.write(station, to: "s.yaml")
        let commands: [(schema: String, words: [String])] = [
            ("result", ["run", "s.yaml", "--seeds", "3", "--json", "-q"]),
            (
                "sweep",
                [
                    "sweep", "s.yaml", "--variant", "one", "--sweep", "system.workers.count=1..3", "--seeds", "2",
                    "--json", "-q",
                ]
            ),
            (
                "capacity",
                ["capacity", "s.yaml", "--variant", "one", "--vary", "system.workers.count=1..3", "--json", "-q"]
            ),
            ("comparison", ["compare", "result.json", "--variants", "one", "two", "--format", "json"]),
        ]
        let check = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft7Validator.check_schema(schema)
            value = json.load(open(sys.argv[2]))
            jsonschema.Draft7Validator(schema).validate(value)
            value["stray"] = 1
            assert not jsonschema.Draft7Validator(schema).is_valid(value)
            """
        for (schema, words) in commands {
            let outcome = try orrery.run(words, in: scratch.folder)
            #expect([0, 97, 98, 99].contains(outcome.status), "\(words): \(outcome.errors)")
            let file = try scratch.write(outcome.output, to: "\(schema).json")
            let text = try orrery.run(["schema", schema]).output
            let published = try scratch.write(text, to: "\(schema).schema.json")
            let run = try OrreryProcess(path: "/usr/bin/env").run(["python3", "-c", check, published, file])
            #expect(run.status == 0, "\(schema): \(run.errors.suffix(2000))")
        }
    }
}

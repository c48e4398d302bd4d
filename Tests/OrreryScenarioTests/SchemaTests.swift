import Foundation
import OrreryScenario
import Testing

@Suite("Schema: what editors check is what the decoder checks")
struct SchemaTests {
    @Test("the schema is JSON, names draft-07, and holds every section")
    func json() throws {
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(ScenarioSchema.text.utf8)) as? [String: Any])
        #expect(schema["$schema"] as? String == "http://json-schema.org/draft-07/schema#")
        let properties = try #require(schema["properties"] as? [String: Any])
        let keys = [
            "version", "name", "summary", "time", "seeds", "sites", "fleet", "arrivals", "system", "faults",
            "variants", "sweep", "thresholds",
        ]
        #expect(Set(properties.keys) == Set(keys))
        #expect(schema["required"] as? [String] == ["version", "name", "time", "system"])
    }

    @Test(
        "the schema is valid draft-07, accepts sound files and their canonical texts, and refuses faulty ones",
        .enabled(if: Validator.isThere, "needs python3 with jsonschema and PyYAML"))
    func files() throws {
        let canonical = try SampleText.scenario(SampleText.text).variants.map(\.text)
        for text in [SampleText.text, SampleText.smallest] + canonical {
            #expect(try Validator.problems(text) == "")
        }
        let swept = try SampleText.sweep(SampleText.text)
        for point in swept.points { #expect(try Validator.problems(point.variants[0].text) == "") }
        #expect(try Validator.problems(SampleText.smallest + (swept.scenario.sweep?.text ?? "")) == "")
        #expect(try Validator.problems(SampleText.smallest + "sweep: { count: [1] }\n") != "")
        #expect(try Validator.problems(SampleText.smallest + "sweep: { system.workers.count: {} }\n") != "")
        let mistakes = FaultTests.keys + FaultTests.values
        for mistake in mistakes where Validator.canSee(mistake.fault) {
            let text = SampleText.replacing(mistake.right, mistake.wrong)
            #expect(try Validator.problems(text) != "", "\(mistake.fault)")
        }
    }
}

/// Checks texts against the schema with the reference implementation.
enum Validator {
    /// Whether a schema can see such a fault; some concern names, calendars or two values at once.
    static func canSee(_ fault: String) -> Bool {
        let unseen = [
            ".nan", "given twice", "is not in the section", "is not shorter", "has a mean", "is not a date",
            "-3s is out of range",
        ]
        return !unseen.contains { fault.contains($0) }
    }

    /// Whether Python and its packages are there.
    static let isThere: Bool = (try? run("import jsonschema, yaml", "")) == ""

    /// What the reference implementation says against a text; empty if nothing.
    static func problems(_ text: String) throws -> String {
        try run(
            """
            import json, sys, yaml, jsonschema
            schema, text = json.load(sys.stdin)
            class Loader(yaml.SafeLoader): pass
            Loader.yaml_implicit_resolvers = {
                first: [(tag, form) for tag, form in forms if not tag.endswith("timestamp")]
                for first, forms in yaml.SafeLoader.yaml_implicit_resolvers.items()}
            schema = json.loads(schema)
            jsonschema.Draft7Validator.check_schema(schema)
            for error in jsonschema.Draft7Validator(schema).iter_errors(yaml.load(text, Loader)):
                print(list(error.path), error.message)
            """, String(decoding: JSONEncoder().encode([ScenarioSchema.text, text]), as: UTF8.self))
    }

    private static func run(_ program: String, _ input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", "-c", program]
        let (inward, outward) = (Pipe(), Pipe())
        process.standardInput = inward
        process.standardOutput = outward
        process.standardError = outward
        try process.run()
        try inward.fileHandleForWriting.write(contentsOf: Data(input.utf8))
        try inward.fileHandleForWriting.close()
        let output = try outward.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: output, as: UTF8.self)
    }
}

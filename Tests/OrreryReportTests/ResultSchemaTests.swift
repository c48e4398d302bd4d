import Foundation
import OrreryExperiment
import Testing

@testable import OrreryReport

@Suite("The schema of the result file")
struct ResultSchemaTests {
    @Test(
        "knows every key that the encoder writes, and demands none that it never writes",
        arguments: Fixture.all.map(\.name))
    func coversAllKeys(_ name: String) throws {
        let result = try #require(Fixture.all.first { $0.name == name }).result
        let schema = try #require(
            try JSONSerialization.jsonObject(with: Data(ResultSchema.text.utf8)) as? [String: Any])
        let definitions = try #require(schema["definitions"] as? [String: Any])
        let value = try JSONSerialization.jsonObject(with: ResultFile.encode(result))
        #expect(unknownKeys(of: value, in: schema, definitions).isEmpty)
    }

    @Test(
        "accepts what the encoder writes and refuses a stray field",
        .enabled(if: Tool.hasPythonSchema, "no python3 jsonschema"))
    func validates() throws {
        let folder = try TemporaryFolder()
        let schema = try folder.write(ResultSchema.text, as: "schema.json")
        let check = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft7Validator.check_schema(schema)
            for name in sys.argv[2:]:
                jsonschema.Draft7Validator(schema).validate(json.load(open(name)))
            """
        for (name, result) in Fixture.all {
            let text = String(decoding: try ResultFile.encode(result), as: UTF8.self)
            let file = try folder.write(text, as: "\(name).json")
            let run = try Tool.run("python3", ["-c", check, schema, file])
            #expect(run.status == 0, "\(name): \(run.output.suffix(2000))")
            let stray = try folder.write(
                text.replacing("\"seeds\" :", with: "\"stray\" : 1, \"seeds\" :"), as: "stray.json")
            #expect(try Tool.run("python3", ["-c", check, schema, stray]).status != 0)
        }
    }

    /// The keys in a value for which the schema has no property.
    private func unknownKeys(of value: Any, in schema: [String: Any], _ definitions: [String: Any]) -> [String] {
        if let reference = schema["$ref"] as? String, let name = reference.split(separator: "/").last {
            return unknownKeys(of: value, in: definitions[String(name)] as? [String: Any] ?? [:], definitions)
        }
        if let list = value as? [Any] {
            guard let items = schema["items"] as? [String: Any] else { return [] }
            return list.flatMap { unknownKeys(of: $0, in: items, definitions) }
        }
        guard let object = value as? [String: Any] else { return [] }
        let properties = schema["properties"] as? [String: Any] ?? [:]
        let isOpen = schema["additionalProperties"] is [String: Any]
        return object.flatMap { key, inner -> [String] in
            guard let property = properties[key] as? [String: Any] else { return isOpen ? [] : [key] }
            return unknownKeys(of: inner, in: property, definitions).map { "\(key).\($0)" }
        }
    }
}

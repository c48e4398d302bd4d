/// The JSON Schema (draft-07) of the files that `orrery sweep` and `orrery capacity` write.
///
/// They are written by hand beside the types and allow no field beyond theirs. A test checks that files that the
/// encoder writes are valid, and that the schemas know each of their keys.
public enum SweepSchema {
    /// The schema of a sweep's file as a JSON text.
    public static let text = document(
        title: "Result of an Orrery sweep", root: "sweep",
        definitions: [sweep, variant, scaling, ResultSchema.threshold, ResultSchema.runClass] + shared)

    /// What files of sweeps and of capacity searches have in common.
    static let shared = [parameter, probability, verdict]

    /// A schema with its definitions.
    static func document(title: String, root: String, definitions: [String]) -> String {
        """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "\(title)",
          "description": "Times are in seconds, sizes in bytes, shares in 0…1. A figure that was not measured is absent or null.",
          "$ref": "#/definitions/\(root)",
          "definitions": {
        \(definitions.joined(separator: ",\n")),
            "count": { "type": "integer", "minimum": 0 },
            "share": { "type": ["number", "null"], "minimum": 0, "maximum": 1 },
            "digest": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
            "words": { "type": "array", "items": { "type": "string" } }
          }
        }

        """
    }

    private static let sweep = """
            "sweep": {
              "type": "object", "additionalProperties": false,
              "required": ["format", "formatVersion", "orreryVersion", "samplerVersion", "command", "scenario", "summary",
                "seeds", "interrupted", "parameters", "metrics", "variants", "fingerprint", "verdict"],
              "properties": {
                "format": { "const": "orrery-sweep" }, "formatVersion": { "const": 1 },
                "orreryVersion": { "type": "string" }, "samplerVersion": { "$ref": "#/definitions/count" },
                "command": { "type": "string", "description": "the command that makes it again" },
                "scenario": { "type": "string" }, "summary": { "type": "string" },
                "seeds": { "type": "array", "items": { "$ref": "#/definitions/count" }, "description": "at every point" },
                "interrupted": { "type": "boolean", "description": "whether runs are missing at the end" },
                "parameters": { "type": "array", "items": { "$ref": "#/definitions/parameter" } },
                "metrics": {
                  "type": "array",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["key", "unit", "summary"],
                    "properties": { "key": { "type": "string" }, "unit": { "type": "string" }, "summary": { "type": "string" } }
                  }
                },
                "variants": { "type": "array", "items": { "$ref": "#/definitions/variant" } },
                "fingerprint": { "$ref": "#/definitions/digest" }, "verdict": { "$ref": "#/definitions/verdict" }
              }
            }
        """

    private static let variant = """
            "variant": {
              "type": "object", "additionalProperties": false,
              "required": ["name", "scenarioText", "points", "statements"],
              "properties": {
                "name": { "type": "string" },
                "scenarioText": { "type": "string", "description": "as YAML, before any point is laid over it" },
                "startDate": { "type": "string", "description": "the first day of its runs, as it states it" },
                "durationSeconds": { "type": "number", "minimum": 0, "description": "of its runs, as it states it" },
                "points": { "type": "array", "items": { "$ref": "#/definitions/point" } },
                "scaling": { "$ref": "#/definitions/scaling" },
                "statements": { "$ref": "#/definitions/words" }
              }
            },
            "point": {
              "type": "object", "additionalProperties": false,
              "required": ["values", "numbers", "replications", "overwhelmed", "fingerprint", "classes", "metrics", "thresholds",
                "outcome"],
              "properties": {
                "values": { "$ref": "#/definitions/words", "description": "as they are written, in the parameters' order" },
                "numbers": { "type": "array", "items": { "type": ["number", "null"] }, "description": "null for a word" },
                "replications": { "$ref": "#/definitions/count", "description": "seeds run to their end" },
                "overwhelmed": { "$ref": "#/definitions/count", "description": "runs that were given up" },
                "fingerprint": { "$ref": "#/definitions/digest" },
                "classes": { "type": "array", "items": { "$ref": "#/definitions/class" } },
                "collapse": { "$ref": "#/definitions/probability", "description": "to end metastable or collapsed" },
                "metrics": { "type": "array", "items": { "$ref": "#/definitions/metric" } },
                "thresholds": { "type": "array", "items": { "$ref": "#/definitions/threshold" } },
                "outcome": { "enum": ["passed", "failed", "invalid"] }
              }
            },
            "metric": {
              "type": "object", "additionalProperties": false, "required": ["key", "mean"],
              "properties": {
                "key": { "type": "string" },
                "mean": { "type": "number", "description": "over the seeds; of a duration, over all items" },
                "halfWidth": { "type": "number", "description": "of the 95 % interval over the seeds" },
                "quantiles": {
                  "type": "array", "description": "of a duration, over all items of all seeds",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["share", "seconds"],
                    "properties": {
                      "share": { "type": "number", "minimum": 0, "maximum": 1 }, "seconds": { "type": "number" }
                    }
                  }
                }
              }
            }
        """

    private static let scaling = """
            "scaling": {
              "type": "object", "additionalProperties": false, "required": ["statement"],
              "properties": {
                "statement": { "type": "string", "description": "what the law says, or why it was not fitted" },
                "knee": {
                  "type": "object", "additionalProperties": false, "required": ["position", "slopeBefore", "slopeAfter"],
                  "properties": {
                    "position": { "type": "number" },
                    "slopeBefore": { "type": "number", "description": "items per second for one unit more" },
                    "slopeAfter": { "type": "number" }
                  }
                },
                "law": {
                  "type": "object", "additionalProperties": false,
                  "required": ["single", "contention", "coherency", "residuals"],
                  "description": "X(N) = single N / (1 + contention (N − 1) + coherency N (N − 1))",
                  "properties": {
                    "single": { "$ref": "#/definitions/coefficient" }, "contention": { "$ref": "#/definitions/coefficient" },
                    "coherency": { "$ref": "#/definitions/coefficient" }, "peak": { "$ref": "#/definitions/coefficient" },
                    "peakThroughput": { "$ref": "#/definitions/coefficient" },
                    "residuals": { "type": "array", "items": { "type": "number" }, "description": "measured − fitted" },
                    "determination": { "type": "number", "description": "R²" }
                  }
                }
              }
            },
            "coefficient": {
              "type": "object", "additionalProperties": false, "required": ["value"],
              "properties": {
                "value": { "type": "number" },
                "lower": { "type": "number", "description": "of the 95 % interval; absent where it is held at 0" },
                "upper": { "type": "number" }
              }
            }
        """

    private static let parameter = """
            "parameter": {
              "type": "object", "additionalProperties": false, "required": ["path", "values"],
              "properties": {
                "path": { "type": "string" }, "values": { "$ref": "#/definitions/words" },
                "unit": { "type": "string", "description": "absent if the values are not all numbers with one unit" }
              }
            }
        """

    private static let probability = """
            "probability": {
              "type": "object", "additionalProperties": false, "required": ["runs", "of", "lower", "upper"],
              "description": "with the exact 95 % interval of Clopper and Pearson",
              "properties": {
                "runs": { "$ref": "#/definitions/count" }, "of": { "type": "integer", "minimum": 1 },
                "lower": { "type": "number", "minimum": 0, "maximum": 1 },
                "upper": { "type": "number", "minimum": 0, "maximum": 1 }
              }
            }
        """

    private static let verdict = """
            "verdict": {
              "type": "object", "additionalProperties": false, "required": ["outcome", "sentence"],
              "properties": { "outcome": { "enum": ["passed", "failed", "invalid"] }, "sentence": { "type": "string" } }
            }
        """
}

/// The JSON Schema (draft-07) of the file that `orrery baseline save` writes.
///
/// It is written by hand beside the types of `GateBaseline` and allows no field beyond theirs. A test checks that every
/// shipped baseline is valid, and that the schema knows each of its keys.
public enum BaselineSchema {
    /// The schema as a JSON text.
    public static let text = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Baseline of an Orrery scenario",
          "description": "What a scenario's runs gave when somebody was content with them. A figure that was not measured is absent, never zero.",
          "type": "object", "additionalProperties": false,
          "required": ["format", "formatVersion", "orreryVersion", "samplerVersion", "scenario", "path", "settings", "seedBase",
            "seedCount", "statement", "variants", "capacities"],
          "properties": {
            "format": { "const": "orrery-baseline" },
            "formatVersion": { "const": 1, "description": "raised when a field changes its meaning" },
            "orreryVersion": { "type": "string", "description": "the version of Orrery that made it" },
            "samplerVersion": { "type": "integer", "description": "the version of the random streams and samplers" },
            "scenario": { "type": "string", "description": "the scenario's name" },
            "path": { "type": "string", "description": "where the scenario lies, as the command named it" },
            "settings": { "type": "array", "items": { "type": "string" }, "description": "what was set besides the file: path=value" },
            "seedBase": { "type": "integer", "minimum": 0, "description": "the first seed" },
            "seedCount": { "type": "integer", "minimum": 1, "description": "how many seeds there are, one after the other" },
            "statement": { "type": "string", "description": "what these runs can show" },
            "variants": { "type": "array", "minItems": 1, "items": { "$ref": "#/definitions/variant" } },
            "capacities": { "type": "array", "items": { "$ref": "#/definitions/capacity" } }
          },
          "definitions": {
        \([variant, threshold, figure, capacity].joined(separator: ",\n")),
            "digest": { "type": "string", "pattern": "^[0-9a-f]{32}$" }
          }
        }

        """

    private static let variant = """
            "variant": {
              "type": "object", "additionalProperties": false,
              "required": ["name", "fingerprint", "classes", "thresholds", "figures"],
              "properties": {
                "name": { "type": "string", "description": "as-written where the scenario has no variants" },
                "fingerprint": { "$ref": "#/definitions/digest" },
                "classes": {
                  "type": "array", "description": "what became of the run of each seed",
                  "items": { "enum": ["stable", "recovered", "metastable", "collapsed", "unclassed"] }
                },
                "thresholds": { "type": "array", "items": { "$ref": "#/definitions/threshold" } },
                "figures": { "type": "array", "items": { "$ref": "#/definitions/figure" } }
              }
            }
        """

    private static let threshold = """
            "threshold": {
              "type": "object", "additionalProperties": false, "required": ["condition", "verdict", "unit"],
              "properties": {
                "condition": { "type": "string", "description": "the metric, the condition and its scope" },
                "verdict": { "enum": ["holds", "broken", "inconclusive", "unjudged"] },
                "observed": { "type": "number", "description": "in the unit; absent without data" },
                "unit": { "type": "string" }
              }
            }
        """

    private static let figure = """
            "figure": {
              "type": "object", "additionalProperties": false, "required": ["figure", "unit", "better", "mean", "values"],
              "properties": {
                "figure": { "type": "string", "description": "for instance delivery.latency p(99)" },
                "unit": { "type": "string", "description": "of mean, tolerance and values" },
                "better": { "enum": ["higher", "lower", "neither"] },
                "mean": { "type": "number", "description": "over the seeds" },
                "tolerance": {
                  "type": "number", "minimum": 0,
                  "description": "how much the mean may change for the worse before it matters; may be edited; absent: not held to anything"
                },
                "note": { "type": "string", "description": "why it is not held to anything; then only a change that is shown counts" },
                "values": { "type": "array", "items": { "type": "number" }, "description": "one for each seed, in their order" }
              }
            }
        """

    private static let capacity = """
            "capacity": {
              "type": "object", "additionalProperties": false,
              "required": ["vary", "variant", "find", "confidence", "seedBase", "seedsMax", "fingerprint", "runs"],
              "properties": {
                "vary": { "type": "string", "description": "the parameter and the values that could be the answer" },
                "variant": { "type": "string" }, "find": { "enum": ["largest", "smallest"] },
                "confidence": { "type": "number", "minimum": 0, "maximum": 1, "description": "of the whole search" },
                "seedBase": { "type": "integer", "minimum": 0, "description": "the first seed of every value" },
                "seedsMax": { "type": "integer", "minimum": 1, "description": "the most seeds that a value could have" },
                "answer": { "type": "string", "description": "absent if no value meets the thresholds" },
                "proven": { "type": "string", "description": "the last value that is shown to pass" },
                "possible": { "type": "string", "description": "the last value that is not shown to fail" },
                "fingerprint": { "$ref": "#/definitions/digest" },
                "runs": { "type": "integer", "minimum": 0, "description": "how many runs the search took" }
              }
            }
        """
}

/// The JSON Schema (draft-07) of the file that `orrery capacity` writes.
public enum CapacitySchema {
    /// The schema as a JSON text.
    public static let text = SweepSchema.document(
        title: "Result of an Orrery capacity search", root: "capacity",
        definitions: [capacity, point] + SweepSchema.shared)

    private static let capacity = """
            "capacity": {
              "type": "object", "additionalProperties": false,
              "required": ["format", "formatVersion", "orreryVersion", "samplerVersion", "command", "scenario", "summary",
                "variant", "scenarioText", "parameter", "find", "confidence", "seedBase", "seedsMax", "interrupted", "isAtEnd",
                "contradictions", "points", "runs", "gridRunsMax", "gridRunsMin", "statements", "fingerprint", "verdict"],
              "properties": {
                "format": { "const": "orrery-capacity" }, "formatVersion": { "const": 1 },
                "orreryVersion": { "type": "string" }, "samplerVersion": { "$ref": "#/definitions/count" },
                "command": { "type": "string", "description": "the command that makes it again" },
                "scenario": { "type": "string" }, "summary": { "type": "string" }, "variant": { "type": "string" },
                "scenarioText": { "type": "string", "description": "as YAML, before any value is laid over it" },
                "startDate": { "type": "string", "description": "the first day of its runs, as it states it" },
                "durationSeconds": { "type": "number", "minimum": 0, "description": "of its runs, as it states it" },
                "parameter": { "$ref": "#/definitions/parameter" }, "find": { "enum": ["largest", "smallest"] },
                "confidence": { "type": "number", "minimum": 0, "maximum": 1 },
                "seedBase": { "$ref": "#/definitions/count" }, "seedsMax": { "$ref": "#/definitions/count" },
                "interrupted": { "type": "boolean" },
                "answer": { "type": "string", "description": "absent if no value passes" },
                "isAtEnd": { "type": "boolean", "description": "whether the capacity may lie beyond the values" },
                "proven": { "type": "string", "description": "the last value that is shown to pass" },
                "possible": { "type": "string", "description": "the last value that is not shown to fail" },
                "contradictions": {
                  "type": "array",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["passing", "failing"],
                    "properties": { "passing": { "type": "string" }, "failing": { "type": "string" } }
                  }
                },
                "points": { "type": "array", "items": { "$ref": "#/definitions/point" } },
                "runs": { "$ref": "#/definitions/count" }, "gridRunsMax": { "$ref": "#/definitions/count" },
                "gridRunsMin": { "$ref": "#/definitions/count" }, "statements": { "$ref": "#/definitions/words" },
                "fingerprint": { "$ref": "#/definitions/digest" }, "verdict": { "$ref": "#/definitions/verdict" }
              }
            }
        """

    private static let point = """
            "point": {
              "type": "object", "additionalProperties": false,
              "required": ["value", "number", "replications", "overwhelmed", "outcome", "thresholds"],
              "properties": {
                "value": { "type": "string" }, "number": { "type": "number" },
                "replications": { "$ref": "#/definitions/count" }, "overwhelmed": { "$ref": "#/definitions/count" },
                "outcome": { "$ref": "#/definitions/outcome" }, "collapse": { "$ref": "#/definitions/probability" },
                "thresholds": { "type": "array", "items": { "$ref": "#/definitions/test" } }
              }
            },
            "outcome": { "enum": ["passes", "fails", "leans-to-passing", "leans-to-failing", "no-data", "open"] },
            "test": {
              "type": "object", "additionalProperties": false,
              "required": ["metric", "condition", "unit", "tested", "limit", "outcome"],
              "properties": {
                "metric": { "type": "string" }, "condition": { "type": "string" }, "unit": { "type": "string" },
                "tested": { "enum": ["mean-over-seeds", "share-breaking", "share-meeting", "share-of-class"] },
                "scope": { "type": "string", "description": "on what it is judged; absent for whole runs" },
                "limit": { "type": "number" },
                "estimate": { "type": "number", "description": "absent if a seed has no data, which is never a pass" },
                "lower": { "type": "number", "description": "of the interval of the look that ended the test" },
                "upper": { "type": "number" }, "outcome": { "$ref": "#/definitions/outcome" }
              }
            }
        """
}

/// The JSON Schema (draft-07) of what `orrery compare --format json` prints.
public enum ComparisonSchema {
    /// The schema as a JSON text.
    public static let text = SweepSchema.document(
        title: "Comparison of results of Orrery", root: "comparison",
        definitions: [comparison, ending, metric, ResultSchema.runClass])

    private static let comparison = """
            "comparison": {
              "type": "object", "additionalProperties": false, "required": ["format", "formatVersion", "alternatives"],
              "properties": {
                "format": { "const": "orrery-comparison" }, "formatVersion": { "const": 1 },
                "alternatives": {
                  "type": "array",
                  "items": {
                    "type": "object", "additionalProperties": false,
                    "required": ["name", "pairs", "baseClasses", "headClasses", "endings", "metrics"],
                    "properties": {
                      "name": { "type": "string", "description": "what is judged, and the base if that is in the same file" },
                      "pairs": { "$ref": "#/definitions/count", "description": "seeds that finished on both sides" },
                      "baseClasses": { "type": "array", "items": { "$ref": "#/definitions/class" } },
                      "headClasses": { "type": "array", "items": { "$ref": "#/definitions/class" } },
                      "endings": { "type": "array", "items": { "$ref": "#/definitions/ending" } },
                      "metrics": { "type": "array", "items": { "$ref": "#/definitions/metric" } }
                    }
                  }
                }
              }
            }
        """

    private static let ending = """
            "verdict": { "enum": ["same", "not-shown", "better", "worse", "unjudged", null] },
            "ending": {
              "type": "object", "additionalProperties": false, "description": "how often runs end badly, paired by seed",
              "required": ["classes", "pairs", "base", "head", "onlyBase", "onlyHead", "pValue"],
              "properties": {
                "classes": { "$ref": "#/definitions/words", "description": "the classes that count as this ending" },
                "pairs": { "$ref": "#/definitions/count" },
                "base": { "$ref": "#/definitions/count" }, "head": { "$ref": "#/definitions/count" },
                "onlyBase": { "$ref": "#/definitions/count" }, "onlyHead": { "$ref": "#/definitions/count" },
                "pValue": { "$ref": "#/definitions/share", "description": "for this ending alone (McNemar)" },
                "pAdjusted": { "$ref": "#/definitions/share", "description": "among all that is judged (Holm)" },
                "verdict": { "$ref": "#/definitions/verdict" }
              }
            }
        """

    private static let metric = """
            "metric": {
              "type": "object", "additionalProperties": false,
              "required": ["key", "unit", "better", "pairs", "base", "difference"],
              "properties": {
                "key": { "type": "string" }, "unit": { "type": "string" },
                "better": { "enum": ["higher", "lower", "neither"] },
                "pairs": { "$ref": "#/definitions/count", "description": "seeds with a value on both sides" },
                "base": { "type": "number", "description": "the mean of the base over these seeds" },
                "difference": { "type": "number", "description": "the mean of head − base" },
                "halfWidth": { "type": "number", "description": "of its 95 % interval; absent for one pair" },
                "ratio": { "type": "number", "description": "head ÷ base; absent where the base is zero" },
                "ratioLower": { "type": "number", "description": "of its 95 % interval (Fieller)" },
                "ratioUpper": { "type": "number" },
                "pValue": { "$ref": "#/definitions/share", "description": "for this metric alone; absent for one pair" },
                "pAdjusted": { "$ref": "#/definitions/share", "description": "among all that is judged (Holm)" },
                "spreadRatio": { "type": "number", "description": "of the standard deviations over the seeds" },
                "spreadPValue": { "$ref": "#/definitions/share" },
                "pairedVariance": { "type": "number", "description": "of the difference between a seed's two values" },
                "unpairedVariance": { "type": "number", "description": "of that between values of different seeds" },
                "varianceReduction": { "type": "number", "description": "unpaired ÷ paired" },
                "verdict": { "$ref": "#/definitions/verdict" }
              }
            }
        """
}

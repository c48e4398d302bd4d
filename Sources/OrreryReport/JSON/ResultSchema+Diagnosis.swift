extension ResultSchema {
    /// Why the runs of a variant went as they did.
    static let diagnosis = """
            "diagnosis": {
              "type": "object", "additionalProperties": false,
              "required": ["causes", "runs", "reliefs", "sentences"],
              "description": "why the runs went as they did",
              "properties": {
                "causes": { "type": "array", "items": { "$ref": "#/definitions/cause" },
                  "description": "first causes, the most frequent first" },
                "runs": { "$ref": "#/definitions/count", "description": "how many runs were looked at" },
                "example": {
                  "type": "object", "additionalProperties": false,
                  "required": ["seed", "reason", "symptoms", "places"],
                  "description": "one run that stands for the others",
                  "properties": {
                    "seed": { "$ref": "#/definitions/count" },
                    "reason": { "type": "string", "description": "why it is this run" },
                    "class": { "type": "string", "description": "what became of it" },
                    "symptoms": { "type": "array", "items": { "$ref": "#/definitions/symptom" },
                      "description": "in the order in which they began" },
                    "places": { "type": "array", "items": { "$ref": "#/definitions/places" } }
                  }
                },
                "bottleneck": {
                  "type": "object", "additionalProperties": false,
                  "properties": {
                    "busiestPart": { "type": "string" },
                    "utilisation": { "$ref": "#/definitions/share", "description": "averaged over the runs" },
                    "slowestStage": { "type": "string", "description": "where items spend most of their time" },
                    "latencyShare": { "$ref": "#/definitions/share", "description": "of all items' time" }
                  }
                },
                "reliefs": { "type": "array", "items": { "$ref": "#/definitions/relief" },
                  "description": "what would relieve it, the most effective first" },
                "sentences": { "type": "array", "items": { "type": "string" } }
              }
            },
            "cause": {
              "type": "object", "additionalProperties": false, "required": ["symptom", "summary", "runs", "seen"],
              "properties": {
                "symptom": { "type": "string" }, "summary": { "type": "string" },
                "runs": { "$ref": "#/definitions/count", "description": "in which it was the first cause" },
                "seen": { "$ref": "#/definitions/count", "description": "in which it was seen at all" },
                "lower": { "$ref": "#/definitions/share", "description": "of the exact 95 % interval" },
                "upper": { "$ref": "#/definitions/share" }
              }
            },
            "symptom": {
              "type": "object", "additionalProperties": false,
              "required": ["symptom", "summary", "role", "fromSeconds", "toSeconds", "place", "evidence"],
              "properties": {
                "symptom": { "type": "string" }, "summary": { "type": "string" },
                "role": { "enum": ["trigger", "cause", "effect", "outcome"] },
                "fromSeconds": { "$ref": "#/definitions/seconds" },
                "toSeconds": { "$ref": "#/definitions/seconds", "description": "the run's end if it was never over" },
                "place": { "type": "string" },
                "evidence": { "type": "string", "description": "what was seen, with its figures" },
                "follows": { "$ref": "#/definitions/count", "description": "the place in the list that it follows from" }
              }
            },
            "places": {
              "type": "object", "additionalProperties": false,
              "required": ["kind", "quantity", "unit", "intervalSeconds", "names", "rows"],
              "properties": {
                "kind": { "enum": ["nodes", "partitions", "uplinks"] },
                "quantity": { "type": "string" },
                "unit": { "enum": ["messages", "copies", "share"] },
                "intervalSeconds": { "$ref": "#/definitions/seconds" },
                "names": { "type": "array", "items": { "type": "string" } },
                "rows": { "type": "array", "items": { "$ref": "#/definitions/bins" } }
              }
            },
            "relief": {
              "type": "object", "additionalProperties": false,
              "required": ["change", "isVariant", "metric", "before", "after", "unit", "isShown"],
              "properties": {
                "change": { "type": "string", "description": "a variant, or a parameter that was changed a little" },
                "isVariant": { "type": "boolean" },
                "metric": { "type": "string" }, "before": { "type": "number" }, "after": { "type": "number" },
                "unit": { "type": "string" },
                "halfWidth": { "type": "number", "description": "of the 95 % interval of the difference, paired by seed" },
                "isShown": { "type": "boolean", "description": "whether the difference is shown to be for the better" }
              }
            }
        """
}

/// The JSON Schema (draft-07) of a result file, for editors and for other programs that read results.
///
/// It is written by hand beside the types of ``ExperimentResult`` and allows no field beyond theirs. A test checks
/// that a file that the encoder writes is valid, and that the schema knows each of its keys.
public enum ResultSchema {
    /// The schema as a JSON text.
    public static let text = """
        {
          "$schema": "http://json-schema.org/draft-07/schema#",
          "title": "Result of an Orrery experiment",
          "description": "All times are in seconds, all sizes in bytes. A figure that was not measured is absent or null, never zero.",
          "$ref": "#/definitions/result",
          "definitions": {
        \(definitions.joined(separator: ",\n")),
            "count": { "type": "integer", "minimum": 0 },
            "seconds": { "type": "number", "minimum": 0 },
            "share": { "type": ["number", "null"], "minimum": 0, "maximum": 1 },
            "digest": { "type": "string", "pattern": "^[0-9a-f]{32}$" },
            "bins": { "type": "array", "items": { "type": "number" } },
            "gappyBins": { "type": "array", "items": { "type": ["number", "null"] } }
          }
        }

        """

    private static let definitions = [
        result, variant, parts, distribution, series, judgement, threshold, runClass, diagnosis,
    ]

    private static let result = """
            "result": {
              "type": "object", "additionalProperties": false,
              "required": ["format", "formatVersion", "orreryVersion", "samplerVersion", "command", "scenario", "summary",
                "startDate", "durationSeconds", "warmUpSeconds", "seeds", "interrupted", "variants", "fingerprint", "verdict"],
              "properties": {
                "format": { "const": "orrery-result" },
                "formatVersion": { "const": 3, "description": "raised when a field changes its meaning" },
                "orreryVersion": { "type": "string", "description": "the version of Orrery that made it" },
                "samplerVersion": { "type": "integer", "description": "the version of the random streams and samplers" },
                "command": { "type": "string", "description": "the command that makes it again" },
                "scenario": { "type": "string", "description": "the scenario's name" },
                "summary": { "type": "string", "description": "what the scenario is about; may be empty" },
                "startDate": { "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "description": "the first day" },
                "durationSeconds": { "$ref": "#/definitions/seconds", "description": "how long runs last; of the first variant" },
                "warmUpSeconds": { "$ref": "#/definitions/seconds", "description": "how much was not observed; of the first variant" },
                "seeds": { "type": "array", "items": { "$ref": "#/definitions/count" }, "description": "the seeds asked for" },
                "interrupted": { "type": "boolean", "description": "whether it ended before all seeds were run" },
                "variants": { "type": "array", "items": { "$ref": "#/definitions/variant" } },
                "fingerprint": { "$ref": "#/definitions/digest", "description": "over all variants and seeds" },
                "verdict": {
                  "type": "object", "additionalProperties": false, "required": ["outcome", "sentence"],
                  "properties": {
                    "outcome": { "enum": ["passed", "failed", "invalid"] },
                    "sentence": { "type": "string", "description": "the verdict in one sentence" }
                  }
                },
                "precision": {
                  "type": "object", "additionalProperties": false,
                  "required": ["key", "unit", "relativeHalfWidth", "seedsMax", "variants"],
                  "description": "how precisely the metric is known that seeds were added for",
                  "properties": {
                    "key": { "type": "string", "description": "the metric" },
                    "unit": { "type": "string" },
                    "relativeHalfWidth": { "type": "number", "description": "half the 95 % interval beside the mean, at most" },
                    "seedsMax": { "$ref": "#/definitions/count", "description": "the most seeds that were to be run" },
                    "variants": {
                      "type": "array",
                      "items": {
                        "type": "object", "additionalProperties": false, "required": ["name", "seeds", "isReached"],
                        "properties": {
                          "name": { "type": "string" },
                          "seeds": { "$ref": "#/definitions/count", "description": "how many seeds have a value" },
                          "mean": { "type": "number" },
                          "halfWidth": { "type": "number", "description": "of the 95 % interval of all seeds" },
                          "isReached": { "type": "boolean", "description": "whether it was precise at one of the looks" }
                        }
                      }
                    }
                  }
                }
              }
            }
        """

    private static let variant = """
            "variant": {
              "type": "object", "additionalProperties": false,
              "required": ["name", "scenarioText", "startDate", "durationSeconds", "warmUpSeconds", "network", "replications",
                "classes", "fingerprint", "metrics", "differences", "latency", "stages",
                "series", "groups", "thresholds", "diagnosis", "findings", "assumptions"],
              "properties": {
                "name": { "type": "string", "description": "as-written where the scenario has no variants" },
                "scenarioText": { "type": "string", "description": "the scenario as YAML with every default filled in" },
                "startDate": { "type": "string", "description": "the first day of its runs" },
                "durationSeconds": { "$ref": "#/definitions/seconds", "description": "how long each of its runs lasts" },
                "warmUpSeconds": { "$ref": "#/definitions/seconds", "description": "how much of each was not observed" },
                "network": {
                  "type": "object", "additionalProperties": false,
                  "required": ["telescopes", "sites", "streams", "workers", "hasStore"],
                  "properties": {
                    "telescopes": { "$ref": "#/definitions/count" }, "sites": { "$ref": "#/definitions/count" },
                    "streams": { "$ref": "#/definitions/count" }, "workers": { "$ref": "#/definitions/count" },
                    "nodes": { "$ref": "#/definitions/count", "description": "of the cluster; absent without one" },
                    "brokerCapacity": { "type": ["integer", "null"], "description": "places in the queue; absent: no limit" },
                    "hasStore": { "type": "boolean" },
                    "coordinationServers": { "$ref": "#/definitions/count", "description": "absent without locks" },
                    "state": { "type": "string", "description": "how it is kept; absent where workers change none" },
                    "operators": { "$ref": "#/definitions/count", "description": "absent without any" },
                    "scheduler": { "type": "string", "description": "push or pull; absent without one" }
                  }
                },
                "replications": { "type": "array", "items": { "$ref": "#/definitions/replication" } },
                "classes": { "type": "array", "items": { "$ref": "#/definitions/class" },
                  "description": "how many runs are of each class" },
                "fingerprint": { "$ref": "#/definitions/digest", "description": "over its seeds" },
                "metrics": { "type": "array", "items": { "$ref": "#/definitions/metric" } },
                "differences": { "type": "array", "items": { "$ref": "#/definitions/difference" },
                  "description": "to the first variant, paired by seed; empty for the first variant" },
                "latency": { "$ref": "#/definitions/distribution", "description": "end to end, all seeds merged" },
                "stages": { "type": "array", "items": { "$ref": "#/definitions/stage" },
                  "description": "in the order of the way; the means sum to the mean latency" },
                "series": { "$ref": "#/definitions/series" },
                "groups": { "type": "array", "items": { "$ref": "#/definitions/group" } },
                "thresholds": { "type": "array", "items": { "$ref": "#/definitions/threshold" } },
                "diagnosis": { "$ref": "#/definitions/diagnosis" },
                "findings": { "type": "array", "items": { "type": "string" }, "description": "the most important first" },
                "assumptions": { "type": "array", "items": { "type": "string" } }
              }
            }
        """

    private static let parts = """
            "replication": {
              "type": "object", "additionalProperties": false,
              "description": "one seed's run, warm-up included: produced = delivered + lost + in flight",
              "required": ["seed", "fingerprint", "events", "produced", "delivered", "lost", "inFlight"],
              "properties": {
                "seed": { "$ref": "#/definitions/count" }, "fingerprint": { "$ref": "#/definitions/digest" },
                "class": { "enum": ["stable", "recovered", "metastable", "collapsed", null],
                  "description": "what became of the run; absent if nothing can be said" },
                "events": { "$ref": "#/definitions/count" }, "produced": { "$ref": "#/definitions/count" },
                "delivered": { "$ref": "#/definitions/count" },
                "lost": { "type": "object", "additionalProperties": { "$ref": "#/definitions/count" },
                  "description": "by reason; reasons without losses are absent" },
                "inFlight": { "$ref": "#/definitions/count" }
              }
            },
            "stage": {
              "type": "object", "additionalProperties": false,
              "required": ["name", "summary", "isWaiting", "meanOccupancy", "highestOccupancy"],
              "properties": {
                "name": { "type": "string" }, "summary": { "type": "string", "description": "what an item does there" },
                "isWaiting": { "type": "boolean", "description": "whether the item only waits there" },
                "mean": { "type": ["number", "null"] }, "p95": { "type": ["number", "null"] },
                "largest": { "type": ["number", "null"] },
                "meanOccupancy": { "type": "number", "description": "items there on average, after the warm-up" },
                "highestOccupancy": { "$ref": "#/definitions/count" }
              }
            },
            "group": {
              "type": "object", "additionalProperties": false,
              "required": ["name", "itemBytes", "produced", "delivered", "lost"],
              "properties": {
                "name": { "type": "string" }, "site": { "type": ["string", "null"] },
                "telescopes": { "type": ["integer", "null"] }, "itemBytes": { "$ref": "#/definitions/count" },
                "produced": { "type": "number" }, "delivered": { "type": "number" }, "lost": { "type": "number" },
                "latencyMean": { "type": ["number", "null"] }, "latencyP99": { "type": ["number", "null"] }
              }
            }
        """

    private static let distribution = """
            "distribution": {
              "type": "object", "additionalProperties": false, "required": ["count", "quantiles", "bySeed"],
              "description": "of a duration; the figures are absent when count is zero",
              "properties": {
                "count": { "$ref": "#/definitions/count" }, "mean": { "type": ["number", "null"] },
                "halfWidth": { "type": ["number", "null"], "description": "of the 95 % interval of the mean" },
                "smallest": { "type": ["number", "null"] }, "largest": { "type": ["number", "null"] },
                "bySeed": { "$ref": "#/definitions/gappyBins", "description": "the mean of each finished seed" },
                "quantiles": {
                  "type": "array",
                  "items": {
                    "type": "object", "additionalProperties": false, "required": ["share", "seconds"],
                    "properties": {
                      "share": { "type": "number", "minimum": 0, "maximum": 1 },
                      "seconds": { "type": "number", "description": "what that share of all items does not exceed" }
                    }
                  }
                }
              }
            }
        """

    private static let series = """
            "series": {
              "type": "object", "additionalProperties": false,
              "description": "one value a bin, means over the seeds; the latencies have bins of their own",
              "required": ["binSeconds", "produced", "delivered", "lost", "brokerDepth", "brokerDepthHighest", "inFlight",
                "diskBacklog", "latencyBinSeconds", "latencyP50", "latencyP95", "latencyP99"],
              "properties": {
                "binSeconds": { "$ref": "#/definitions/seconds" },
                "produced": { "$ref": "#/definitions/bins" }, "delivered": { "$ref": "#/definitions/bins" },
                "lost": { "$ref": "#/definitions/bins" }, "brokerDepth": { "$ref": "#/definitions/bins" },
                "brokerDepthHighest": { "$ref": "#/definitions/bins" }, "inFlight": { "$ref": "#/definitions/bins" },
                "diskBacklog": { "$ref": "#/definitions/bins" }, "workerUtilisation": { "$ref": "#/definitions/bins" },
                "cluster": {
                  "type": "object", "additionalProperties": false, "description": "absent without a cluster",
                  "required": ["utilisation", "members", "waiting", "overflows", "declaredDead", "redistributed", "retried"],
                  "properties": {
                    "utilisation": { "$ref": "#/definitions/bins" }, "members": { "$ref": "#/definitions/bins" },
                    "waiting": { "$ref": "#/definitions/bins" }, "overflows": { "$ref": "#/definitions/bins" },
                    "declaredDead": { "$ref": "#/definitions/bins" }, "redistributed": { "$ref": "#/definitions/bins" },
                    "retried": { "$ref": "#/definitions/bins" }
                  }
                },
                "locks": {
                  "type": "object", "additionalProperties": false, "description": "absent without a coordination service",
                  "required": ["waiting", "acquired", "abandoned", "sessionsExpired"],
                  "properties": {
                    "waiting": { "$ref": "#/definitions/bins" }, "acquired": { "$ref": "#/definitions/bins" },
                    "abandoned": { "$ref": "#/definitions/bins" }, "sessionsExpired": { "$ref": "#/definitions/bins" }
                  }
                },
                "state": {
                  "type": "object", "additionalProperties": false, "description": "absent where workers change no state",
                  "required": ["writes", "conflicts"],
                  "properties": {
                    "writes": { "$ref": "#/definitions/bins" }, "conflicts": { "$ref": "#/definitions/bins" },
                    "operatorsWaiting": { "$ref": "#/definitions/bins" },
                    "operatorUtilisation": { "$ref": "#/definitions/bins" }
                  }
                },
                "uplinkUtilisation": { "anyOf": [{ "$ref": "#/definitions/bins" }, { "type": "null" }] },
                "storeUtilisation": { "anyOf": [{ "$ref": "#/definitions/bins" }, { "type": "null" }] },
                "latencyBinSeconds": { "$ref": "#/definitions/seconds" },
                "latencyP50": { "$ref": "#/definitions/gappyBins" }, "latencyP95": { "$ref": "#/definitions/gappyBins" },
                "latencyP99": { "$ref": "#/definitions/gappyBins" },
                "replicasWanted": { "anyOf": [{ "$ref": "#/definitions/bins" }, { "type": "null" }] },
                "replicasReady": { "anyOf": [{ "$ref": "#/definitions/bins" }, { "type": "null" }] },
                "replicasBusy": { "anyOf": [{ "$ref": "#/definitions/bins" }, { "type": "null" }] },
                "scheduler": {
                  "type": "object", "additionalProperties": false, "description": "absent without a scheduler",
                  "required": ["open", "idle", "offline", "pending", "completed", "wasted"],
                  "properties": {
                    "open": { "$ref": "#/definitions/bins" }, "idle": { "$ref": "#/definitions/bins" },
                    "offline": { "$ref": "#/definitions/bins" }, "pending": { "$ref": "#/definitions/bins" },
                    "completed": { "$ref": "#/definitions/bins" }, "wasted": { "$ref": "#/definitions/bins" }
                  }
                },
                "sending": {
                  "type": "object", "additionalProperties": false, "required": ["sent", "retried", "refused", "timedOut"],
                  "description": "what producers sent, and what came back; absent if nothing was sent",
                  "properties": {
                    "sent": { "$ref": "#/definitions/bins" }, "retried": { "$ref": "#/definitions/bins" },
                    "refused": { "$ref": "#/definitions/bins" }, "timedOut": { "$ref": "#/definitions/bins" }
                  }
                },
                "faults": { "$ref": "#/definitions/bins", "description": "of the scenario that are going on; absent: none" },
                "uplinksOut": { "$ref": "#/definitions/bins", "description": "in an outage of their own; absent: none" },
                "latencyClasses": {
                  "type": "object", "additionalProperties": false, "required": ["upperSeconds", "counts"],
                  "description": "how many items took how long in each bin of the latency, all seeds together",
                  "properties": {
                    "upperSeconds": { "$ref": "#/definitions/bins", "description": "upper ends of the classes" },
                    "counts": { "type": "array", "items": { "$ref": "#/definitions/bins" },
                      "description": "one row a class, one value a bin" }
                  }
                },
                "bands": {
                  "type": "array", "description": "absent for fewer than two seeds",
                  "items": {
                    "type": "object", "additionalProperties": false,
                    "required": ["series", "binSeconds", "seeds", "lower", "upper"],
                    "description": "between which values nine tenths of the seeds lie",
                    "properties": {
                      "series": { "type": "string" }, "binSeconds": { "$ref": "#/definitions/seconds" },
                      "seeds": { "$ref": "#/definitions/count", "description": "that it is taken from" },
                      "lower": { "$ref": "#/definitions/gappyBins" }, "upper": { "$ref": "#/definitions/gappyBins" }
                    }
                  }
                }
              }
            }
        """

    private static let judgement = """
            "metric": {
              "type": "object", "additionalProperties": false, "required": ["key", "unit", "summary", "mean", "better", "bySeed"],
              "properties": {
                "key": { "type": "string", "description": "for instance workers.utilisation" },
                "unit": { "type": "string", "description": "s, items, items/s, share and so on" },
                "summary": { "type": "string" }, "mean": { "type": "number" },
                "halfWidth": { "type": ["number", "null"], "description": "absent for fewer than two seeds" },
                "better": { "enum": ["higher", "lower", "neither"], "description": "which way is the better one" },
                "bySeed": { "$ref": "#/definitions/gappyBins",
                  "description": "one for each finished seed, in their order; null without data" }
              }
            },
            "difference": {
              "type": "object", "additionalProperties": false, "required": ["key", "unit", "pairs", "mean"],
              "description": "of a metric, this variant − the first; the interval mean ± halfWidth covers zero: none is shown",
              "properties": {
                "key": { "type": "string", "description": "the metric; of a duration, each seed's mean is compared" },
                "unit": { "type": "string", "description": "the metric's; a share of 0.01 is one percentage point" },
                "pairs": { "type": "integer", "minimum": 1, "description": "seeds with a value in both variants" },
                "mean": { "type": "number", "description": "over the pairs; every seed counts the same" },
                "halfWidth": { "type": ["number", "null"],
                  "description": "of the 95 % interval over the pairs; absent for one pair, 0 where all differ alike" }
              }
            }
        """

    /// One threshold and how it fares.
    static let threshold = """
            "threshold": {
              "type": "object", "additionalProperties": false,
              "required": ["metric", "condition", "verdict", "unit", "seedsHolding", "seedsJudged"],
              "properties": {
                "metric": { "type": "string" }, "condition": { "type": "string", "description": "as the scenario states it" },
                "scope": { "type": ["string", "null"], "description": "on what it is judged; absent for whole runs" },
                "verdict": { "enum": ["holds", "broken", "inconclusive", "unjudged"] },
                "observed": { "type": ["number", "null"], "description": "in the unit; absent without data, never a pass" },
                "limit": { "type": ["number", "null"], "description": "in the unit; absent if a baseline is missing" },
                "unit": { "type": "string", "description": "s, items, items/s, share and so on" },
                "excess": { "type": ["number", "null"], "description": "as a share of the limit; below zero: room to spare" },
                "seedsHolding": { "$ref": "#/definitions/count", "description": "seeds that meet it by themselves" },
                "seedsJudged": { "$ref": "#/definitions/count" },
                "worstSeed": { "type": ["integer", "null"], "minimum": 0, "description": "absent where all fare alike" },
                "firstViolationSeconds": { "type": ["number", "null"], "minimum": 0,
                  "description": "when the worst seed first breaks it, from the start of its run" },
                "remark": { "type": ["string", "null"], "description": "what a reader should know besides" }
              }
            }
        """

    /// How likely a run is to be of a class.
    static let runClass = """
            "class": {
              "type": "object", "additionalProperties": false, "required": ["name", "summary", "runs", "classed"],
              "description": "share, lower and upper are absent if no run has a class",
              "properties": {
                "name": { "enum": ["stable", "recovered", "metastable", "collapsed"] },
                "summary": { "type": "string", "description": "what runs of this class do" },
                "runs": { "$ref": "#/definitions/count", "description": "runs of this class" },
                "classed": { "$ref": "#/definitions/count", "description": "runs that have a class" },
                "share": { "$ref": "#/definitions/share" },
                "lower": { "$ref": "#/definitions/share", "description": "of the exact 95 % interval of the probability" },
                "upper": { "$ref": "#/definitions/share" }
              }
            }
        """
}

public import OrreryExperiment
import OrreryKernel

/// The figures as comma-separated values in the long form, one value a line, for tables and notebooks.
///
/// Columns: variant, seed, time, metric, unit, value. A metric has a seed and no time; a series has a time, in seconds
/// since the start, and no seed, because it is a mean over the seeds. A difference to the first variant, paired by
/// seed, has neither, and up to three lines: its mean, half the width of its 95 % interval, and the pairs. A class of
/// runs has none either, and up to three lines: its runs, and both ends of the interval of its probability. Values have
/// all their digits. Lines end as RFC 4180 wants it.
public enum CSVReport {
    /// The whole text, heading included.
    public static func render(_ result: ExperimentResult) -> String {
        var lines = [["variant", "seed", "time", "metric", "unit", "value"]]
        for variant in result.variants {
            lines += totals(variant) + classes(variant) + metrics(variant) + differences(variant) + series(variant)
        }
        return lines.map { $0.map(field).joined(separator: ",") + "\r\n" }.joined()
    }

    /// A field; in quotes where a comma, a quote or a line break would be misread.
    static func field(_ text: String) -> String {
        let needsQuotes = text.unicodeScalars.contains { $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" }
        return needsQuotes ? "\"" + text.replacing("\"", with: "\"\"") + "\"" : text
    }

    private static func totals(_ variant: VariantResult) -> [[String]] {
        variant.replications.flatMap { run -> [[String]] in
            let counts =
                [("run.produced", run.produced), ("run.delivered", run.delivered)]
                + run.lost.sorted { $0.key < $1.key }.map { ("run.lost.\($0.key)", $0.value) } + [
                    ("run.in-flight", run.inFlight)
                ]
            return counts.map { [variant.name, String(run.seed), "", $0.0, "items", String($0.1)] }
        }
    }

    /// How many runs are of each class, and the interval of its probability.
    private static func classes(_ variant: VariantResult) -> [[String]] {
        variant.classes.flatMap { result -> [[String]] in
            let bounds = [("lower", result.lower), ("upper", result.upper)].compactMap { end, value in
                value.map { ("probability-\(end).outcome.\(result.name)", "share", $0) }
            }
            let figures = [("runs.\(result.name)", "runs", Double(result.runs))] + bounds
            return figures.map { [variant.name, "", "", $0.0, $0.1, number($0.2)] }
        }
    }

    private static func metrics(_ variant: VariantResult) -> [[String]] {
        variant.metrics.flatMap { metric in
            zip(variant.replications, metric.bySeed).compactMap { run, value in
                value.map { [variant.name, String(run.seed), "", metric.key, metric.unit, number($0)] }
            }
        }
    }

    private static func differences(_ variant: VariantResult) -> [[String]] {
        variant.differences.flatMap { difference -> [[String]] in
            let (key, unit) = (difference.key, difference.unit)
            let halfWidth = difference.halfWidth.map { [("difference-half-width.\(key)", unit, $0)] } ?? []
            let figures =
                [("difference.\(key)", unit, difference.mean)] + halfWidth
                + [("difference-pairs.\(key)", "seeds", Double(difference.pairs))]
            return figures.map { [variant.name, "", "", $0.0, $0.1, number($0.2)] }
        }
    }

    private static func series(_ variant: VariantResult) -> [[String]] {
        let series = variant.series
        let plain: [(String, String, [Double]?)] = [
            ("series.produced", "items", series.produced), ("series.delivered", "items", series.delivered),
            ("series.lost", "items", series.lost), ("series.broker-depth", "items", series.brokerDepth),
            ("series.broker-depth-highest", "items", series.brokerDepthHighest),
            ("series.in-flight", "items", series.inFlight),
            ("series.disk-backlog", "items", series.diskBacklog),
            ("series.uplink-utilisation", "share", series.uplinkUtilisation),
            ("series.worker-utilisation", "share", series.workerUtilisation),
            ("series.store-utilisation", "share", series.storeUtilisation),
            ("series.cluster-utilisation", "share", series.cluster?.utilisation),
            ("series.cluster-members", "nodes", series.cluster?.members),
            ("series.cluster-waiting", "messages", series.cluster?.waiting),
            ("series.cluster-overflows", "messages", series.cluster?.overflows),
            ("series.cluster-declared-dead", "nodes", series.cluster?.declaredDead),
            ("series.cluster-redistributed", "events", series.cluster?.redistributed),
            ("series.cluster-retried", "events", series.cluster?.retried),
            ("series.lock-waiters", "workers", series.locks?.waiting),
            ("series.locks-acquired", "locks", series.locks?.acquired),
            ("series.locks-abandoned", "locks", series.locks?.abandoned),
            ("series.sessions-expired", "sessions", series.locks?.sessionsExpired),
            ("series.state-writes", "writes", series.state?.writes),
            ("series.state-conflicts", "writes", series.state?.conflicts),
            ("series.operators-waiting", "items", series.state?.operatorsWaiting),
            ("series.operator-utilisation", "share", series.state?.operatorUtilisation),
            ("series.replicas-wanted", "replicas", series.replicasWanted),
            ("series.replicas-ready", "replicas", series.replicasReady),
            ("series.replicas-busy", "replicas", series.replicasBusy),
            ("series.telescopes-open", "telescopes", series.scheduler?.open),
            ("series.telescopes-idle", "telescopes", series.scheduler?.idle),
            ("series.telescopes-offline", "telescopes", series.scheduler?.offline),
            ("series.observations-pending", "requests", series.scheduler?.pending),
            ("series.observations-completed", "observations", series.scheduler?.completed),
            ("series.observations-wasted", "observations", series.scheduler?.wasted),
            ("series.copies-sent", "copies", series.sending?.sent),
            ("series.copies-retried", "copies", series.sending?.retried),
            ("series.copies-refused", "copies", series.sending?.refused),
            ("series.copies-timed-out", "copies", series.sending?.timedOut),
            ("series.faults", "faults", series.faults), ("series.uplinks-out", "uplinks", series.uplinksOut),
        ]
        let latencies = [
            ("series.latency-p50", series.latencyP50), ("series.latency-p95", series.latencyP95),
            ("series.latency-p99", series.latencyP99),
        ]
        return plain.flatMap { name, unit, values in
            (values ?? []).enumerated().map { index, value in
                [variant.name, "", number(Double(index) * series.binSeconds), name, unit, number(value)]
            }
        }
            + latencies.flatMap { name, values in
                values.enumerated().compactMap { index, value in
                    value.map {
                        [variant.name, "", number(Double(index) * series.latencyBinSeconds), name, "s", number($0)]
                    }
                }
            }
    }

    private static func number(_ value: Double) -> String { DecimalText.trimmed(value) }
}

import OrreryExperiment

/// The charts that every network has: what comes, what waits, what is busy, and how long it takes.
extension OverTimeSection {
    var flow: TimeChart {
        let width = max(series.binSeconds, 1e-9)
        let peak = highest(.delivered) { [$0.produced, $0.delivered, $0.lost] }
        let units: [(seconds: Double, short: String, long: String)] = [
            (1, "s", "second"), (60, "min", "minute"), (3600, "h", "hour"), (86_400, "d", "day"),
        ]
        let unit = units.first { peak / width * $0.seconds >= 2 } ?? units[3]
        func rate(_ label: String, _ values: [Double], _ look: Int) -> ChartLine {
            ChartLine(label: label, values: values.map { $0 / width * unit.seconds }, look: look, isArea: look == 1)
        }
        let delivered = rate("delivered", series.delivered, 2).with(band(.delivered), scale: unit.seconds / width)
        var lines = [rate("arrivals", series.produced, 1), delivered]
        let hasLosses = series.lost.contains { $0 > 0 }
        if hasLosses { lines.append(rate("lost", series.lost, 3)) }
        var chart = chart(
            "flow", "Arrivals against deliveries", note: "items per \(unit.long)", unit: "items/\(unit.short)",
            lines: lines, axis: .counts(highest: peak / width * unit.seconds))
        if !hasLosses, !series.produced.isEmpty { chart.remarks.append("Nothing was lost.") }
        return chart
    }

    var queue: TimeChart {
        let metrics = ["broker.depth", "broker.depth-highest"]
        let lines = [
            ChartLine(label: "mean", values: series.brokerDepth, look: 1, isArea: true).with(band(.brokerDepth)),
            ChartLine(label: "highest", values: series.brokerDepthHighest, look: 2, merging: .highest),
        ]
        let highest = highest(.brokerDepth) { [$0.brokerDepth, $0.brokerDepthHighest] }
        let capacity = variant.network.brokerCapacity.map { Double($0) }
        let reach = max(highest * 4, 1)
        let capacities = result.variants.compactMap { $0.network.brokerCapacity.map { Double($0) } }
        let top = [
            highest, capacities.filter { $0 <= reach }.max() ?? 0, limits(metrics, unit: "copies", near: highest),
        ]
        var chart = chart(
            "queue", "Queue at the broker", note: "items waiting", unit: "items", lines: lines,
            axis: .counts(highest: top.max() ?? 0))
        for threshold in OverTimeSection.judging(variant, metrics, "copies") {
            guard let limit = threshold.limit, limit <= chart.axis.upper else { continue }
            chart.references.append(Plot.Reference(value: limit, label: "limit: \(threshold.condition)"))
        }
        if let capacity, capacity <= reach {
            chart.references.append(Plot.Reference(value: capacity, label: "capacity \(Quantity.count(capacity))"))
        } else if let capacity {
            chart.remarks.append("The capacity of \(Quantity.count(capacity)) lies far above this chart.")
        } else {
            chart.remarks.append("The queue has no limit.")
        }
        if let stage = variant.stages.first(where: { $0.name == "broker-wait" }), variant.replications.count > 1 {
            chart.remarks.append(
                "“Highest” is the most in each step in any seed; the longest queue"
                    + (result.warmUpSeconds > 0 ? " after the warm-up" : "")
                    + " was \(Quantity.count(Double(stage.highestOccupancy))).")
        }
        return chart
    }

    /// What was sent again, refused, or never answered; nil where nothing was.
    var retries: TimeChart? {
        guard let sending = series.sending else { return nil }
        let lines = [
            ChartLine(label: "sent", values: sending.sent, look: 1),
            ChartLine(label: "repeated", values: sending.retried, look: 2).with(band(.retried)),
            ChartLine(label: "refused", values: sending.refused, look: 3),
            ChartLine(label: "no answer", values: sending.timedOut, look: 4),
        ].filter { $0.look == 1 || $0.highest > 0 }
        guard lines.count > 1 else { return nil }
        var chart = chart(
            "retries", "What producers send, and what they send again", note: "copies in each step", unit: "in a step",
            lines: lines,
            axis: .counts(
                highest: highest(.retried) { series in
                    series.sending.map { [$0.sent, $0.retried, $0.refused, $0.timedOut] } ?? []
                }))
        let (sent, again) = (sending.sent.reduce(0, +), sending.retried.reduce(0, +))
        if sent > 0 {
            chart.remarks.append(
                "\(Quantity.share(again / sent)) of all copies were of items that had been sent before.")
        }
        return chart
    }

    /// Uplinks that were in an outage; nil where none ever was.
    var links: TimeChart? {
        series.uplinksOut.map { out in
            chart(
                "links", "Uplinks in an outage", note: "uplinks", unit: "uplinks",
                lines: [ChartLine(label: "out", values: out, look: 3, isArea: true)],
                axis: .counts(highest: highest(nil) { [$0.uplinksOut ?? []] }))
        }
    }

    var underWay: TimeChart {
        let metrics = ["items.in-flight", "items.in-flight-highest"]
        var lines = [
            ChartLine(label: "in flight", values: series.inFlight, look: 1, isArea: true).with(band(.inFlight))
        ]
        let disks = ChartLine(label: "on disks", values: series.diskBacklog, look: 2)
        let (most, backlog) = (lines[0].highest, disks.highest)
        // A line that lies on the axis says less than its highest value.
        let isDrawn = backlog > 0.02 * most
        if isDrawn { lines.append(disks) }
        let highest = highest(.inFlight) { [$0.inFlight, $0.diskBacklog] }
        var chart = chart(
            "underway", isDrawn ? "In flight, and waiting on disks" : "In flight",
            note: "items between shutter and archive", unit: "items", lines: lines,
            axis: .counts(highest: max(highest, limits(metrics, unit: "items", near: highest))), judgedBy: metrics)
        if !isDrawn, variant.network.sites > 0, most > 0 {
            chart.remarks.append(
                backlog > 0
                    ? "Hardly any waited on a disk: at most \(Numerals.significant(backlog, digits: 2)) at all sites together, averaged over a step."
                    : "None waited on a disk.")
        }
        return chart
    }

    var utilisation: TimeChart {
        var lines: [ChartLine] = []
        if let uplinks = series.uplinkUtilisation {
            lines.append(ChartLine(label: "uplinks", values: uplinks, look: 2))
        }
        if let workers = series.workerUtilisation {
            lines.append(ChartLine(label: "workers", values: workers, look: 1).with(band(.workerUtilisation)))
        }
        if let cluster = series.cluster {
            lines.append(
                ChartLine(label: "nodes", values: cluster.utilisation, look: 1).with(band(.clusterUtilisation)))
        }
        if let operators = series.state?.operatorUtilisation {
            lines.append(ChartLine(label: "operators", values: operators, look: 4))
        }
        if let store = series.storeUtilisation { lines.append(ChartLine(label: "store", values: store, look: 3)) }
        var chart = chart(
            "busy", "Utilisation", note: "share of the time busy", unit: "share", lines: lines, axis: .shares,
            judgedBy: [
                "uplinks.utilisation", "workers.utilisation", "cluster.utilisation", "operators.utilisation",
                "store.utilisation",
            ])
        if series.uplinkUtilisation != nil, variant.network.sites > 1 {
            chart.remarks.append(
                "“Uplinks” is the mean of all \(variant.network.sites) sites: one of them can be far busier than the line."
            )
        }
        return chart
    }

    var latency: TimeChart {
        let lines = [
            ChartLine(label: "median", values: series.latencyP50, look: 1, merging: .highest),
            ChartLine(label: "p95", values: series.latencyP95, look: 2, merging: .highest),
            ChartLine(label: "p99", values: series.latencyP99, look: 3, merging: .highest).with(band(.latencyP99)),
        ]
        let values = shared.flatMap { ($0.latencyP50 + $0.latencyP95 + $0.latencyP99).compactMap { $0 } }
        let spread = shared.compactMap { $0.bands?.first { $0.series == .latencyP99 } }
            .flatMap { ($0.lower + $0.upper).compactMap(\.self) }
        let limits = result.variants.flatMap { OverTimeSection.judging($0, ["delivery.latency"], "s") }
            .compactMap(\.limit)
        var chart = chart(
            "latency", "Latency of what was delivered", note: "logarithmic; from the closing of the shutter", unit: "s",
            lines: lines, axis: .durations(values.isEmpty ? [] : values + spread + limits),
            judgedBy: ["delivery.latency"])
        chart.binSeconds = series.latencyBinSeconds
        return chart
    }
}

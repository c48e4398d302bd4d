import OrreryExperiment

/// What happened over time: charts on one shared axis.
struct OverTimeSection {
    var result: ExperimentResult
    var variant: VariantResult
    var id: String

    private var series: SeriesResult { variant.series }
    /// The series of all variants: their charts share their vertical axes, so that they can be compared.
    private var shared: [SeriesResult] { result.variants.map(\.series) }

    /// So many bins that all charts of all variants together stay within the size of a file that can be sent by mail.
    private var binLimit: Int { max(120, 600 / max(1, result.variants.count)) }

    var markup: Markup {
        element("div", ["class": "over-time"]) {
            element("h3") { "Over time" }
            if series.produced.contains(where: { $0 > 0 }) {
                element("p", ["class": "note-line"]) {
                    "Simulated time since \(variant.startDate) 00:00 UTC, the same axis in every chart. \(meaning)"
                    if result.variants.count > 1 { " The charts of all variants have the same scales." }
                }
                flow.figure
                if let cluster = series.cluster {
                    members(cluster).figure
                    trouble(cluster).figure
                } else {
                    queue.figure
                }
                if let state = series.state { conflicts(state).figure }
                if let waiting = series.state?.operatorsWaiting { tickets(waiting).figure }
                underWay.figure
                utilisation.figure
                if let replicas { replicas.figure }
                if let locks = series.locks { waiters(locks).figure }
                if let scheduler = series.scheduler { telescopes(scheduler).figure }
                latency.figure
            } else {
                element("p", ["class": "nothing"]) {
                    (variant.replications.isEmpty ? "No seed finished" : "Nothing was produced")
                        + ", so there is nothing to draw."
                }
            }
        }
    }

    private var meaning: String {
        let runs = variant.replications.count
        let words = runs > 1 ? "Lines are means over \(runs) seeds." : "Lines are from one seed."
        let factor = (series.produced.count + binLimit - 1) / binLimit
        guard factor > 1 else { return words }
        let step = Quantity.seconds(series.binSeconds * Double(factor))
        return words + " Each step covers \(step): bins were joined, and highest values stay the highest."
    }

    private func chart(_ name: String, _ title: String, note: String, unit: String, lines: [ChartLine], axis: ValueAxis)
        -> TimeChart
    {
        TimeChart(
            id: "\(id)-\(name)", title: title, unitNote: note, unit: unit, lines: lines, binSeconds: series.binSeconds,
            duration: variant.durationSeconds, warmUp: variant.warmUpSeconds, axis: axis, binLimit: binLimit)
    }

    private var flow: TimeChart {
        let width = max(series.binSeconds, 1e-9)
        let peak =
            shared.map { ChartLine(label: "", values: $0.produced + $0.delivered + $0.lost, look: 1).highest }.max()
            ?? 0
        let units: [(seconds: Double, short: String, long: String)] = [
            (1, "s", "second"), (60, "min", "minute"), (3600, "h", "hour"), (86_400, "d", "day"),
        ]
        let unit = units.first { peak / width * $0.seconds >= 2 } ?? units[3]
        func rate(_ label: String, _ values: [Double], _ look: Int) -> ChartLine {
            ChartLine(label: label, values: values.map { $0 / width * unit.seconds }, look: look, isArea: look == 1)
        }
        var lines = [rate("arrivals", series.produced, 1), rate("delivered", series.delivered, 2)]
        let hasLosses = series.lost.contains { $0 > 0 }
        if hasLosses { lines.append(rate("lost", series.lost, 3)) }
        var chart = chart(
            "flow", "Arrivals against deliveries", note: "items per \(unit.long)", unit: "items/\(unit.short)",
            lines: lines,
            axis: .counts(highest: peak / width * unit.seconds))
        if !hasLosses, !series.produced.isEmpty { chart.remarks = ["Nothing was lost."] }
        return chart
    }

    private var queue: TimeChart {
        let lines = [
            ChartLine(label: "mean", values: series.brokerDepth, look: 1, isArea: true),
            ChartLine(label: "highest", values: series.brokerDepthHighest, look: 2, merging: .highest),
        ]
        let highest =
            shared.map { ChartLine(label: "", values: $0.brokerDepth + $0.brokerDepthHighest, look: 1).highest }.max()
            ?? 0
        let capacity = variant.network.brokerCapacity.map { Double($0) }
        let reach = max(highest * 4, 1)
        let capacities = result.variants.compactMap { $0.network.brokerCapacity.map { Double($0) } }
        var chart = chart(
            "queue", "Queue at the broker", note: "items waiting", unit: "items", lines: lines,
            axis: .counts(highest: max(highest, capacities.filter { $0 <= reach }.max() ?? 0)))
        if let capacity, capacity <= reach {
            chart.references = [Plot.Reference(value: capacity, label: "capacity \(Quantity.count(capacity))")]
        } else if let capacity {
            chart.remarks = ["The capacity of \(Quantity.count(capacity)) lies far above this chart."]
        } else {
            chart.remarks = ["The queue has no limit."]
        }
        if let stage = variant.stages.first(where: { $0.name == "broker-wait" }), variant.replications.count > 1 {
            chart.remarks.append(
                "“Highest” is the most in each step in any seed; the longest queue"
                    + (result.warmUpSeconds > 0 ? " after the warm-up" : "")
                    + " was \(Quantity.count(Double(stage.highestOccupancy))).")
        }
        return chart
    }

    private func telescopes(_ scheduler: SchedulerSeriesResult) -> TimeChart {
        let highest = shared.compactMap { $0.scheduler?.open.max() }.max() ?? 0
        var chart = chart(
            "telescopes", "Telescopes and what they have to do", note: "telescopes", unit: "telescopes",
            lines: [
                ChartLine(label: "open", values: scheduler.open, look: 1, isArea: true),
                ChartLine(label: "idle", values: scheduler.idle, look: 2),
                ChartLine(label: "offline", values: scheduler.offline, look: 3),
            ],
            axis: .counts(highest: max(highest, scheduler.offline.max() ?? 0)))
        let (completed, wasted) = (scheduler.completed.reduce(0, +), scheduler.wasted.reduce(0, +))
        chart.remarks = [
            "Open are telescopes that work under an open dome; idle are those of them that the scheduler has given nothing to do.",
            "A run had \(Quantity.count(completed)) completed observations and \(Quantity.count(wasted)) that came to nothing.",
        ]
        return chart
    }

    private func members(_ cluster: ClusterSeriesResult) -> TimeChart {
        let nodes = Double(variant.network.nodes ?? 0)
        var chart = chart(
            "members", "Nodes that are there", note: "nodes", unit: "nodes",
            lines: [ChartLine(label: "there", values: cluster.members, look: 1, isArea: true)],
            axis: .counts(highest: max(nodes, 1)))
        chart.references = [Plot.Reference(value: nodes, label: "all \(Quantity.count(nodes))")]
        return chart
    }

    private func trouble(_ cluster: ClusterSeriesResult) -> TimeChart {
        let lines = [
            ChartLine(label: "overflows", values: cluster.overflows, look: 3),
            ChartLine(label: "retried", values: cluster.retried, look: 2),
            ChartLine(label: "moved", values: cluster.redistributed, look: 1),
        ]
        let highest = lines.map(\.highest).max() ?? 0
        var chart = chart(
            "trouble", "What goes wrong in the cluster", note: "messages and events in each step", unit: "in a step",
            lines: lines, axis: .counts(highest: highest))
        let dead = cluster.declaredDead.reduce(0, +)
        chart.remarks = [
            highest == 0
                ? "No inbox was full, and nothing was handed over twice."
                : "Overflows are messages that a full inbox lost; what moved got another owner, because its own was declared dead.",
            dead > 0 ? "Nodes were declared dead \(Quantity.count(dead)) times a run." : "No node was declared dead.",
        ]
        return chart
    }

    private func waiters(_ locks: LockSeriesResult) -> TimeChart {
        let line = ChartLine(label: "waiting", values: locks.waiting, look: 3, isArea: true)
        var chart = chart(
            "locks", "Workers that wait for a lock", note: "workers", unit: "workers", lines: [line],
            axis: .counts(highest: shared.compactMap(\.locks).flatMap(\.waiting).max() ?? 0))
        let (acquired, abandoned) = (locks.acquired.reduce(0, +), locks.abandoned.reduce(0, +))
        chart.remarks = [
            "Workers got \(Quantity.count(acquired)) locks a run and gave \(Quantity.count(abandoned)) up."
        ]
        let expired = locks.sessionsExpired.reduce(0, +)
        if expired > 0 { chart.remarks.append("\(Quantity.count(expired)) sessions expired a run.") }
        return chart
    }

    private func conflicts(_ state: StateSeriesResult) -> TimeChart {
        let lines = [
            ChartLine(label: "writes", values: state.writes, look: 1, isArea: true),
            ChartLine(label: "conflicts", values: state.conflicts, look: 3),
        ]
        let highest = shared.map { ChartLine(label: "", values: $0.state?.writes ?? [], look: 1).highest }
        var chart = chart(
            "state", "Writes to the state, and those that conflict", note: "writes in each step", unit: "in a step",
            lines: lines, axis: .counts(highest: highest.max() ?? 0))
        if lines[1].highest == 0 { chart.remarks = ["No write conflicted."] }
        return chart
    }

    private func tickets(_ waiting: [Double]) -> TimeChart {
        let highest = shared.map { ChartLine(label: "", values: $0.state?.operatorsWaiting ?? [], look: 1).highest }
        return chart(
            "tickets", "Waiting for an operator", note: "items", unit: "items",
            lines: [ChartLine(label: "waiting", values: waiting, look: 1, isArea: true)],
            axis: .counts(highest: highest.max() ?? 0))
    }

    private var underWay: TimeChart {
        var lines = [ChartLine(label: "in flight", values: series.inFlight, look: 1, isArea: true)]
        let disks = ChartLine(label: "on disks", values: series.diskBacklog, look: 2)
        let (highest, backlog) = (lines[0].highest, disks.highest)
        // A line that lies on the axis says less than its highest value.
        let isDrawn = backlog > 0.02 * highest
        if isDrawn { lines.append(disks) }
        var chart = chart(
            "underway", isDrawn ? "In flight, and waiting on disks" : "In flight",
            note: "items between shutter and archive", unit: "items", lines: lines,
            axis: .counts(
                highest: shared.map { ChartLine(label: "", values: $0.inFlight + $0.diskBacklog, look: 1).highest }
                    .max() ?? 0))
        if !isDrawn, variant.network.sites > 0, highest > 0 {
            chart.remarks = [
                backlog > 0
                    ? "Hardly any waited on a disk: at most \(Numerals.significant(backlog, digits: 2)) at all sites together, averaged over a step."
                    : "None waited on a disk."
            ]
        }
        return chart
    }

    private var utilisation: TimeChart {
        var lines: [ChartLine] = []
        if let uplinks = series.uplinkUtilisation {
            lines.append(ChartLine(label: "uplinks", values: uplinks, look: 2))
        }
        if let workers = series.workerUtilisation {
            lines.append(ChartLine(label: "workers", values: workers, look: 1))
        }
        if let cluster = series.cluster {
            lines.append(ChartLine(label: "nodes", values: cluster.utilisation, look: 1))
        }
        if let operators = series.state?.operatorUtilisation {
            lines.append(ChartLine(label: "operators", values: operators, look: 3))
        }
        if let store = series.storeUtilisation { lines.append(ChartLine(label: "store", values: store, look: 3)) }
        var chart = chart(
            "busy", "Utilisation", note: "share of the time busy", unit: "share", lines: lines, axis: .shares)
        if series.uplinkUtilisation != nil, variant.network.sites > 1 {
            chart.remarks = [
                "“Uplinks” is the mean of all \(variant.network.sites) sites: one of them can be far busier than the line."
            ]
        }
        return chart
    }

    /// What the autoscaler wanted and had; nil without one.
    private var replicas: TimeChart? {
        guard let wanted = series.replicasWanted, let ready = series.replicasReady, let busy = series.replicasBusy
        else { return nil }
        let lines = [
            ChartLine(label: "wanted", values: wanted, look: 3), ChartLine(label: "ready", values: ready, look: 1),
            ChartLine(label: "busy", values: busy, look: 2),
        ]
        let highest = shared.map { series in
            ChartLine(label: "", values: (series.replicasWanted ?? []) + (series.replicasReady ?? []), look: 1).highest
        }
        var chart = chart(
            "replicas", "Workers under the autoscaler", note: "replicas", unit: "replicas", lines: lines,
            axis: .counts(highest: highest.max() ?? 0))
        if variant.replications.count > 1 {
            chart.remarks = ["Each seed scales at its own moments, which a mean hides: one seed alone shows them."]
        }
        return chart
    }

    private var latency: TimeChart {
        let lines = [
            ChartLine(label: "median", values: series.latencyP50, look: 1, merging: .highest),
            ChartLine(label: "p95", values: series.latencyP95, look: 2, merging: .highest),
            ChartLine(label: "p99", values: series.latencyP99, look: 3, merging: .highest),
        ]
        var chart = chart(
            "latency", "Latency of what was delivered", note: "logarithmic; from the closing of the shutter", unit: "s",
            lines: lines,
            axis: .durations(shared.flatMap { ($0.latencyP50 + $0.latencyP95 + $0.latencyP99).compactMap { $0 } }))
        chart.binSeconds = series.latencyBinSeconds
        return chart
    }
}

import OrreryExperiment

/// The charts of parts that only some networks have.
extension OverTimeSection {
    func telescopes(_ scheduler: SchedulerSeriesResult) -> TimeChart {
        let highest = highest(.telescopesIdle) { $0.scheduler.map { [$0.open, $0.offline] } ?? [] }
        var chart = chart(
            "telescopes", "Telescopes and what they have to do", note: "telescopes", unit: "telescopes",
            lines: [
                ChartLine(label: "open", values: scheduler.open, look: 1, isArea: true),
                ChartLine(label: "idle", values: scheduler.idle, look: 2).with(band(.telescopesIdle)),
                ChartLine(label: "offline", values: scheduler.offline, look: 3),
            ],
            axis: .counts(highest: highest))
        let (completed, wasted) = (scheduler.completed.reduce(0, +), scheduler.wasted.reduce(0, +))
        chart.remarks = [
            "Open are telescopes that work under an open dome; idle are those of them that the scheduler has given nothing to do.",
            "A run had \(Quantity.count(completed)) completed observations and \(Quantity.count(wasted)) that came to nothing.",
        ]
        return chart
    }

    func members(_ cluster: ClusterSeriesResult) -> TimeChart {
        let nodes = Double(variant.network.nodes ?? 0)
        var chart = chart(
            "members", "Nodes that are there", note: "nodes", unit: "nodes",
            lines: [
                ChartLine(label: "there", values: cluster.members, look: 1, isArea: true).with(band(.clusterMembers))
            ],
            axis: .counts(highest: max(highest(.clusterMembers) { [$0.cluster?.members ?? []] }, nodes, 1)),
            judgedBy: ["cluster.members"])
        chart.references.append(Plot.Reference(value: nodes, label: "all \(Quantity.count(nodes))"))
        return chart
    }

    func inboxes(_ cluster: ClusterSeriesResult) -> TimeChart {
        let highest = highest(.clusterWaiting) { [$0.cluster?.waiting ?? []] }
        return chart(
            "inboxes", "Waiting in the nodes’ inboxes", note: "messages, all nodes together", unit: "messages",
            lines: [
                ChartLine(label: "waiting", values: cluster.waiting, look: 1, isArea: true).with(band(.clusterWaiting))
            ],
            axis: .counts(highest: max(highest, limits(["cluster.waiting"], unit: "messages", near: highest))),
            judgedBy: ["cluster.waiting"])
    }

    func trouble(_ cluster: ClusterSeriesResult) -> TimeChart {
        let lines = [
            ChartLine(label: "overflows", values: cluster.overflows, look: 3).with(band(.clusterOverflows)),
            ChartLine(label: "retried", values: cluster.retried, look: 2),
            ChartLine(label: "moved", values: cluster.redistributed, look: 1),
        ]
        let highest = highest(.clusterOverflows) { series in
            series.cluster.map { [$0.overflows, $0.retried, $0.redistributed] } ?? []
        }
        var chart = chart(
            "trouble", "What goes wrong in the cluster", note: "messages and events in each step", unit: "in a step",
            lines: lines, axis: .counts(highest: highest))
        let dead = cluster.declaredDead.reduce(0, +)
        chart.remarks = [
            lines.allSatisfy { $0.highest == 0 }
                ? "No inbox was full, and nothing was handed over twice."
                : "Overflows are messages that a full inbox lost; what moved got another owner, because its own was declared dead.",
            dead > 0 ? "Nodes were declared dead \(Quantity.count(dead)) times a run." : "No node was declared dead.",
        ]
        return chart
    }

    func waiters(_ locks: LockSeriesResult) -> TimeChart {
        let line = ChartLine(label: "waiting", values: locks.waiting, look: 3, isArea: true).with(band(.lockWaiters))
        let highest = highest(.lockWaiters) { [$0.locks?.waiting ?? []] }
        let metrics = ["locks.waiters", "locks.waiters-highest"]
        var chart = chart(
            "locks", "Workers that wait for a lock", note: "workers", unit: "workers", lines: [line],
            axis: .counts(highest: max(highest, limits(metrics, unit: "workers", near: highest))), judgedBy: metrics)
        let (acquired, abandoned) = (locks.acquired.reduce(0, +), locks.abandoned.reduce(0, +))
        chart.remarks.append(
            "Workers got \(Quantity.count(acquired)) locks a run and gave \(Quantity.count(abandoned)) up.")
        let expired = locks.sessionsExpired.reduce(0, +)
        if expired > 0 { chart.remarks.append("\(Quantity.count(expired)) sessions expired a run.") }
        return chart
    }

    func conflicts(_ state: StateSeriesResult) -> TimeChart {
        let lines = [
            ChartLine(label: "writes", values: state.writes, look: 1, isArea: true),
            ChartLine(label: "conflicts", values: state.conflicts, look: 3).with(band(.stateConflicts)),
        ]
        var chart = chart(
            "state", "Writes to the state, and those that conflict", note: "writes in each step", unit: "in a step",
            lines: lines, axis: .counts(highest: highest(.stateConflicts) { [$0.state?.writes ?? []] }))
        if lines[1].highest == 0 { chart.remarks = ["No write conflicted."] }
        return chart
    }

    func tickets(_ waiting: [Double]) -> TimeChart {
        let highest = highest(.operatorsWaiting) { [$0.state?.operatorsWaiting ?? []] }
        return chart(
            "tickets", "Waiting for an operator", note: "items", unit: "items",
            lines: [
                ChartLine(label: "waiting", values: waiting, look: 1, isArea: true).with(band(.operatorsWaiting))
            ],
            axis: .counts(highest: max(highest, limits(["operators.waiting"], unit: "items", near: highest))),
            judgedBy: ["operators.waiting"])
    }

    /// What the autoscaler wanted and had; nil without one.
    var replicas: TimeChart? {
        guard let wanted = series.replicasWanted, let ready = series.replicasReady, let busy = series.replicasBusy
        else { return nil }
        let lines = [
            ChartLine(label: "wanted", values: wanted, look: 3),
            ChartLine(label: "ready", values: ready, look: 1).with(band(.replicasReady)),
            ChartLine(label: "busy", values: busy, look: 2),
        ]
        let highest = highest(.replicasReady) { [$0.replicasWanted ?? [], $0.replicasReady ?? []] }
        var chart = chart(
            "replicas", "Workers under the autoscaler", note: "replicas", unit: "replicas", lines: lines,
            axis: .counts(highest: highest), judgedBy: ["replicas.wanted", "replicas.ready"])
        if let scalings = scalings(wanted) { chart.remarks.append(scalings) }
        if variant.replications.count > 1 {
            chart.remarks.append("Each seed scales at its own moments, which a mean hides: one seed alone shows them.")
        }
        return chart
    }

    /// How often the autoscaler started replicas and turned round; nil where it was not measured.
    private func scalings(_ wanted: [Double]) -> String? {
        guard let starts = variant.metrics.first(where: { $0.key == "replicas.starts" }),
            let turns = variant.metrics.first(where: { $0.key == "replicas.reversals" })
        else { return nil }
        return "It started \(Numerals.significant(starts.mean)) replicas and turned round "
            + "\(Numerals.significant(turns.mean)) times an hour."
    }
}

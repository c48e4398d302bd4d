import OrreryExperiment

/// One of the series of a result, with the name and the unit that files give it.
struct NamedSeries {
    /// What a value of it is.
    enum Kind {
        /// What happened within a bin.
        case count
        /// The mean level over a bin.
        case level
    }

    /// The name, for instance `broker-depth`.
    var name: String
    /// The unit.
    var unit: String
    /// What a value is.
    var kind: Kind
    /// One value a bin.
    var values: [Double]

    private init?(_ name: String, _ unit: String, _ kind: Kind, _ values: [Double]?) {
        guard let values else { return nil }
        (self.name, self.unit, self.kind, self.values) = (name, unit, kind, values)
    }

    /// All that a result has, apart from the latencies, whose bins are coarser.
    static func all(_ series: SeriesResult) -> [NamedSeries] {
        let (nodes, locks, state, scheduler) = (series.cluster, series.locks, series.state, series.scheduler)
        let items = [
            NamedSeries("produced", "items", .count, series.produced),
            NamedSeries("delivered", "items", .count, series.delivered),
            NamedSeries("lost", "items", .count, series.lost),
            NamedSeries("broker-depth", "items", .level, series.brokerDepth),
            NamedSeries("broker-depth-highest", "items", .level, series.brokerDepthHighest),
            NamedSeries("in-flight", "items", .level, series.inFlight),
            NamedSeries("disk-backlog", "items", .level, series.diskBacklog),
            NamedSeries("uplink-utilisation", "share", .level, series.uplinkUtilisation),
            NamedSeries("worker-utilisation", "share", .level, series.workerUtilisation),
            NamedSeries("store-utilisation", "share", .level, series.storeUtilisation),
        ]
        let cluster = [
            NamedSeries("cluster-utilisation", "share", .level, nodes?.utilisation),
            NamedSeries("cluster-members", "nodes", .level, nodes?.members),
            NamedSeries("cluster-waiting", "messages", .level, nodes?.waiting),
            NamedSeries("cluster-overflows", "messages", .count, nodes?.overflows),
            NamedSeries("cluster-declared-dead", "nodes", .count, nodes?.declaredDead),
            NamedSeries("cluster-redistributed", "events", .count, nodes?.redistributed),
            NamedSeries("cluster-retried", "events", .count, nodes?.retried),
        ]
        let work = [
            NamedSeries("lock-waiters", "workers", .level, locks?.waiting),
            NamedSeries("locks-acquired", "locks", .count, locks?.acquired),
            NamedSeries("locks-abandoned", "locks", .count, locks?.abandoned),
            NamedSeries("sessions-expired", "sessions", .count, locks?.sessionsExpired),
            NamedSeries("state-writes", "writes", .count, state?.writes),
            NamedSeries("state-conflicts", "writes", .count, state?.conflicts),
            NamedSeries("operators-waiting", "items", .level, state?.operatorsWaiting),
            NamedSeries("operator-utilisation", "share", .level, state?.operatorUtilisation),
            NamedSeries("replicas-wanted", "replicas", .level, series.replicasWanted),
            NamedSeries("replicas-ready", "replicas", .level, series.replicasReady),
            NamedSeries("replicas-busy", "replicas", .level, series.replicasBusy),
        ]
        let telescopes = [
            NamedSeries("telescopes-open", "telescopes", .level, scheduler?.open),
            NamedSeries("telescopes-idle", "telescopes", .level, scheduler?.idle),
            NamedSeries("telescopes-offline", "telescopes", .level, scheduler?.offline),
            NamedSeries("observations-pending", "requests", .level, scheduler?.pending),
            NamedSeries("observations-completed", "observations", .count, scheduler?.completed),
            NamedSeries("observations-wasted", "observations", .count, scheduler?.wasted),
        ]
        let trouble = [
            NamedSeries("copies-sent", "copies", .count, series.sending?.sent),
            NamedSeries("copies-retried", "copies", .count, series.sending?.retried),
            NamedSeries("copies-refused", "copies", .count, series.sending?.refused),
            NamedSeries("copies-timed-out", "copies", .count, series.sending?.timedOut),
            NamedSeries("faults", "faults", .level, series.faults),
            NamedSeries("uplinks-out", "uplinks", .level, series.uplinksOut),
        ]
        return (items + cluster + work + telescopes + trouble).compactMap(\.self)
    }

    /// The latencies: a share of what was delivered in a bin, and what that share did not exceed.
    static func latencies(_ series: SeriesResult) -> [(share: Double, values: [Double?])] {
        [(0.5, series.latencyP50), (0.95, series.latencyP95), (0.99, series.latencyP99)]
    }
}

import OrreryKernel

extension MetricCatalog {
    /// What is measured in a cluster; in a network without one, nothing.
    static let cluster = [
        Metric(
            key: "cluster.members", unit: .nodes, summary: "nodes that are there, averaged over time", better: .higher,
            reading: .level { recording in recording.cluster.flatMap { $0.members.gauge.mean(at: recording.end) } },
            overTime: { $0.cluster.map { .level($0.members, per: 1) } }),
        Metric(
            key: "cluster.utilisation", unit: .share,
            summary: "the share of time that a node's loop is busy, averaged over all nodes", better: .neither,
            reading: .level { recording in
                guard let nodes = recording.plan.cluster?.nodes else { return nil }
                return recording.cluster?.busy.gauge.mean(at: recording.end).map { $0 / Double(nodes) }
            },
            overTime: { series in series.cluster.map { .level($0.busy, per: series.size.nodes) } }),
        Metric(
            key: "cluster.useful-work", unit: .share,
            summary: "the share of the loops' busy time that owners spend on events for the first time",
            better: .higher,
            reading: .level { recording in shareOfWork(\.usefulWork, in: recording) }),
        Metric(
            key: "cluster.wasted-work", unit: .share,
            summary: "the share of the loops' busy time that owners spend on events that are done or lost already",
            better: .lower,
            reading: .level { recording in shareOfWork(\.wastedWork, in: recording) }),
        Metric(
            key: "cluster.waiting", unit: .messages, summary: "messages that wait in inboxes, averaged over time",
            better: .lower,
            reading: .level { recording in recording.cluster.flatMap { $0.waiting.gauge.mean(at: recording.end) } },
            overTime: { $0.cluster.map { .level($0.waiting, per: 1) } }),
        Metric(
            key: "cluster.inbox-highest", unit: .messages, summary: "the most messages that waited in one inbox",
            better: .lower,
            reading: .level { $0.cluster.map { Double($0.inboxHighest) } }),
        Metric(
            key: "cluster.overflows", unit: .messages,
            summary: "messages that a full inbox lost (EventQueueOverflow)", better: .lower,
            reading: .count { $0.cluster?.overflows.observed },
            overTime: { $0.cluster.map { .counts($0.overflows) } }),
        Metric(
            key: "cluster.declared-dead", unit: .nodes,
            summary: "how often a node was declared dead (NodeNotResponsive)", better: .lower,
            reading: .count { $0.cluster?.declaredDead.observed },
            overTime: { $0.cluster.map { .counts($0.declaredDead) } }),
        Metric(
            key: "cluster.false-alarms", unit: .nodes,
            summary: "how often a node was declared dead although it ran, also where it was cut off from the others",
            better: .lower,
            reading: .count { $0.cluster?.falseAlarms.observed }),
        Metric(
            key: "cluster.suspicions", unit: .nodes,
            summary: "how often a node came to suspect another one, rightly or not", better: .lower,
            reading: .count { $0.cluster?.suspicions.observed }),
        Metric(
            key: "cluster.redistributed", unit: .events,
            summary: "events handed to another owner because theirs was declared dead", better: .lower,
            reading: .count { $0.cluster?.redistributed.observed },
            overTime: { $0.cluster.map { .counts($0.redistributed) } }),
        Metric(
            key: "cluster.retried", unit: .events,
            summary: "events handed over once more because nobody acknowledged them in time", better: .lower,
            reading: .count { $0.cluster?.retried.observed },
            overTime: { $0.cluster.map { .counts($0.retried) } }),
        Metric(
            key: "cluster.messages", unit: .messages, summary: "messages between nodes, heartbeats included",
            better: .lower,
            reading: .count { $0.cluster?.messages.observed },
            overTime: { $0.cluster.map { .counts($0.messages) } }),
        Metric(
            key: "cluster.detection-delay", unit: .seconds,
            summary: "from the crash of a node until it is declared dead",
            better: .lower,
            reading: .distribution { $0.cluster?.detectionDelay ?? Histogram() }),
    ]

    private static func shareOfWork(_ work: KeyPath<ClusterBooks, Duration>, in recording: Recording) -> Double? {
        guard let books = recording.cluster, let busy = books.busy.gauge.mean(at: recording.end), busy > 0 else {
            return nil
        }
        return books[keyPath: work].seconds / (busy * recording.observed.seconds)
    }
}

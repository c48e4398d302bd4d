import OrreryKernel

// What is measured in a coordination service and its locks; in a network without one, nothing.
extension MetricCatalog {
    static let coordination = ensemble + locks

    private static let ensemble = [
        Metric(
            key: "coordination.requests", unit: .requests,
            summary: "requests to the coordination service, pings and the ends of silent sessions included",
            better: .lower,
            reading: .count { $0.coordination.map { $0.reads.observed + $0.writes.observed } },
            overTime: { $0.coordination.map { .counts($0.requests) } }),
        Metric(
            key: "coordination.writes", unit: .requests,
            summary: "requests for which a majority of the coordination servers had to agree", better: .lower,
            reading: .count { $0.coordination?.writes.observed },
            overTime: { $0.coordination.map { .counts($0.writes) } }),
        Metric(
            key: "coordination.notifications", unit: .messages,
            summary: "words of the coordination service that what a worker watches is gone", better: .lower,
            reading: .count { $0.coordination?.notifications.observed },
            overTime: { $0.coordination.map { .counts($0.notifications) } }),
        Metric(
            key: "coordination.utilisation", unit: .share,
            summary: "the share of time that the busiest coordination server is busy: the leader, where writes prevail",
            better: .neither,
            reading: .level { recording in
                recording.coordination.map { $0.busiest.seconds / recording.observed.seconds }
            }),
        Metric(
            key: "coordination.sessions-expired", unit: .sessions,
            summary: "sessions that ended because the coordination service heard nothing of their workers",
            better: .lower,
            reading: .count { $0.coordination?.expired.observed },
            overTime: { $0.coordination.map { .counts($0.expired) } }),
    ]

    private static let locks = [
        Metric(
            key: "locks.wait", unit: .seconds,
            summary: "from a worker's wish for a lock until it knows that it has it, of those that it got",
            better: .lower,
            reading: .distribution { $0.coordination?.wait ?? Histogram() }),
        Metric(
            key: "locks.acquired", unit: .locks, summary: "locks that workers got", better: .neither,
            reading: .count { $0.coordination?.acquired.observed },
            overTime: { $0.coordination.map { .counts($0.acquired) } }),
        Metric(
            key: "locks.abandoned", unit: .locks, summary: "locks that workers did not get in time", better: .lower,
            reading: .count { $0.coordination?.abandoned.observed },
            overTime: { $0.coordination.map { .counts($0.abandoned) } }),
        Metric(
            key: "locks.lost", unit: .locks,
            summary: "locks whose holder's session expired, because it crashed or was not heard of",
            better: .lower,
            reading: .count { $0.coordination?.lost.observed }),
        Metric(
            key: "locks.fenced", unit: .locks,
            summary: "results that were refused because another worker had got the lock meanwhile", better: .lower,
            reading: .count { $0.coordination?.fenced.observed }),
        Metric(
            key: "locks.violations", unit: .locks,
            summary: "results that were taken although another worker had got the lock meanwhile", better: .lower,
            reading: .count { $0.coordination?.violations.observed }),
        Metric(
            key: "locks.waiters", unit: .workers, summary: "workers that wait for a lock, averaged over time",
            better: .lower,
            reading: .level { recording in
                recording.coordination.flatMap { $0.waiting.gauge.mean(at: recording.end) }
            },
            overTime: { $0.coordination.map { .level($0.waiting, per: 1) } }),
        Metric(
            key: "locks.waiters-highest", unit: .workers, summary: "the most workers that waited for a lock at once",
            better: .lower,
            reading: .level { $0.coordination.map { Double($0.waiting.gauge.highest) } }),
    ]
}

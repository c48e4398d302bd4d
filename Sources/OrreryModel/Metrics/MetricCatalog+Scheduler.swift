import OrreryKernel

extension MetricCatalog {
    /// What is measured of a scheduler and of observations; in a network without one, nothing.
    static let scheduler =
        [
            ended(.completed, "completed", "observations of which all exposures were taken", better: .higher),
            ended(.aborted, "aborted", "observations in the middle of which the dome closed"),
            ended(.failed, "failed", "observations in the middle of which the telescope crashed or broke"),
            ended(.notAttempted, "not-attempted", "observations that were given to a telescope and never began"),
            ended(.canceled, "canceled", "observations whose place another plan took before they began"),
            Metric(
                key: "observations.requeued", unit: .observations,
                summary: "observations that the centre took back, as it heard nothing of their telescope or their end",
                better: .lower,
                reading: .count { $0.scheduler?.requeued.observed },
                overTime: { $0.scheduler.map { .counts($0.requeued) } }),
            Metric(
                key: "observations.duplicate", unit: .observations,
                summary: "completed observations of requests that were over already", better: .lower,
                reading: .count { ofRequests($0)?.duplicates.observed }),
            Metric(
                key: "observations.wasted", unit: .share,
                summary: "the share of observations that were not completed, of those that ended and were not canceled",
                better: .lower,
                reading: .level { recording in
                    guard let books = recording.scheduler else { return nil }
                    let all = books.ended.reduce(0) { $0 + $1.observed } - books[.canceled].observed
                    return all > 0 ? 1 - Double(books[.completed].observed) / Double(all) : nil
                }),
        ] + requests + telescopesOfScheduler

    private static let requests = [
        Metric(
            key: "observations.requested", unit: .requests, summary: "requests for observations that came",
            better: .neither,
            reading: .count { ofRequests($0)?.requested.observed }),
        Metric(
            key: "observations.expired", unit: .requests,
            summary: "requests whose deadline passed before a telescope set out for them", better: .lower,
            reading: .count { ofRequests($0)?.expired.observed },
            overTime: { $0.scheduler.map { .counts($0.expired) } }),
        Metric(
            key: "observations.expired-share", unit: .share, summary: "expired requests as a share of those that came",
            better: .lower,
            reading: .level { recording in
                guard let books = ofRequests(recording), books.requested.observed > 0 else { return nil }
                return Double(books.expired.observed) / Double(books.requested.observed)
            }),
        Metric(
            key: "observations.pending", unit: .requests,
            summary: "requests that wait for a telescope, averaged over time", better: .lower,
            reading: .level { recording in ofRequests(recording)?.pending.gauge.mean(at: recording.end) },
            overTime: { $0.scheduler.map { .level($0.pending, per: 1) } }),
        Metric(
            key: "observations.wait", unit: .seconds,
            summary: "from a request to the beginning of its first observation", better: .lower,
            reading: .distribution { $0.scheduler?.wait ?? Histogram() }),
    ]

    private static let telescopesOfScheduler = [
        Metric(
            key: "telescopes.idle", unit: .share,
            summary: "the share of the open time of telescopes that work in which they have nothing to do",
            better: .lower,
            reading: .level { recording in
                guard let books = recording.scheduler, let open = books.open.gauge.mean(at: recording.end), open > 0
                else { return nil }
                return books.idle.gauge.mean(at: recording.end).map { $0 / open }
            },
            overTime: { $0.scheduler.map { .ratio($0.idle, of: $0.open) } }),
        Metric(
            key: "telescopes.offline", unit: .share,
            summary: "the share of telescopes that are marked offline, averaged over time", better: .lower,
            reading: .level { recording in
                recording.scheduler?.offline.gauge.mean(at: recording.end)
                    .map { $0 / Double(recording.plan.telescopeCount) }
            },
            overTime: { series in series.scheduler.map { .level($0.offline, per: series.size.telescopes) } }),
        Metric(
            key: "scheduler.utilisation", unit: .share, summary: "the share of time that the centre's computer works",
            better: .neither,
            reading: .level { recording in recording.scheduler?.busy.gauge.mean(at: recording.end) },
            overTime: { $0.scheduler.map { .level($0.busy, per: 1) } }),
        Metric(
            key: "scheduler.plan-age", unit: .seconds,
            summary: "how old the state was that a command was made from when it arrived: since the look at the fleet, "
                + "or since the telescope's question",
            better: .lower,
            reading: .distribution { $0.scheduler?.planAge ?? Histogram() }),
        Metric(
            key: "scheduler.false-offline", unit: .telescopes,
            summary: "how often a telescope was marked offline although it ran and its line worked", better: .lower,
            reading: .count { $0.scheduler?.falseOffline.observed },
            overTime: { $0.scheduler.map { .counts($0.falseOffline) } }),
        Metric(
            key: "scheduler.detection-delay", unit: .seconds,
            summary: "from the crash of a telescope's controller to its being marked offline", better: .lower,
            reading: .distribution { $0.scheduler?.detectionDelay ?? Histogram() }),
    ]

    private static func ended(
        _ end: ObservationEnd, _ name: String, _ summary: String, better: Metric.Direction = .lower
    ) -> Metric {
        Metric(
            key: "observations.\(name)", unit: .observations, summary: summary, better: better,
            reading: .count { $0.scheduler?[end].observed },
            overTime: { $0.scheduler.map { .counts($0[end]) } })
    }

    /// The books of a scheduler to which requests come; nil if there is always something to observe.
    private static func ofRequests(_ recording: Recording) -> SchedulerBooks? {
        recording.plan.scheduler?.requests == nil ? nil : recording.scheduler
    }
}

import OrreryKernel

/// Everything that is measured.
///
/// A new metric is one entry here.
public enum MetricCatalog {
    /// All metrics, in the order in which they are listed.
    public static let metrics: [Metric] = throughput + losses + levels + times

    /// The metric of this key.
    public static subscript(key: String) -> Metric? {
        metrics.first { $0.key == key }
    }

    private static let throughput = [
        Metric(
            key: "items.produced", unit: .items, summary: "items that came into being after the warm-up",
            reading: .count { $0.ledger.produced.observed }),
        Metric(
            key: "items.delivered", unit: .items, summary: "items that reached the archive after the warm-up",
            reading: .count { $0.ledger.delivered.observed }),
        Metric(
            key: "items.lost", unit: .items, summary: "items that were lost after the warm-up, for whatever reason",
            reading: .count { $0.ledger.lost.reduce(0) { $0 + $1.observed } }),
        Metric(
            key: "copies.sent", unit: .copies, summary: "sendings of items, retries included",
            reading: .count { $0.ledger.traffic.sent.observed }),
        Metric(
            key: "copies.retried", unit: .copies, summary: "sendings of items that had been sent before",
            reading: .count { $0.ledger.traffic.retried.observed }),
        Metric(
            key: "copies.refused", unit: .copies, summary: "copies that the centre turned away",
            reading: .count { $0.ledger.traffic.refused.observed }),
        Metric(
            key: "copies.timed-out", unit: .copies, summary: "copies to which no answer came in time",
            reading: .count { $0.ledger.traffic.timedOut.observed }),
        Metric(
            key: "copies.held-back", unit: .copies,
            summary: "sendings that a producer held back because the centre accepted little",
            reading: .count { $0.ledger.traffic.heldBack.observed }),
        Metric(
            key: "copies.duplicate", unit: .copies, summary: "copies of items that had been delivered before",
            reading: .count { $0.ledger.traffic.duplicates.observed }),
        Metric(
            key: "workers.crashes", unit: .crashes, summary: "how often a worker crashed",
            reading: .count { $0.workerCrashes.observed }),
        Metric(
            key: "exposures.aborted", unit: .exposures, summary: "exposures that the closing of the dome cut short",
            reading: .count { $0.abortedExposures.observed }),
        Metric(
            key: "exposures.interrupted", unit: .exposures,
            summary: "exposures that the crash of a telescope's controller interrupted",
            reading: .count { $0.interruptedExposures.observed }),
        Metric(
            key: "exposures.calibration", unit: .exposures,
            summary: "calibration frames; each makes items like any other exposure",
            reading: .count { $0.calibrationExposures.observed }),
        Metric(
            key: "items.loss-share", unit: .share, summary: "lost items as a share of those produced",
            reading: .level { recording in
                let produced = recording.ledger.produced.observed
                let lost = recording.ledger.lost.reduce(0) { $0 + $1.observed }
                return produced > 0 ? Double(lost) / Double(produced) : nil
            }),
        Metric(
            key: "arrivals.rate", unit: .itemsPerSecond, summary: "items produced per second: the offered load",
            reading: .level { Double($0.ledger.produced.observed) / $0.observed.seconds }),
        Metric(
            key: "delivery.throughput", unit: .itemsPerSecond, summary: "items delivered per second",
            reading: .level { Double($0.ledger.delivered.observed) / $0.observed.seconds }),
    ]

    private static let losses = LossReason.allCases.map { reason in
        Metric(
            key: "lost.\(reason.name)", unit: .items, summary: "items that were lost \(reason.summary)",
            reading: .count { $0.ledger.lost[reason.rawValue].observed })
    }

    private static let levels = [
        Metric(
            key: "items.in-flight", unit: .items, summary: "items on their way, averaged over time",
            reading: .level { $0.ledger.inFlight.mean(at: $0.end) }),
        Metric(
            key: "items.in-flight-highest", unit: .items, summary: "the most items that were on their way at once",
            reading: .level { Double($0.ledger.inFlight.highest) }),
        Metric(
            key: "broker.depth", unit: .copies,
            summary: "copies waiting in the broker, those that nobody waits for included, averaged over time",
            reading: .level { $0.brokerDepth.mean(at: $0.end) }),
        Metric(
            key: "broker.depth-highest", unit: .copies, summary: "the most copies that waited in the broker at once",
            reading: .level { Double($0.brokerDepth.highest) }),
        Metric(
            key: "uplinks.utilisation", unit: .share,
            summary: "the share of time that an uplink sends, averaged over the sites",
            reading: .level { recording in
                let sites = recording.plan.siteCount
                return sites > 0 ? recording.busyUplinks.gauge.mean(at: recording.end).map { $0 / Double(sites) } : nil
            }),
        Metric(
            key: "uplinks.utilisation-highest", unit: .share,
            summary: "the share of time that the busiest site's uplink sends",
            reading: .level { $0.busiestUplink?.utilisation }),
        Metric(
            key: "workers.utilisation", unit: .share,
            summary: "the share of time that a worker is busy, averaged over the workers",
            reading: .level { recording in
                recording.busyWorkers.gauge.mean(at: recording.end).map { $0 / Double(recording.plan.workers.count) }
            }),
        Metric(
            key: "workers.wasted", unit: .share,
            summary: "the share of the workers' work that was spent on what had been delivered meanwhile",
            reading: .level { recording in
                let busy = recording.busyWorkers.gauge.mean(at: recording.end) ?? 0
                return busy > 0 ? recording.wastedWork.seconds / (busy * recording.observed.seconds) : nil
            }),
        Metric(
            key: "telescopes.stalled", unit: .share,
            summary: "the share of telescopes that wait for room on their disks, averaged over time",
            reading: .level { share($0.stalledTelescopes, in: $0) }),
        Metric(
            key: "telescopes.down", unit: .share,
            summary: "the share of telescopes that are broken or have crashed, averaged over time, days included",
            reading: .level { share($0.downTelescopes, in: $0) }),
        Metric(
            key: "store.utilisation", unit: .share, summary: "the share of time that the store writes",
            reading: .level { $0.plan.store == nil ? nil : $0.busyStore.gauge.mean(at: $0.end) }),
        Metric(
            key: "store.full", unit: .share,
            summary: "the share of time that the store stops writing because its hot tier is full",
            reading: .level { $0.plan.store?.hotCapacity == nil ? nil : $0.blockedStore.mean(at: $0.end) }),
        Metric(
            key: "store.hot-bytes-highest", unit: .bytes,
            summary: "the most that the store's hot tier held, with what was being written",
            reading: .level { $0.plan.store == nil ? nil : Double($0.storeHotBytesHighest.bytes) }),
    ]

    private static let times =
        [
            Metric(
                key: "delivery.latency", unit: .seconds, summary: "from the closing of the shutter to the archive",
                reading: .distribution { $0.ledger.latency })
        ]
        + Stage.allCases.map { stage in
            Metric(
                key: "stage.\(stage.name)", unit: .seconds, summary: "how long a delivered item \(stage.summary)",
                reading: .distribution {
                    stage.exists(in: $0.plan) ? $0.ledger.stageTimes[stage.rawValue] : Histogram()
                })
        }

    private static func share(_ telescopes: TimeWeightedGauge, in recording: Recording) -> Double? {
        let count = recording.plan.telescopeCount
        return count > 0 ? telescopes.mean(at: recording.end).map { $0 / Double(count) } : nil
    }

    private static func occupancy(_ stage: Stage, in recording: Recording) -> Double? {
        recording.ledger.occupancy[stage.rawValue].mean(at: recording.end)
    }
}

extension Stage {
    /// Whether a network has such a stage; what it has not, nobody can have measured.
    fileprivate func exists(in plan: NetworkPlan) -> Bool {
        switch self {
        case .readOut, .disk, .uplink: !plan.fleet.isEmpty
        case .edgeWait, .edgeWork: plan.fleet.contains { $0.edge != nil }
        case .backOff: plan.retries.contains { Retrier($0).isPatient }
        case .doorWait: plan.broker.make().closesDoor
        case .workerWait: plan.workers.roundTrip > .zero || plan.broker.make().fillsBuffers
        case .propagation, .brokerWait, .service: true
        case .storeWait, .storeWrite: plan.store != nil
        }
    }
}

import OrreryKernel

/// Everything that is measured.
///
/// A new metric is one entry here.
public enum MetricCatalog {
    /// All metrics, in the order in which they are listed.
    public static let metrics: [Metric] = measured + outcomes

    /// Those that are read in a recording, without the classes of runs.
    public static let measured: [Metric] =
        throughput + losses + levels + replicas + cluster + coordination + state + operators + scheduler
        + times

    /// The metric of this key.
    public static subscript(key: String) -> Metric? {
        metrics.first { $0.key == key }
    }

    private static let throughput = [
        Metric(
            key: "items.produced", unit: .items, summary: "items that came into being after the warm-up",
            better: .neither,
            reading: .count { $0.ledger.produced.observed },
            overTime: { .counts($0.produced) }),
        Metric(
            key: "items.delivered", unit: .items, summary: "items that reached the archive after the warm-up",
            better: .higher,
            reading: .count { $0.ledger.delivered.observed },
            overTime: { .counts($0.delivered) }),
        Metric(
            key: "items.lost", unit: .items, summary: "items that were lost after the warm-up, for whatever reason",
            better: .lower,
            reading: .count { $0.ledger.lost.reduce(0) { $0 + $1.observed } },
            overTime: { .counts($0.lost) }),
        Metric(
            key: "copies.sent", unit: .copies, summary: "sendings of items, retries included", better: .neither,
            reading: .count { $0.ledger.traffic.sent.observed },
            overTime: { .counts($0.sent) }),
        Metric(
            key: "copies.retried", unit: .copies, summary: "sendings of items that had been sent before",
            better: .lower,
            reading: .count { $0.ledger.traffic.retried.observed },
            overTime: { .counts($0.retried) }),
        Metric(
            key: "copies.refused", unit: .copies, summary: "copies that the centre turned away", better: .lower,
            reading: .count { $0.ledger.traffic.refused.observed },
            overTime: { .counts($0.refused) }),
        Metric(
            key: "copies.timed-out", unit: .copies, summary: "copies to which no answer came in time", better: .lower,
            reading: .count { $0.ledger.traffic.timedOut.observed },
            overTime: { .counts($0.timedOut) }),
        Metric(
            key: "copies.held-back", unit: .copies,
            summary: "sendings that a producer held back because the centre accepted little", better: .lower,
            reading: .count { $0.ledger.traffic.heldBack.observed },
            overTime: { .counts($0.heldBack) }),
        Metric(
            key: "copies.duplicate", unit: .copies, summary: "copies of items that had been delivered before",
            better: .lower,
            reading: .count { $0.ledger.traffic.duplicates.observed },
            overTime: { .counts($0.duplicates) }),
        Metric(
            key: "workers.crashes", unit: .crashes, summary: "how often a worker crashed", better: .lower,
            reading: .count { $0.plan.hasBroker ? $0.workerCrashes.observed : nil },
            overTime: { $0.hasBroker ? .counts($0.crashes) : nil }),
        Metric(
            key: "exposures.aborted", unit: .exposures, summary: "exposures that the closing of the dome cut short",
            better: .lower,
            reading: .count { $0.abortedExposures.observed }),
        Metric(
            key: "exposures.interrupted", unit: .exposures,
            summary: "exposures that the crash of a telescope's controller interrupted", better: .lower,
            reading: .count { $0.interruptedExposures.observed }),
        Metric(
            key: "exposures.calibration", unit: .exposures,
            summary: "calibration frames; each makes items like any other exposure", better: .neither,
            reading: .count { $0.calibrationExposures.observed }),
        Metric(
            key: "items.loss-share", unit: .share, summary: "lost items as a share of those produced", better: .lower,
            reading: .level { recording in
                let produced = recording.ledger.produced.observed
                let lost = recording.ledger.lost.reduce(0) { $0 + $1.observed }
                return produced > 0 ? Double(lost) / Double(produced) : nil
            },
            overTime: { .share($0.lost, of: $0.produced) }),
        Metric(
            key: "arrivals.rate", unit: .itemsPerSecond, summary: "items produced per second: the offered load",
            better: .neither,
            reading: .level { Double($0.ledger.produced.observed) / $0.observed.seconds },
            overTime: { .perSecond($0.produced) }),
        Metric(
            key: "delivery.throughput", unit: .itemsPerSecond, summary: "items delivered per second", better: .higher,
            reading: .level { Double($0.ledger.delivered.observed) / $0.observed.seconds },
            overTime: { .perSecond($0.delivered) }),
    ]

    private static let losses = LossReason.allCases.map { reason in
        Metric(
            key: "lost.\(reason.name)", unit: .items, summary: "items that were lost \(reason.summary)", better: .lower,
            reading: .count { $0.ledger.lost[reason.rawValue].observed },
            overTime: { .counts($0.lostByReason[reason.rawValue]) })
    }

    private static let levels = [
        Metric(
            key: "items.in-flight", unit: .items, summary: "items on their way, averaged over time", better: .lower,
            reading: .level { $0.ledger.inFlight.mean(at: $0.end) },
            overTime: { .level($0.inFlight, per: 1) }),
        Metric(
            key: "items.in-flight-highest", unit: .items, summary: "the most items that were on their way at once",
            better: .lower,
            reading: .level { Double($0.ledger.inFlight.highest) },
            overTime: { .highest($0.inFlightHighest) }),
        Metric(
            key: "broker.depth", unit: .copies,
            summary: "copies waiting in the broker, those that nobody waits for included, averaged over time",
            better: .lower,
            reading: .level { $0.plan.hasBroker ? $0.brokerDepth.mean(at: $0.end) : nil },
            overTime: { $0.hasBroker ? .level($0.brokerDepth, per: 1) : nil }),
        Metric(
            key: "broker.depth-highest", unit: .copies, summary: "the most copies that waited in the broker at once",
            better: .lower,
            reading: .level { $0.plan.hasBroker ? Double($0.brokerDepth.highest) : nil },
            overTime: { $0.hasBroker ? .highest($0.brokerDepthHighest) : nil }),
        Metric(
            key: "uplinks.utilisation", unit: .share,
            summary: "the share of time that an uplink sends, averaged over the sites", better: .neither,
            reading: .level { recording in
                let sites = recording.plan.siteCount
                return sites > 0 ? recording.busyUplinks.gauge.mean(at: recording.end).map { $0 / Double(sites) } : nil
            },
            overTime: { level($0.busyUplinks, per: $0.size.sites) }),
        Metric(
            key: "uplinks.utilisation-highest", unit: .share,
            summary: "the share of time that the busiest site's uplink sends", better: .neither,
            reading: .level { $0.busiestUplink?.utilisation }),
        Metric(
            key: "workers.utilisation", unit: .share,
            summary: "the share of time that a worker is busy, averaged over the workers that are there",
            better: .neither,
            reading: .level { $0.workerUtilisation },
            overTime: { series in
                series.replicas.map { .ratio(series.busyWorkers, of: $0.present) }
                    ?? level(series.busyWorkers, per: series.size.workers)
            }),
        Metric(
            key: "workers.wasted", unit: .share,
            summary: "the share of the workers' work that was spent on what had been delivered meanwhile",
            better: .lower,
            reading: .level { recording in
                let busy = recording.busyWorkers.gauge.mean(at: recording.end) ?? 0
                return busy > 0 ? recording.wastedWork.seconds / (busy * recording.observed.seconds) : nil
            }),
        Metric(
            key: "telescopes.stalled", unit: .share,
            summary: "the share of telescopes that wait for room on their disks, averaged over time", better: .lower,
            reading: .level { share($0.stalledTelescopes, in: $0) },
            overTime: { level($0.stalledTelescopes, per: $0.size.telescopes) }),
        Metric(
            key: "telescopes.down", unit: .share,
            summary: "the share of telescopes that are broken or have crashed, averaged over time, days included",
            better: .lower,
            reading: .level { share($0.downTelescopes, in: $0) },
            overTime: { level($0.downTelescopes, per: $0.size.telescopes) }),
        Metric(
            key: "store.utilisation", unit: .share, summary: "the share of time that the store writes",
            better: .neither,
            reading: .level { $0.plan.store == nil ? nil : $0.busyStore.gauge.mean(at: $0.end) },
            overTime: { level($0.busyStore, per: $0.size.stores) }),
        Metric(
            key: "store.full", unit: .share,
            summary: "the share of time that the store stops writing because its hot tier is full", better: .lower,
            reading: .level { $0.plan.store?.hotCapacity == nil ? nil : $0.blockedStore.mean(at: $0.end) },
            overTime: { level($0.blockedStore, per: $0.size.hotTiers) }),
        Metric(
            key: "store.hot-bytes-highest", unit: .bytes,
            summary: "the most that the store's hot tier held, with what was being written", better: .neither,
            reading: .level { $0.plan.store == nil ? nil : Double($0.storeHotBytesHighest.bytes) }),
    ]

    private static let times =
        [
            Metric(
                key: "delivery.latency", unit: .seconds, summary: "from the closing of the shutter to the archive",
                better: .lower,
                reading: .distribution { $0.ledger.latency },
                overTime: { .distribution($0.latency) })
        ]
        + Stage.allCases.map { stage in
            Metric(
                key: "stage.\(stage.name)", unit: .seconds, summary: "how long a delivered item \(stage.summary)",
                better: .lower,
                reading: .distribution {
                    stage.exists(in: $0.plan) ? $0.ledger.times(in: stage) : Histogram()
                })
        }

    private static let outcomes = RunClass.allCases.map { outcome in
        Metric(
            key: outcome.metric, unit: .share, summary: "the share of runs that \(outcome.summary)",
            better: outcome == .stable ? .higher : outcome == .recovered ? .neither : .lower,
            reading: .outcome(outcome))
    }

    private static func share(_ telescopes: TimeWeightedGauge, in recording: Recording) -> Double? {
        let count = recording.plan.telescopeCount
        return count > 0 ? telescopes.mean(at: recording.end).map { $0 / Double(count) } : nil
    }

    /// The course of a share of things that work; nil where there are none.
    private static func level(_ course: LevelCourse, per count: Int) -> MetricCourse.Values? {
        count > 0 ? .level(course, per: count) : nil
    }
}

extension Stage {
    /// Whether a network has such a stage; what it has not, nobody can have measured.
    fileprivate func exists(in plan: NetworkPlan) -> Bool {
        switch self {
        case .readOut, .disk, .uplink: !plan.fleet.isEmpty
        case .edgeWait, .edgeWork: plan.fleet.contains { $0.edge != nil }
        case .backOff: plan.cluster != nil || plan.retries.contains { Retrier($0).isPatient }
        case .doorWait: plan.hasBroker && plan.broker.make().closesDoor
        case .brokerWait: plan.hasBroker
        case .workerWait:
            plan.cluster != nil || plan.workers.roundTrip > .zero || plan.broker.make().fillsBuffers
        case .lockWait: plan.workers.lock != nil
        case .propagation, .service: true
        case .reconciliation: plan.operators != nil
        case .storeWait, .storeWrite: plan.store != nil
        }
    }
}

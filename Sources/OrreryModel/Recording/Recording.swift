public import OrreryKernel

/// What one run left behind: everything that metrics and reports are made of.
public struct Recording: Sendable {
    /// The run's seed.
    public let seed: UInt64
    /// The digest of every event.
    public let fingerprint: Fingerprint
    /// How many events were handled.
    public let eventCount: UInt64
    /// When the run ended.
    public let end: Instant
    /// How long was observed: the run without its warm-up.
    public let observed: Duration
    /// The closed books.
    public let ledger: Ledger
    /// Exposures that the closing of the dome cut short.
    public let abortedExposures: Counter
    /// Exposures that the crash of a telescope's controller interrupted.
    public let interruptedExposures: Counter
    /// Exposures that were calibration frames.
    public let calibrationExposures: Counter
    /// Copies that wait in the broker.
    public let brokerDepth: TimeWeightedGauge
    /// Workers that work.
    public let busyWorkers: LevelSeries
    /// How long workers worked, since the warm-up, on what had been delivered meanwhile.
    public let wastedWork: Duration
    /// What scaling came to; nil without an autoscaler.
    public let replicas: ReplicaBooks?
    /// Crashes of workers.
    public let workerCrashes: Counter
    /// Telescopes that wait for room on their disks.
    public let stalledTelescopes: TimeWeightedGauge
    /// Telescopes that are broken, or have crashed and not started again.
    public let downTelescopes: TimeWeightedGauge
    /// Uplinks that send.
    public let busyUplinks: LevelSeries
    /// How long each site's uplink was sending while observed, site after site.
    public let uplinkBusyTimes: [Duration]
    /// Whether the store writes, from 0 to 1.
    public let busyStore: LevelSeries
    /// Whether the store stops writing because its hot tier is full, from 0 to 1.
    public let blockedStore: TimeWeightedGauge
    /// The most bytes that the store's hot tier held since the warm-up.
    public let storeHotBytesHighest: ByteCount
    /// What was counted in the cluster; nil if there is none.
    public let cluster: ClusterBooks?
    /// What was counted in the coordination service and its locks; nil if there is none.
    public let coordination: CoordinationBooks?
    /// What was counted at the state; nil if there is none.
    public let state: StateBooks?
    /// What was counted at the operators; nil if there are none.
    public let operators: OperatorBooks?
    /// What was counted about observations; nil without a scheduler.
    public let scheduler: SchedulerBooks?
    /// What happened over time.
    public let series: RunSeries
    /// What the network was.
    public let plan: NetworkPlan

    /// How many workers there were on average: as many as planned, unless an autoscaler changed that.
    public var meanWorkerCount: Double {
        replicas.map { $0.present.gauge.mean(at: end) ?? 0 } ?? Double(plan.workers.count)
    }

    /// The busy share of the operators; nil if there are none.
    public var operatorUtilisation: Double? {
        guard let count = plan.operators?.count else { return nil }
        return operators?.busy.gauge.mean(at: end).map { $0 / Double(count) }
    }

    /// The busy share of the workers that were there; nil if there were none.
    public var workerUtilisation: Double? {
        guard let busy = busyWorkers.gauge.mean(at: end), meanWorkerCount > 0 else { return nil }
        return busy / meanWorkerCount
    }

    /// The busiest uplink: its site's name and the share of time that it was sending; nil without sites.
    public var busiestUplink: (site: String, utilisation: Double)? {
        guard let busiest = uplinkBusyTimes.indices.max(by: { uplinkBusyTimes[$0] < uplinkBusyTimes[$1] }) else {
            return nil
        }
        var index = busiest
        for site in plan.sites {
            if index < site.count {
                let name = site.count == 1 ? site.name : "\(site.name)/\(index)"
                return (name, uplinkBusyTimes[busiest].seconds / observed.seconds)
            }
            index -= site.count
        }
        return nil
    }
}

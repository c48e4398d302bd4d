import OrreryKernel
import OrreryModel

/// The time series of a variant, added up over the seeds.
struct SeriesSum {
    private let plan: NetworkPlan
    private var seeds = 0
    private var binSeconds = 0.0
    private var produced: [Double] = []
    private var delivered: [Double] = []
    private var lost: [Double] = []
    private var inFlight: [Double] = []
    private var brokerHighest: [Double] = []
    private var occupancy: [[Double]] = Stage.allCases.map { _ in [] }
    private var busyUplinks: [Double] = []
    private var busyWorkers: [Double] = []
    /// Workers that are there; empty if their number does not change.
    private var workers: [Double] = []
    private var replicasWanted: [Double] = []
    private var replicasReady: [Double] = []
    private var busyStore: [Double] = []
    private var cluster = ClusterSeriesResult(
        utilisation: [], members: [], waiting: [], overflows: [], declaredDead: [], redistributed: [], retried: [])
    private var locks = LockSeriesResult(waiting: [], acquired: [], abandoned: [], sessionsExpired: [])
    private var stateWrites: [Double] = []
    private var stateConflicts: [Double] = []
    private var operatorsWaiting: [Double] = []
    private var busyOperators: [Double] = []
    private var scheduler = SchedulerSeriesResult(
        open: [], idle: [], offline: [], pending: [], completed: [], wasted: [])
    private var sending = SendingSeriesResult(sent: [], retried: [], refused: [], timedOut: [])
    private var faults: [Double] = []
    private var uplinksOut: [Double] = []
    private var latency: [Histogram] = []
    private var bands = BandSum()
    private var latencyBinSeconds = 0.0

    init(plan: NetworkPlan) {
        self.plan = plan
    }

    mutating func add(_ series: RunSeries) {
        let grid = series.grid
        seeds += 1
        binSeconds = grid.binWidth.seconds
        latencyBinSeconds = series.latencyGrid.binWidth.seconds
        produced.add(series.produced.bins.map(Double.init))
        delivered.add(keep(.delivered, series.delivered.bins.map(Double.init)))
        lost.add(series.lost.bins.map(Double.init))
        inFlight.add(keep(.inFlight, series.inFlight.means(on: grid)))
        let highest = series.brokerWaitHighest.bins.map(Double.init)
        brokerHighest = brokerHighest.isEmpty ? highest : zip(brokerHighest, highest).map(max)
        for stage in Stage.allCases {
            let means = series.stages[stage.rawValue].means(on: grid)
            occupancy[stage.rawValue].add(stage == .brokerWait && plan.hasBroker ? keep(.brokerDepth, means) : means)
        }
        busyUplinks.add(series.busyUplinks.means(on: grid))
        addWorkers(of: series)
        busyStore.add(series.busyStore.means(on: grid))
        if let nodes = series.cluster { add(nodes, on: grid) }
        if let service = series.coordination { add(service, on: grid) }
        if let state = series.state {
            stateWrites.add(state.writes.bins.map(Double.init))
            stateConflicts.add(keep(.stateConflicts, state.conflicts.bins.map(Double.init)))
        }
        if let operators = series.operators {
            operatorsWaiting.add(keep(.operatorsWaiting, operators.waiting.means(on: grid)))
            busyOperators.add(operators.busy.means(on: grid))
        }
        if let observations = series.scheduler { add(observations, on: grid) }
        sending.sent.add(series.sent.bins.map(Double.init))
        sending.retried.add(keep(.retried, series.retried.bins.map(Double.init)))
        sending.refused.add(series.refused.bins.map(Double.init))
        sending.timedOut.add(series.timedOut.bins.map(Double.init))
        faults.add(series.activeFaults.means(on: grid))
        uplinksOut.add(series.uplinksInOutage.means(on: grid))
        bands.add(.latencyP99, series.latency.map { $0.quantile(0.99) }, binSeconds: latencyBinSeconds)
        if latency.isEmpty {
            latency = series.latency
        } else {
            for bin in latency.indices { latency[bin].merge(series.latency[bin]) }
        }
    }

    /// Keeps a seed's series for its band, and hands it on.
    private mutating func keep(_ name: BandedSeries, _ values: [Double]) -> [Double] {
        bands.add(name, values, binSeconds: binSeconds)
        return values
    }

    private mutating func addWorkers(of series: RunSeries) {
        let busy = series.busyWorkers.means(on: series.grid)
        busyWorkers.add(busy)
        var present = busy.map { _ in Double(plan.workers.count) }
        if let replicas = series.replicas {
            present = replicas.present.means(on: series.grid)
            workers.add(present)
            replicasWanted.add(replicas.wanted.means(on: series.grid))
            replicasReady.add(keep(.replicasReady, replicas.ready.means(on: series.grid)))
        }
        guard plan.hasBroker else { return }
        bands.add(.workerUtilisation, zip(busy, present).map { $1 > 0 ? $0 / $1 : 0 }, binSeconds: binSeconds)
    }

    private mutating func add(_ series: ClusterSeries, on grid: TimeGrid) {
        let busy = series.busy.means(on: grid)
        cluster.utilisation.add(busy)
        let nodes = Double(max(1, plan.cluster?.nodes ?? 1))
        bands.add(.clusterUtilisation, busy.map { $0 / nodes }, binSeconds: binSeconds)
        cluster.members.add(keep(.clusterMembers, series.members.means(on: grid)))
        cluster.waiting.add(keep(.clusterWaiting, series.waiting.means(on: grid)))
        cluster.overflows.add(keep(.clusterOverflows, series.overflows.bins.map(Double.init)))
        cluster.declaredDead.add(series.declaredDead.bins.map(Double.init))
        cluster.redistributed.add(series.redistributed.bins.map(Double.init))
        cluster.retried.add(series.retried.bins.map(Double.init))
    }

    private mutating func add(_ series: CoordinationSeries, on grid: TimeGrid) {
        locks.waiting.add(keep(.lockWaiters, series.waiting.means(on: grid)))
        locks.acquired.add(series.acquired.bins.map(Double.init))
        locks.abandoned.add(series.abandoned.bins.map(Double.init))
        locks.sessionsExpired.add(series.expired.bins.map(Double.init))
    }

    private mutating func add(_ series: SchedulerSeries, on grid: TimeGrid) {
        scheduler.open.add(series.open.means(on: grid))
        scheduler.idle.add(keep(.telescopesIdle, series.idle.means(on: grid)))
        scheduler.offline.add(series.offline.means(on: grid))
        scheduler.pending.add(series.pending.means(on: grid))
        scheduler.completed.add(series[.completed].bins.map(Double.init))
        for end in ObservationEnd.allCases where end != .completed {
            scheduler.wasted.add(series[end].bins.map(Double.init))
        }
    }

    /// The busy share of the workers that are there.
    private func workerUtilisation(_ share: ([Double], Int) -> [Double]) -> [Double] {
        if workers.isEmpty { return share(busyWorkers, plan.workers.count) }
        return zip(busyWorkers, workers).map { $1 > 0 ? SeriesSum.rounded($0 / $1) : 0 }
    }

    /// The means over the seeds; of what was highest, the highest.
    var result: SeriesResult {
        func mean(_ sum: [Double]) -> [Double] { sum.map { SeriesSum.rounded($0 / Double(max(1, seeds))) } }
        func share(_ sum: [Double], of count: Int) -> [Double] {
            sum.map { SeriesSum.rounded($0 / Double(max(1, seeds)) / Double(count)) }
        }
        return SeriesResult(
            binSeconds: binSeconds, produced: mean(produced), delivered: mean(delivered), lost: mean(lost),
            brokerDepth: mean(occupancy[Stage.brokerWait.rawValue]), brokerDepthHighest: brokerHighest,
            inFlight: mean(inFlight), diskBacklog: mean(occupancy[Stage.disk.rawValue]),
            uplinkUtilisation: plan.siteCount > 0 ? share(busyUplinks, of: plan.siteCount) : nil,
            workerUtilisation: plan.hasBroker ? workerUtilisation { share($0, of: $1) } : nil,
            cluster: plan.cluster.map { plan in
                ClusterSeriesResult(
                    utilisation: share(cluster.utilisation, of: plan.nodes), members: mean(cluster.members),
                    waiting: mean(cluster.waiting), overflows: mean(cluster.overflows),
                    declaredDead: mean(cluster.declaredDead), redistributed: mean(cluster.redistributed),
                    retried: mean(cluster.retried))
            },
            locks: locks.waiting.isEmpty
                ? nil
                : LockSeriesResult(
                    waiting: mean(locks.waiting), acquired: mean(locks.acquired), abandoned: mean(locks.abandoned),
                    sessionsExpired: mean(locks.sessionsExpired)),
            state: plan.state.map { _ in
                StateSeriesResult(
                    writes: mean(stateWrites), conflicts: mean(stateConflicts),
                    operatorsWaiting: plan.operators.map { _ in mean(operatorsWaiting) },
                    operatorUtilisation: plan.operators.map { share(busyOperators, of: $0.count) })
            },
            storeUtilisation: plan.store == nil ? nil : share(busyStore, of: 1),
            latencyBinSeconds: latencyBinSeconds,
            latencyP50: latency.map { $0.quantile(0.5) }, latencyP95: latency.map { $0.quantile(0.95) },
            latencyP99: latency.map { $0.quantile(0.99) },
            replicasWanted: workers.isEmpty ? nil : mean(replicasWanted),
            replicasReady: workers.isEmpty ? nil : mean(replicasReady),
            replicasBusy: workers.isEmpty ? nil : mean(busyWorkers),
            scheduler: plan.scheduler.map { _ in
                SchedulerSeriesResult(
                    open: mean(scheduler.open), idle: mean(scheduler.idle), offline: mean(scheduler.offline),
                    pending: mean(scheduler.pending), completed: mean(scheduler.completed),
                    wasted: mean(scheduler.wasted))
            },
            sending: sending.sent.contains { $0 > 0 }
                ? SendingSeriesResult(
                    sent: mean(sending.sent), retried: mean(sending.retried), refused: mean(sending.refused),
                    timedOut: mean(sending.timedOut)) : nil,
            faults: faults.contains { $0 > 0 } ? mean(faults) : nil,
            uplinksOut: uplinksOut.contains { $0 > 0 } ? mean(uplinksOut) : nil,
            latencyClasses: LatencyClassesResult(latency), bands: bands.result)
    }

    /// Six decimals are more than any chart shows, and keep the result file small.
    static func rounded(_ value: Double) -> Double { (value * 1e6).rounded() / 1e6 }
}

extension [Double] {
    /// Adds another series bin by bin; an empty one takes its place.
    fileprivate mutating func add(_ other: [Double]) {
        if isEmpty {
            self = other
        } else {
            for index in indices { self[index] += other[index] }
        }
    }
}

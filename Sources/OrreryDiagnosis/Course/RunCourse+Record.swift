import OrreryKernel
public import OrreryModel

extension RunCourse {
    /// The course of a run, from its record and the sizes in its plan.
    public init(_ record: RunRecord, plan: NetworkPlan) {
        let series = record.series
        let grid = series.grid
        self.init(count: grid.count, binWidth: grid.binWidth, duration: grid.horizon)
        func counts(_ course: CountCourse) -> [Double] { course.bins.map { Double($0) } }
        func means(_ course: LevelCourse) -> [Double] { course.means(on: grid) }
        runClass = record.runClass
        distress = RunClass.distress(of: RunLoad(series))
        faults = RunCourse.faults(of: plan, means(series.activeFaults), grid)
        produced = counts(series.produced)
        delivered = counts(series.delivered)
        for (reason, course) in zip(LossReason.allCases, series.lostByReason)
        where course.bins.contains(where: { $0 > 0 }) {
            lost[reason] = counts(course)
        }
        sent = counts(series.sent)
        retried = counts(series.retried)
        overflowed = counts(series.overflowed)
        throttled = counts(series.throttled)
        duplicates = counts(series.duplicates)
        for (stage, course) in zip(Stage.allCases, series.stages) { stages[stage] = means(course) }
        if series.hasBroker {
            let planned = [Double](repeating: Double(plan.workers.count), count: count)
            pool = Pool(
                present: series.replicas.map { means($0.present) } ?? planned, busy: means(series.busyWorkers),
                capacity: plan.broker.capacity.map { Double($0) }, depthHighest: counts(series.brokerDepthHighest))
        }
        cluster = series.cluster.map { RunCourse.nodes($0, record, plan) }
        partitions = RunCourse.places(.partitions, in: series)
        uplinks = RunCourse.places(.uplinks, in: series, scale: 1000)
        if plan.telescopeCount > 0 {
            telescopes = Telescopes(
                count: Double(plan.telescopeCount), stalled: means(series.stalledTelescopes),
                down: means(series.downTelescopes))
        }
        if plan.store != nil { store = Archive(busy: means(series.busyStore), blocked: means(series.blockedStore)) }
        scheduler = series.scheduler.map { RunCourse.centre($0, grid, hasRequests: plan.scheduler?.requests != nil) }
        state = series.state.map { Writes(all: counts($0.writes), conflicts: counts($0.conflicts)) }
        if let books = series.operators, let count = plan.operators?.count {
            operators = People(
                count: Double(count), busy: means(books.busy), waiting: means(books.waiting),
                tickets: counts(books.tickets))
        }
        if let books = series.coordination, plan.workers.lock != nil {
            locks = Locks(
                waiting: means(books.waiting), acquired: counts(books.acquired), abandoned: counts(books.abandoned),
                expired: counts(books.expired),
                serverUtilisation: record.figure("coordination.utilisation") ?? 0)
        }
        replicas = series.replicas.map { Scaling(wanted: means($0.wanted), reversals: counts($0.reversals)) }
    }

    private static func places(_ kind: PlaceSeries.Kind, in series: RunSeries, scale: Double = 1) -> Places? {
        series.places.first { $0.kind == kind }.map { places in
            Places(names: places.names, rows: places.rows.map { row in row.bins.map { Double($0) / scale } })
        }
    }

    private static func nodes(_ books: ClusterSeries, _ record: RunRecord, _ plan: NetworkPlan) -> Nodes {
        let grid = record.series.grid
        func counts(_ course: CountCourse) -> [Double] { course.bins.map { Double($0) } }
        return Nodes(
            count: Double(record.series.size.nodes), inbox: Double(plan.cluster?.inbox ?? 0),
            members: books.members.means(on: grid), busy: books.busy.means(on: grid),
            waiting: books.waiting.means(on: grid), overflows: counts(books.overflows),
            declaredDead: counts(books.declaredDead), falseAlarms: record.figure("cluster.false-alarms") ?? 0,
            redistributed: counts(books.redistributed), messages: counts(books.messages),
            inboxes: places(.nodes, in: record.series) ?? Places(names: [], rows: []))
    }

    private static func centre(_ books: SchedulerSeries, _ grid: TimeGrid, hasRequests: Bool) -> Centre {
        func counts(_ course: CountCourse) -> [Double] { course.bins.map { Double($0) } }
        let ended = ObservationEnd.allCases.filter { $0 != .canceled }.map { counts(books[$0]) }
        return Centre(
            open: books.open.means(on: grid), idle: books.idle.means(on: grid), offline: books.offline.means(on: grid),
            pending: hasRequests ? books.pending.means(on: grid) : nil, busy: books.busy.means(on: grid),
            ended: ended.dropFirst().reduce(ended[0]) { zip($0, $1).map(+) },
            notAttempted: counts(books[.notAttempted]), requeued: counts(books.requeued),
            expired: counts(books.expired), falseOffline: counts(books.falseOffline))
    }

    /// The spells in which faults were going on, each with the names of those that can have been.
    ///
    /// How much of a bin a fault took says how long it was, finer than the bins are.
    private static func faults(of plan: NetworkPlan, _ active: [Double], _ grid: TimeGrid) -> [FaultSpell] {
        guard !plan.faults.isEmpty else { return [] }
        let width = grid.binWidth.seconds
        var spells: [FaultSpell] = []
        var bin = 0
        while bin < active.count {
            guard active[bin] > 0 else {
                bin += 1
                continue
            }
            let first = bin
            while bin < active.count, active[bin] > 0 { bin += 1 }
            // What a fault took of its first bin lies at the bin's end, if it goes on in the next.
            let begins = bin - first > 1 ? 1 - min(1, active[first]) : 0
            let start = (Double(first) + begins) * width
            let end =
                bin - first > 1
                ? (Double(bin - 1) + min(1, active[bin - 1])) * width : start + min(1, active[first]) * width
            let planned = plan.faults.filter { $0.canBegin(between: Double(first) * width, and: Double(bin) * width) }
            let named = planned.isEmpty ? plan.faults : planned
            spells.append(
                FaultSpell(
                    name: Words.list(named.map { "\($0.name) (\($0.effect.kind.name))" }),
                    start: Duration(seconds: start), end: min(grid.horizon, Duration(seconds: end)),
                    nodesHit: named.reduce(0) { $0 + $1.effect.make().nodesHit }))
        }
        return spells
    }
}

extension FaultPlan {
    /// Whether it can be going on between two times: one that comes at chance times always can.
    fileprivate func canBegin(between start: Double, and end: Double) -> Bool {
        guard gap == nil, let constant = self.start.sampler as? Constant else { return true }
        return (start...end).contains(constant.mean)
    }
}

extension RunRecord {
    /// What a metric says in one number; nil without data.
    func figure(_ key: String) -> Double? { readings.first { $0.metric == key }?.value.figure }
}

public import OrreryKernel

/// What happened over time in one run, warm-up included: every series that is kept, in a small and exact form.
public struct RunSeries: Codable, Equatable, Sendable {
    /// The bins of all series but the latency.
    public let grid: TimeGrid
    /// The coarser bins of the latency.
    public let latencyGrid: TimeGrid
    /// How much of the run was not observed.
    public let warmUp: Duration
    /// How many of each part the network has: the most that the levels below can reach.
    public let size: Size

    /// Items that came into being.
    public let produced: CountCourse
    /// Items that reached the archive.
    public let delivered: CountCourse
    /// Items that were lost, in the order of `LossReason`.
    public let lostByReason: [CountCourse]
    /// Copies that producers sent.
    public let sent: CountCourse
    /// Copies that were sent once more.
    public let retried: CountCourse
    /// Copies that the centre turned away.
    public let refused: CountCourse
    /// Those of them that found the broker's queue full.
    public let overflowed: CountCourse
    /// Those of them that came faster than a shard is provisioned for.
    public let throttled: CountCourse
    /// Copies to which no answer came in time.
    public let timedOut: CountCourse
    /// Sendings that a producer held back.
    public let heldBack: CountCourse
    /// Copies of items that had been delivered before.
    public let duplicates: CountCourse
    /// Crashes of workers.
    public let crashes: CountCourse

    /// Items in each stage, in the order of `Stage`.
    public let stages: [LevelCourse]
    /// The most items on their way.
    public let inFlightHighest: CountCourse
    /// The most items waiting in the broker.
    public let brokerWaitHighest: CountCourse
    /// Copies waiting in the broker.
    public let brokerDepth: LevelCourse
    /// The most copies waiting in the broker.
    public let brokerDepthHighest: CountCourse
    /// Uplinks that send.
    public let busyUplinks: LevelCourse
    /// Workers that work.
    public let busyWorkers: LevelCourse
    /// The numbers of replicas; nil without an autoscaler.
    public let replicas: Replicas?
    /// Whether the store writes, from 0 to 1.
    public let busyStore: LevelCourse
    /// Whether the store stops writing because its hot tier is full, from 0 to 1.
    public let blockedStore: LevelCourse
    /// Telescopes that wait for room on their disks.
    public let stalledTelescopes: LevelCourse
    /// Telescopes that are broken or have crashed.
    public let downTelescopes: LevelCourse
    /// Faults of the scenario that are going on.
    public let activeFaults: LevelCourse
    /// Uplinks in an outage of their own.
    public let uplinksInOutage: LevelCourse
    /// Workers that crashed and are not there again.
    public let crashedWorkers: LevelCourse

    /// What happened in the cluster; nil if there is none.
    public let cluster: ClusterSeries?
    /// What happened at the state; nil if there is none.
    public let state: StateSeries?
    /// What happened at the operators; nil if there are none.
    public let operators: OperatorSeries?

    /// What happened in the coordination service; nil if there is none.
    public let coordination: CoordinationSeries?

    /// What happened to observations; nil without a scheduler.
    public let scheduler: SchedulerSeries?

    /// What happened at each node, partition and line; kinds of parts that the network has none of are absent.
    public let places: [PlaceSeries]

    /// The latency of what was delivered in each bin.
    public let latency: [Histogram]

    /// How many of each part a network has.
    public struct Size: Codable, Equatable, Sendable {
        /// Workers of the pool, at the start if an autoscaler changes their number.
        public let workers: Int
        /// Sites, each with an uplink.
        public let sites: Int
        /// Telescopes.
        public let telescopes: Int
        /// One with a store, otherwise zero.
        public let stores: Int
        /// One with a store that has a hot tier of limited size, otherwise zero.
        public let hotTiers: Int
        /// Nodes of the cluster.
        public let nodes: Int
        /// Operators.
        public let operators: Int
    }

    /// How many replicas an autoscaler wanted and had.
    public struct Replicas: Codable, Equatable, Sendable {
        /// Those that it wanted.
        public let wanted: LevelCourse
        /// Those that were started and were not gone.
        public let started: LevelCourse
        /// Those of them that had booted.
        public let present: LevelCourse
        /// Those of them that worked and were not going.
        public let ready: LevelCourse
        /// Those that it started.
        public let starts: CountCourse
        /// Its changes of direction.
        public let reversals: CountCourse

        init(_ books: ReplicaBooks) {
            wanted = LevelCourse(books.wanted)
            started = LevelCourse(books.started)
            present = LevelCourse(books.present)
            ready = LevelCourse(books.ready)
            starts = CountCourse(books.starts.series)
            reversals = CountCourse(books.reversals.series)
        }
    }

    /// Whether items go to a broker and its workers, and not to a cluster.
    public var hasBroker: Bool { cluster == nil }

    /// Items on their way, wherever they are.
    public var inFlight: LevelCourse {
        stages.dropFirst().reduce(stages[0], +)
    }

    /// Items that were lost, for whatever reason.
    public var lost: CountCourse {
        CountCourse(produced.bins.indices.map { bin in lostByReason.reduce(0) { $0 + $1.bins[bin] } })
    }

    /// The series of a network at the end of its run.
    init(_ network: Network, plan: NetworkPlan, places: [PlaceSeries]) {
        let (ledger, series, traffic) = (network.ledger, network.ledger.series, network.ledger.traffic)
        grid = TimeGrid(binWidth: series.produced.binWidth, horizon: plan.duration)
        latencyGrid = TimeGrid(binWidth: series.latencyBinWidth, horizon: plan.duration)
        warmUp = plan.warmUp
        size = Size(
            workers: plan.workers.count, sites: plan.siteCount, telescopes: plan.telescopeCount,
            stores: plan.store == nil ? 0 : 1, hotTiers: plan.store?.hotCapacity == nil ? 0 : 1,
            nodes: plan.cluster?.nodes ?? 0, operators: plan.operators?.count ?? 0)
        produced = CountCourse(series.produced)
        delivered = CountCourse(series.delivered)
        lostByReason = ledger.lost.map { CountCourse($0.series) }
        sent = CountCourse(traffic.sent.series)
        retried = CountCourse(traffic.retried.series)
        refused = CountCourse(traffic.refused.series)
        overflowed = CountCourse(traffic.overflowed.series)
        throttled = CountCourse(traffic.throttled.series)
        timedOut = CountCourse(traffic.timedOut.series)
        heldBack = CountCourse(traffic.heldBack.series)
        duplicates = CountCourse(traffic.duplicates.series)
        crashes = CountCourse(network.workers.crashes.series)
        stages = series.occupancy.map(LevelCourse.init)
        inFlightHighest = CountCourse(highestOf: series.inFlight)
        brokerWaitHighest = CountCourse(highestOf: series.level(in: .brokerWait))
        brokerDepth = LevelCourse(network.broker.depthOverTime)
        brokerDepthHighest = CountCourse(highestOf: network.broker.depthOverTime)
        busyUplinks = LevelCourse(network.uplinks.busy)
        busyWorkers = LevelCourse(network.workers.busy)
        replicas = network.autoscaler.map { Replicas($0.books) }
        busyStore = LevelCourse(network.store.busy)
        blockedStore = LevelCourse(network.store.blocked)
        stalledTelescopes = LevelCourse(network.fleet.stalled)
        downTelescopes = LevelCourse(network.fleet.down)
        activeFaults = LevelCourse(network.activeFaults)
        uplinksInOutage = LevelCourse(network.uplinks.inOutage)
        crashedWorkers = LevelCourse(network.workers.crashed)
        cluster = network.cluster.map { ClusterSeries($0.books) }
        coordination = network.coordination.map { CoordinationSeries($0.books) }
        state = network.state.map { StateSeries($0.books) }
        operators = network.operators.map { OperatorSeries($0.books) }
        scheduler = network.scheduler.map { SchedulerSeries($0.observations.books) }
        self.places = places
        latency = Array(series.latency)
    }
}

extension CountCourse {
    /// The highest levels of a series.
    fileprivate init(highestOf series: LevelSeries) { self.init(series.highest.map { Int64($0) }) }
}

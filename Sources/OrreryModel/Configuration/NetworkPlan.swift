public import OrreryKernel

/// Everything a run needs to know, decoded and checked: what a scenario file says about the network.
public struct NetworkPlan: Sendable {
    /// The day on which the run starts, at 00:00 universal time.
    public var startDate: CalendarDate
    /// How long it lasts; positive.
    public var duration: Duration
    /// How much of it is not observed, because the network is still filling up; shorter than the run.
    public var warmUp: Duration
    /// The sites.
    public var sites: [SitePlan]
    /// The groups of telescopes.
    public var fleet: [TelescopePlan]
    /// Arrivals without telescopes.
    public var arrivals: [ArrivalPlan]
    /// The broker: its kind and the values of its parameters.
    public var broker: BrokerPlan
    /// The workers.
    public var workers: WorkerPoolPlan
    /// The cluster that takes the place of broker and workers; nil if there is none.
    public var cluster: ClusterPlan?
    /// The coordination service that keeps the workers' locks; nil if there is none.
    public var coordination: CoordinationPlan?
    /// The state that workers change; nil if they change none.
    public var state: StatePlan?
    /// Who looks after what workers could not write; nil if nobody does.
    public var operators: OperatorPlan?
    /// The archive; nil if an item is delivered as soon as a worker is done with it.
    public var store: StorePlan?
    /// What gives the telescopes their observations; nil if they expose by themselves.
    public var scheduler: SchedulerPlan?
    /// What goes wrong at stated times.
    public var faults: [FaultPlan]

    /// A plan from its parts.
    public init(
        startDate: CalendarDate, duration: Duration, warmUp: Duration, sites: [SitePlan], fleet: [TelescopePlan],
        arrivals: [ArrivalPlan], broker: BrokerPlan, workers: WorkerPoolPlan, cluster: ClusterPlan? = nil,
        coordination: CoordinationPlan? = nil, state: StatePlan? = nil, operators: OperatorPlan? = nil,
        store: StorePlan?, scheduler: SchedulerPlan? = nil, faults: [FaultPlan] = []
    ) {
        self.startDate = startDate
        self.duration = duration
        self.warmUp = warmUp
        self.sites = sites
        self.fleet = fleet
        self.arrivals = arrivals
        self.broker = broker
        self.workers = workers
        self.cluster = cluster
        self.coordination = coordination
        self.state = state
        self.operators = operators
        self.store = store
        self.scheduler = scheduler
        self.faults = faults
    }

    /// Whether items go to a broker and its workers, and not to a cluster.
    public var hasBroker: Bool { cluster == nil }
    /// How many telescopes there are.
    public var telescopeCount: Int { fleet.reduce(0) { $0 + $1.count } }
    /// How many sites there are.
    public var siteCount: Int { sites.reduce(0) { $0 + $1.count } }

    /// What the producers do when a sending fails, by group and stream.
    var retries: [RetryPlan] { fleet.map(\.retry) + arrivals.map(\.retry) }

    /// At most about how many items a run produces: telescopes that never close, and arrivals at their mean rate.
    public var itemBound: Double {
        let images = fleet.reduce(0.0) { sum, group in
            let observed = duration.seconds / (group.exposure + group.camera.readOut).seconds
            let frames = group.calibration.map { $0.duskFlats + $0.dawnFlats + $0.darks } ?? 0
            let calibrated = Double(frames) * (duration.seconds / 86_400 + 1)
            return sum + Double(group.count * group.productCount) * (observed + calibrated)
        }
        return arrivals.reduce(images) {
            $0 + duration.seconds / $1.interarrival.sampler.mean * Double(sourceCount(of: $1))
        }
    }

    /// How many sources a stream of arrivals has.
    func sourceCount(of stream: ArrivalPlan) -> Int { stream.isPerNode ? cluster?.nodes ?? 1 : 1 }

    private static let startDate = Parameter<CalendarDate>(
        "start", default: CalendarDate(year: 2026, month: 3, day: 20),
        summary: "the day on which the run starts, at 00:00 universal time",
        source: "an equinox: nights are equally long everywhere")
    private static let duration = Parameter<Duration>(
        "duration", range: .within(0.001...315_360_000), summary: "how long the run lasts, at most ten years")
    private static let warmUp = Parameter<Duration>(
        "warm-up", default: .zero, range: .within(0...315_360_000),
        summary: "how much of the run is not observed, because the network is still filling up",
        source: "nothing is cut unless stated")

    /// The parameters of the section `time`.
    public static let timeParameters = [startDate.spec, duration.spec, warmUp.spec]

    /// Start, duration and warm-up from the checked values of the section `time`.
    public static func time(_ values: ParameterValues) -> (
        startDate: CalendarDate, duration: Duration, warmUp: Duration
    ) {
        (values[startDate], values[duration], values[warmUp])
    }
}

/// A broker that a scenario chose.
public typealias BrokerPlan = KindPlan<any Broker>

extension BrokerPlan {
    /// How many items it can hold; nil if there is no limit.
    public var capacity: Int? { make().capacity }
}

public import OrreryKernel
public import OrreryModel

/// The vocabulary in which tests write plans.
public enum Plans {
    /// A textbook station: one stream of arrivals and one pool of workers; without a capacity, the broker has no limit.
    public static func station(
        interarrival: Distribution, service: Distribution, workers: Int = 1, capacity: Int? = nil,
        size: ByteCount = ByteCount(1000),
        store: StorePlan? = nil, duration: Duration = .seconds(10_000), warmUp: Duration = .zero
    ) -> NetworkPlan {
        NetworkPlan(
            startDate: equinox, duration: duration, warmUp: warmUp, sites: [], fleet: [],
            arrivals: [
                ArrivalPlan(
                    name: "jobs", values: values(["interarrival": .distribution(interarrival), "size": .size(size)]))
            ],
            broker: broker(capacity: capacity), workers: pool(workers, service: service), store: store)
    }

    /// A cluster and its own streams of events, one at each node; without an interarrival time, no events.
    public static func cluster(
        nodes: Int, interarrival: Distribution? = nil, service: Distribution = .constant(0.01),
        _ parameters: [String: ParameterValue] = [:], distribution: String = "broadcast",
        _ distributionParameters: [String: ParameterValue] = [:], detector: String = "fixed-timeout",
        _ detectorParameters: [String: ParameterValue] = [:], poison: Double = 0, retry: RetryPlan = .none,
        duration: Duration = .minutes(10)
    ) -> NetworkPlan {
        guard let distribution = DistributionCatalog.kinds[distribution],
            let detector = DetectionCatalog.kinds[detector]
        else { preconditionFailure("no such kind") }
        let stream = interarrival.map {
            ArrivalPlan(
                name: "events",
                values: values(["interarrival": .distribution($0), "per": .text("node"), "poison": .share(poison)]),
                retry: retry)
        }
        let own: [String: ParameterValue] = ["nodes": .count(nodes), "service": .distribution(service)]
        return NetworkPlan(
            startDate: equinox, duration: duration, warmUp: .zero, sites: [], fleet: [],
            arrivals: stream.map { [$0] } ?? [], broker: broker(capacity: nil), workers: .none,
            cluster: ClusterPlan(
                values: values(own.merging(parameters) { $1 }),
                distribution: KindPlan(kind: distribution, values: values(distributionParameters)),
                detector: KindPlan(kind: detector, values: values(detectorParameters))),
            store: nil)
    }

    /// A fault of a kind.
    public static func fault(
        _ kind: String, at start: Duration, for length: Duration, _ parameters: [String: ParameterValue] = [:]
    ) -> FaultPlan {
        guard let effect = FaultCatalog.kinds[kind] else { preconditionFailure("no fault \(kind)") }
        return FaultPlan(
            name: kind,
            values: values([
                "at": .distribution(.constant(start.seconds)), "for": .distribution(.constant(length.seconds)),
            ]),
            effect: KindPlan(kind: effect, values: values(parameters)))
    }

    /// A plan in which the centre is away for a while.
    public static func withOutage(_ plan: NetworkPlan, at start: Duration, for length: Duration) -> NetworkPlan {
        guard let kind = FaultCatalog.kinds["centre-outage"] else { preconditionFailure("no centre outage") }
        var plan = plan
        plan.faults.append(
            FaultPlan(
                name: "outage",
                values: values([
                    "at": .distribution(.constant(start.seconds)), "for": .distribution(.constant(length.seconds)),
                ]),
                effect: KindPlan(kind: kind, values: values([:]))))
        return plan
    }

    /// Telescopes of one camera at one site, and a centre that is never short of anything.
    public static func observatory(
        telescopes: Int = 1, camera: String = "evscope", exposure: Duration = .seconds(60),
        setUp: Distribution = .constant(100),
        site: SitePlan = Plans.site(), night: NightPlans = NightPlans(), duration: Duration = .days(1)
    ) -> NetworkPlan {
        NetworkPlan(
            startDate: equinox, duration: duration, warmUp: .zero, sites: [site],
            fleet: [
                group(
                    "scopes", site: 0, count: telescopes, camera: camera, exposure: exposure, setUp: setUp, night: night
                )
            ],
            arrivals: [],
            broker: broker(capacity: nil), workers: pool(1000, service: .constant(1)), store: nil)
    }

    /// A group of telescopes.
    public static func group(
        _ name: String, site: Int, count: Int, camera: String = "evscope", exposure: Duration = .seconds(60),
        setUp: Distribution = .constant(100), retry: RetryPlan = .none, disk: DiskPlan = .unlimited,
        edge: EdgePlan? = nil, night: NightPlans = NightPlans()
    ) -> TelescopePlan {
        TelescopePlan(
            name: name, site: site,
            values: values([
                "count": .count(count), "camera": .text(camera), "exposure": .duration(exposure),
                "set-up": .distribution(setUp),
            ]), retry: retry, disk: disk, edge: edge, observations: night.observations,
            calibration: night.calibration, downtime: night.downtime, crashes: night.crashes)
    }

    /// What producers do when a sending fails: a policy with its values, and limits.
    public static func retry(
        _ policy: String, _ policyValues: [String: ParameterValue] = [:], limits: [String: ParameterValue] = [:]
    ) -> RetryPlan {
        guard let kind = RetryCatalog.kinds[policy] else { preconditionFailure("no retry policy \(policy)") }
        return RetryPlan(values: values(limits), policy: KindPlan(kind: kind, values: values(policyValues)))
    }

    /// A computer with one slow core that makes a catalogue and a thumbnail of an image.
    public static var slowEdge: EdgePlan {
        let products = ["catalogue", "thumbnail"].compactMap { EdgeProductCatalog.kinds[$0] }
        return EdgePlan(
            values: values(["cores": .count(1), "speed": .number(0.1)]),
            products: products.map { KindPlan(kind: $0, values: values([:])) })
    }

    /// A site on the equator, dark from the start of the run unless moved, with an uplink of its own.
    public static func site(
        _ name: String = "site", count: Int = 1, latitude: Double = 0, longitude: Double = 0, scatter: Double = 0,
        rate: DataRate = DataRate(bitsPerSecond: 1_000_000_000), latency: Duration = .milliseconds(50),
        weather: WeatherPlan? = nil, outages: OutagePlan? = nil, breakAfter: Duration = .minutes(15)
    ) -> SitePlan {
        SitePlan(
            name: name,
            values: values([
                "count": .count(count), "latitude": .number(latitude), "longitude": .number(longitude),
                "scatter": .number(scatter),
            ]),
            uplink: UplinkPlan(
                values: values([
                    "rate": .rate(rate), "latency": .duration(latency), "break-after": .duration(breakAfter),
                ]), outages: outages),
            weather: weather)
    }

    /// Spells of clear and closed weather.
    public static func weather(clear: Distribution, closed: Distribution) -> WeatherPlan {
        WeatherPlan(values: values(["clear": .distribution(clear), "closed": .distribution(closed)]))
    }

    /// A broker with one queue.
    public static func broker(capacity: Int?) -> BrokerPlan {
        let values = values(capacity.map { ["capacity": .count($0)] } ?? [:])
        return BrokerPlan(kind: BrokerCatalog.kinds.kinds[0], values: values)
    }

    /// A broker of a kind.
    public static func broker(_ kind: String, _ kindValues: [String: ParameterValue] = [:]) -> BrokerPlan {
        guard let kind = BrokerCatalog.kinds[kind] else { preconditionFailure("no broker \(kind)") }
        return BrokerPlan(kind: kind, values: values(kindValues))
    }

    /// A pool of workers.
    public static func pool(
        _ count: Int, service: Distribution, assignment: String = "longest-idle", roundTrip: Duration = .zero,
        failures: FailurePlan? = nil, autoscaler: AutoscalerPlan? = nil, lock: LockPlan? = nil
    ) -> WorkerPoolPlan {
        guard let kind = AssignmentCatalog.kinds[assignment] else { preconditionFailure("no assignment \(assignment)") }
        return WorkerPoolPlan(
            values: values([
                "count": .count(count), "service": .distribution(service), "round-trip": .duration(roundTrip),
            ]),
            assignment: AssignmentPlan(kind: kind, values: values([:])), failures: failures, autoscaler: autoscaler,
            lock: lock)
    }

    /// The lock that workers take, if nothing else is said one for each key.
    public static func lock(_ lockValues: [String: ParameterValue] = [:]) -> LockPlan {
        LockPlan(values: values(lockValues))
    }

    /// A service that keeps locks, if nothing else is said of three servers.
    public static func coordination(_ serviceValues: [String: ParameterValue] = [:]) -> CoordinationPlan {
        CoordinationPlan(values: values(serviceValues))
    }

    /// A stream of items with keys.
    public static func stream(interarrival: Distribution, keys: Int) -> ArrivalPlan {
        ArrivalPlan(name: "jobs", values: values(["interarrival": .distribution(interarrival), "keys": .count(keys)]))
    }

    /// An autoscaler of a kind for at most ten replicas, if nothing else is said, that boot for half a minute.
    public static func autoscaler(_ kind: String, _ kindValues: [String: ParameterValue] = [:]) -> AutoscalerPlan {
        let basic: [String: ParameterValue] = ["max": .count(10), "boot": .distribution(.constant(30))]
        guard let kind = AutoscalerCatalog.kinds[kind],
            let plan = AutoscalerPlan(KindPlan(kind: kind, values: values(basic.merging(kindValues) { $1 })))
        else { preconditionFailure("no autoscaler \(kind)") }
        return plan
    }

    /// State of a kind that workers change, with other values, and a back-off after conflicts.
    public static func state(
        _ kind: String = "versioned", _ kindValues: [String: ParameterValue] = [:],
        _ others: [String: ParameterValue] = [:], backoff: String = "at-once",
        _ backoffValues: [String: ParameterValue] = [:]
    ) -> StatePlan {
        guard let model = StateCatalog.kinds[kind], let backoff = StateBackoffCatalog.kinds[backoff] else {
            preconditionFailure("no state model \(kind), or no back-off \(backoff)")
        }
        return StatePlan(
            values: values(others), model: KindPlan(kind: model, values: values(kindValues)),
            backoff: KindPlan(kind: backoff, values: values(backoffValues)))
    }

    /// Operators who take so long for an item.
    public static func operators(_ count: Int, time: Distribution, patience: Distribution? = nil) -> OperatorPlan {
        let given = ["count": .count(count), "time": .distribution(time)] as [String: ParameterValue]
        return OperatorPlan(
            values: values(given.merging(patience.map { ["patience": .distribution($0)] } ?? [:]) { $1 }))
    }

    /// A store with a write rate, and values of other parameters.
    public static func store(
        rate: DataRate, overhead: Duration = .zero, _ others: [String: ParameterValue] = [:]
    ) -> StorePlan {
        let given = ["write-rate": .rate(rate), "overhead": .duration(overhead)] as [String: ParameterValue]
        return StorePlan(values: values(given.merging(others) { $1 }))
    }

    /// The day on which nights are equally long everywhere.
    public static var equinox: CalendarDate {
        guard let date = CalendarDate(year: 2026, month: 3, day: 20) else { preconditionFailure("2026-03-20 is a day") }
        return date
    }

    private static func values(_ values: [String: ParameterValue]) -> ParameterValues { ParameterValues(values) }
}

extension Network {
    /// Runs a plan with a seed to its end, as a test expects it to.
    public static func run(_ plan: NetworkPlan, seed: UInt64) -> Recording {
        guard case .finished(let recording) = Run(plan, seed: seed).outcome() else {
            preconditionFailure("the run with seed \(seed) did not come to its end")
        }
        return recording
    }
}

extension Distribution {
    /// Always the same number of seconds.
    public static func constant(_ seconds: Double) -> Distribution {
        Distribution(Constant(seconds), text: "\(seconds)s")
    }

    /// Exponential with a mean in seconds.
    public static func exponential(mean: Double) -> Distribution {
        Distribution(Exponential(mean: mean), text: "{ kind: exponential, mean: \(mean)s }")
    }
}

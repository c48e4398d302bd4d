public import OrreryKernel
public import OrreryModel

extension Plans {
    /// A scheduler with a dispatch of a kind; without an interarrival time there is always something to observe.
    public static func scheduler(
        _ kind: String, _ kindValues: [String: ParameterValue] = [:], _ others: [String: ParameterValue] = [:],
        retry: String = "full-jitter", requests: Distribution? = nil, deadline: Duration? = nil
    ) -> SchedulerPlan {
        guard let dispatch = DispatchCatalog.kinds[kind], let policy = RetryCatalog.kinds[retry] else {
            preconditionFailure("no dispatch \(kind) or no retry policy \(retry)")
        }
        var wanted: [String: ParameterValue] = [:]
        if let requests { wanted["interarrival"] = .distribution(requests) }
        if let deadline { wanted["deadline"] = .duration(deadline) }
        return SchedulerPlan(
            values: ParameterValues(others), dispatch: KindPlan(kind: dispatch, values: ParameterValues(kindValues)),
            retry: KindPlan(kind: policy, values: ParameterValues([:])),
            requests: requests == nil ? nil : RequestPlan(values: ParameterValues(wanted)))
    }

    /// Heartbeats at an interval.
    public static func heartbeat(every interval: Duration) -> HeartbeatPlan {
        HeartbeatPlan(values: ParameterValues(["interval": .duration(interval)]))
    }

    /// A network whose telescopes have a scheduler and, if stated, heartbeats, at a site whose line loses packets.
    public static func scheduled(
        _ scheduler: SchedulerPlan, telescopes: Int = 1, heartbeat interval: Duration? = nil, loss: Double = 0,
        longitude: Double = 0, night: NightPlans = NightPlans(), duration: Duration = .hours(4)
    ) -> NetworkPlan {
        let group = TelescopePlan(
            name: "scopes", site: 0,
            values: ParameterValues([
                "count": .count(telescopes), "camera": .text("evscope"), "exposure": .duration(.seconds(60)),
                "set-up": .distribution(.constant(100)),
            ]), observations: night.observations, crashes: night.crashes,
            heartbeat: interval.map { heartbeat(every: $0) })
        let line = UplinkPlan(
            values: ParameterValues([
                "rate": .rate(DataRate(bitsPerSecond: 1_000_000_000)), "latency": .duration(.milliseconds(50)),
                "loss": .share(loss),
            ]))
        let site = SitePlan(
            name: "site", values: ParameterValues(["latitude": .number(0), "longitude": .number(longitude)]),
            uplink: line, weather: nil)
        return NetworkPlan(
            startDate: equinox, duration: duration, warmUp: .zero, sites: [site], fleet: [group], arrivals: [],
            broker: broker(capacity: nil), workers: pool(1000, service: .constant(1)), store: nil,
            scheduler: scheduler)
    }
}

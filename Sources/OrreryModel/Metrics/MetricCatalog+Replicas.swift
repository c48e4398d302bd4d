import OrreryKernel

// What an autoscaler does; nobody measures it without one.
extension MetricCatalog {
    static let replicas = replicaNumbers + replicaRestlessness + elasticity

    private static let replicaNumbers = [
        Metric(
            key: "replicas.wanted", unit: .replicas,
            summary: "replicas that the autoscaler wants, averaged over time", better: .neither,
            reading: .level { recording in recording.replicas?.wanted.gauge.mean(at: recording.end) },
            overTime: { $0.replicas.map { .level($0.wanted, per: 1) } }),
        Metric(
            key: "replicas.ready", unit: .replicas,
            summary: "replicas that work and are not going, averaged over time", better: .neither,
            reading: .level { recording in recording.replicas?.ready.gauge.mean(at: recording.end) },
            overTime: { $0.replicas.map { .level($0.ready, per: 1) } }),
        Metric(
            key: "replicas.wanted-highest", unit: .replicas, summary: "the most replicas that the autoscaler wanted",
            better: .lower,
            reading: .level { $0.replicas.map { Double($0.wanted.gauge.highest) } }),
        Metric(
            key: "replicas.seconds", unit: .replicaSeconds,
            summary: "how long replicas were there, from start to end, all together", better: .lower,
            reading: .level { $0.replicaSeconds }),
        Metric(
            key: "replicas.cost", unit: .cost, summary: "what the replicas cost, by the price of an hour",
            better: .lower,
            reading: .level { recording in
                guard let price = recording.plan.workers.autoscaler?.price else { return nil }
                return recording.replicaSeconds.map { $0 / 3600 * price }
            }),
    ]

    private static let replicaRestlessness = [
        Metric(
            key: "replicas.starts", unit: .perHour, summary: "replicas that the autoscaler starts in an hour",
            better: .lower,
            reading: .level { recording in recording.replicas.map { recording.hourly($0.starts) } }),
        Metric(
            key: "replicas.reversals", unit: .perHour,
            summary: "how often in an hour the autoscaler changes its mind between more and fewer", better: .lower,
            reading: .level { recording in recording.replicas.map { recording.hourly($0.reversals) } }),
    ]

    private static let elasticity = [
        Metric(
            key: "replicas.shortage", unit: .share,
            summary: "missing replicas as a share of the demand, averaged over time (θ_U of SPEC RG)", better: .lower,
            reading: .level { $0.replicas?.elasticity.shortageAccuracy }),
        Metric(
            key: "replicas.excess", unit: .share,
            summary: "surplus replicas as a share of the demand, averaged over time (θ_O of SPEC RG)", better: .lower,
            reading: .level { $0.replicas?.elasticity.excessAccuracy }),
        Metric(
            key: "replicas.shortage-time", unit: .share,
            summary: "the share of time in which fewer replicas were ready than the load takes (τ_U of SPEC RG)",
            better: .lower,
            reading: .level { $0.replicas?.elasticity.shortageTime }),
        Metric(
            key: "replicas.excess-time", unit: .share,
            summary: "the share of time in which more replicas were ready than the load takes (τ_O of SPEC RG)",
            better: .lower,
            reading: .level { $0.replicas?.elasticity.excessTime }),
    ]
}

extension Recording {
    /// How long replicas were there since the warm-up, all together, in seconds; nil without an autoscaler.
    fileprivate var replicaSeconds: Double? {
        replicas.flatMap { $0.started.gauge.mean(at: end) }.map { $0 * observed.seconds }
    }

    /// How often something happened an hour since the warm-up.
    fileprivate func hourly(_ events: CounterSeries) -> Double { Double(events.observed) / (observed.seconds / 3600) }
}

import OrreryKernel

/// Scales by how much is waiting, as KEDA does: so many copies for each replica, through the rules of a
/// HorizontalPodAutoscaler; KEDA itself only brings the first replica and takes the last.
///
/// What counts is what the broker has and what the workers have not acknowledged.
///
/// Source: keda.sh/docs, "ScaledObject specification" and "Scaling deployments"; kubernetes,
/// `GetExternalPerPodMetricReplicas`.
struct QueueLengthPolicy: AutoscalerPolicy {
    let rhythm: AutoscalerRhythm
    private let target: Int
    private let tolerance: Double
    /// How long nothing must have waited before the last replica goes; nil if it never does.
    private let cooldown: Duration?
    private var behaviour: ScalingBehaviour
    private var lastActive = Instant.start

    init(
        target: Int, tolerance: Double, cooldown: Duration?, behaviour: ScalingBehaviour, rhythm: AutoscalerRhythm
    ) {
        self.target = target
        self.tolerance = tolerance
        self.cooldown = cooldown
        self.behaviour = behaviour
        self.rhythm = rhythm
    }

    mutating func evaluate(_ view: AutoscalerView) -> Int {
        guard let backlog = view.backlog else { return view.current }
        if backlog > 0 { lastActive = view.now }
        if view.current == 0 { return backlog > 0 ? 1 : 0 }
        if let cooldown, view.now - lastActive > cooldown { return 0 }
        let ratio = Double(backlog) / Double(target * view.current)
        let isTolerable = ratio >= 1 - tolerance && ratio <= 1 + tolerance
        let recommendation = isTolerable ? view.current : (backlog + target - 1) / target
        return behaviour.limited(max(1, recommendation), current: view.current, at: view.now)
    }
}

extension QueueLengthPolicy {
    private static let target = Parameter<Int>(
        "target", default: 10, range: .within(1...1e9), summary: "how many copies may wait for each replica",
        source: "KEDA, Kafka scaler, lagThreshold")
    private static let cooldown = Parameter<Duration>(
        "cooldown", default: .minutes(5), range: .within(0...86_400),
        summary: "how long nothing must have waited before the last replica goes, if min is 0",
        source: "KEDA, cooldownPeriod")
    private static let rhythm = RhythmParameters(
        scrape: .seconds(30), evaluation: .seconds(15),
        source: "KEDA, pollingInterval; Kubernetes, --horizontal-pod-autoscaler-sync-period")

    static let kind = AutoscalerPlan.kind(
        "queue-length", summary: "KEDA: so many waiting copies for each replica, down to none if min is 0",
        source: "keda.sh/docs", mayRemoveAll: true,
        parameters: [target.spec, cooldown.spec] + BehaviourParameters.specs + rhythm.specs,
        conflict: BehaviourParameters.conflict
    ) { values in
        QueueLengthPolicy(
            target: values[target], tolerance: values[BehaviourParameters.tolerance],
            cooldown: values[AutoscalerPlan.minimum] == 0 ? values[cooldown] : nil,
            behaviour: BehaviourParameters.behaviour(values), rhythm: rhythm.rhythm(values))
    }
}

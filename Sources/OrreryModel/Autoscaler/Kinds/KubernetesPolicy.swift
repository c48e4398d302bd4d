import OrreryKernel

/// The HorizontalPodAutoscaler of Kubernetes, by the replicas' usage of their processors.
///
/// A replica's busy share stands for its usage, and all of its time for its request. Whose usage is not known or says
/// nothing yet is filled in so that the change becomes smaller: as fully used where the others say down, as idle where
/// they say up.
///
/// Source: kubernetes, `pkg/controller/podautoscaler/replica_calculator.go`, `GetResourceReplicas` and `groupPods`; the
/// documentation's page "Horizontal Pod Autoscaling", "Algorithm details".
struct KubernetesPolicy: AutoscalerPolicy {
    let rhythm: AutoscalerRhythm
    private let settings: Settings
    private var behaviour: ScalingBehaviour

    /// What the controller and one autoscaler are set to.
    struct Settings: BitwiseCopyable, Sendable {
        /// The wanted busy share, in percent.
        let target: Int
        let tolerance: Double
        let initialReadinessDelay: Duration
        let initializationPeriod: Duration
    }

    init(_ settings: Settings, behaviour: ScalingBehaviour, rhythm: AutoscalerRhythm) {
        self.settings = settings
        self.behaviour = behaviour
        self.rhythm = rhythm
    }

    mutating func evaluate(_ view: AutoscalerView) -> Int {
        guard let recommendation = recommendation(for: view) else { return view.current }
        return behaviour.limited(recommendation, current: view.current, at: view.now)
    }

    /// How many replicas the usage asks for; nil if no usage is known.
    func recommendation(for view: AutoscalerView) -> Int? {
        var (usages, ignored, missing): ([Int], Int, Int) = ([], 0, 0)
        for replica in view.replicas {
            if replica.state == .booting {
                ignored += 1
            } else if let usage = replica.usage {
                if isUnready(replica, usage, at: view.now) { ignored += 1 } else { usages.append(usage.perMille) }
            } else {
                missing += 1
            }
        }
        guard !usages.isEmpty else { return nil }
        let ratio = ratio(usages)
        let fillsIgnored = ignored > 0 && ratio > 1
        if missing == 0 && !fillsIgnored {
            return isTolerable(ratio) ? view.current : Int(ceilingOf: ratio * Double(usages.count))
        }
        var filled = usages
        if ratio < 1 { filled += Array(repeating: max(1000, settings.target * 10), count: missing) }
        if ratio > 1 { filled += Array(repeating: 0, count: missing + ignored) }
        let filledRatio = self.ratio(filled)
        if isTolerable(filledRatio) || (ratio < 1) != (filledRatio < 1) { return view.current }
        let replicas = Int(ceilingOf: filledRatio * Double(filled.count))
        let isAgainst = filledRatio < 1 ? replicas > view.current : replicas < view.current
        return isAgainst ? view.current : replicas
    }

    /// Whether what a replica used says nothing yet.
    private func isUnready(_ replica: ReplicaView, _ usage: ReplicaView.Usage, at now: Instant) -> Bool {
        let isReady = replica.state == .ready
        if now - replica.started < settings.initializationPeriod { return !isReady || usage.from < replica.changed }
        return !isReady && replica.changed - replica.started < settings.initialReadinessDelay
    }

    /// Used over wanted share, by way of a whole percentage, as the controller reckons.
    private func ratio(_ usages: [Int]) -> Double {
        Double(usages.reduce(0, +) * 100 / (1000 * usages.count)) / Double(settings.target)
    }

    private func isTolerable(_ ratio: Double) -> Bool {
        ratio >= 1 - settings.tolerance && ratio <= 1 + settings.tolerance
    }
}

extension KubernetesPolicy {
    private static let target = Parameter<Int>(
        "target", default: 80, range: .within(1...1000),
        summary: "the wanted busy share of the replicas, in percent; a whole number, as in Kubernetes",
        source: "Kubernetes, HorizontalPodAutoscaler v2, the default metric")
    private static let initialReadinessDelay = Parameter<Duration>(
        "initial-readiness-delay", default: .seconds(30), range: .within(0...86_400),
        summary: "a replica that is not ready and was not later than this after its start was never ready",
        source: "Kubernetes, --horizontal-pod-autoscaler-initial-readiness-delay")
    private static let initializationPeriod = Parameter<Duration>(
        "cpu-initialization-period", default: .minutes(5), range: .within(0...86_400),
        summary: "for how long after its start a replica's usage counts only if all of it is from when it was ready",
        source: "Kubernetes, --horizontal-pod-autoscaler-cpu-initialization-period")
    private static let rhythm = RhythmParameters(
        scrape: .seconds(15), evaluation: .seconds(15),
        source: "Kubernetes, --horizontal-pod-autoscaler-sync-period; metrics-server, --metric-resolution")

    static let kind = AutoscalerPlan.kind(
        "kubernetes", summary: "the HorizontalPodAutoscaler: keeps the busy share of the replicas near a target",
        source: "kubernetes.io, Horizontal Pod Autoscaling; pkg/controller/podautoscaler",
        parameters: [target.spec, initialReadinessDelay.spec, initializationPeriod.spec] + BehaviourParameters.specs
            + rhythm.specs,
        conflict: BehaviourParameters.conflict
    ) { values in
        KubernetesPolicy(
            Settings(
                target: values[target], tolerance: values[BehaviourParameters.tolerance],
                initialReadinessDelay: values[initialReadinessDelay],
                initializationPeriod: values[initializationPeriod]),
            behaviour: BehaviourParameters.behaviour(values), rhythm: rhythm.rhythm(values))
    }
}

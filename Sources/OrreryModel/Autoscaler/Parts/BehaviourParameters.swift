import OrreryKernel

/// The behaviour of a HorizontalPodAutoscaler as parameters, with the documented defaults.
enum BehaviourParameters {
    /// The declarations, in the order in which they are listed.
    static let specs = [tolerance.spec] + up.specs + down.specs

    /// How far the ratio of what is to what should be may be from 1 without any change.
    static let tolerance = Parameter<Double>(
        "tolerance", dimension: .share, default: 0.1, range: .within(0...10),
        summary: "how far the ratio of measured to wanted load may be from 1 without any change",
        source: "Kubernetes, --horizontal-pod-autoscaler-tolerance")

    /// A behaviour that values give.
    static func behaviour(_ values: ParameterValues) -> ScalingBehaviour {
        ScalingBehaviour(up: up.rules(values), down: down.rules(values))
    }

    /// What is wrong with the rules of one direction; nil if nothing is.
    static func conflict(_ values: ParameterValues) -> String? { up.conflict(values) ?? down.conflict(values) }

    private static let up = RuleParameters(
        direction: "up", window: .zero, replicas: 4, share: 1,
        source: "Kubernetes: at once, and the larger of 4 pods and 100 % in 15 s")
    private static let down = RuleParameters(
        direction: "down", window: .minutes(5), replicas: 0, share: 1,
        source: "Kubernetes: after 300 s (--horizontal-pod-autoscaler-downscale-stabilization), 100 % in 15 s")
}

/// The rules of one direction as parameters.
private struct RuleParameters: Sendable {
    private let direction: String
    private let window: Parameter<Duration>
    private let replicas: Parameter<Int>
    private let replicasPeriod: Parameter<Duration>
    private let share: Parameter<Double>
    private let sharePeriod: Parameter<Duration>
    private let select: Parameter<String>

    init(direction: String, window: Duration, replicas: Int, share: Double, source: String) {
        let key = "scale-\(direction)"
        self.direction = direction
        self.window = Parameter(
            "\(key)-window", default: window, range: .within(0...86_400),
            summary: "for how long all recommendations must agree on scaling \(direction)", source: source)
        self.replicas = Parameter(
            "\(key)-pods", default: replicas, range: .within(0...1_000_000),
            summary: "how many replicas it may scale \(direction) in a period; 0 for no such policy", source: source)
        replicasPeriod = Parameter(
            "\(key)-pods-period", default: .seconds(15), range: .within(0.1...86_400),
            summary: "the period of \(key)-pods", source: source)
        self.share = Parameter(
            "\(key)-percent", dimension: .share, default: share, range: .within(0...1000),
            summary: "which share of the replicas it may scale \(direction) in a period; 0% for no such policy",
            source: source)
        sharePeriod = Parameter(
            "\(key)-percent-period", default: .seconds(15), range: .within(0.1...86_400),
            summary: "the period of \(key)-percent", source: source)
        select = Parameter(
            "\(key)-select", dimension: .choice(ScalingRules.Selection.allCases.map(\.rawValue)), default: "max",
            summary: "whether the policy with the largest (max) or smallest change (min) counts, or it never scales "
                + direction,
            source: "Kubernetes, selectPolicy")
    }

    var specs: [ParameterSpec] {
        [window.spec, replicas.spec, replicasPeriod.spec, share.spec, sharePeriod.spec, select.spec]
    }

    func rules(_ values: ParameterValues) -> ScalingRules {
        var policies: [ScalingRules.Policy] = []
        if values[replicas] > 0 {
            policies.append(ScalingRules.Policy(amount: .replicas(values[replicas]), period: values[replicasPeriod]))
        }
        if values[share] > 0 {
            policies.append(ScalingRules.Policy(amount: .share(values[share]), period: values[sharePeriod]))
        }
        return ScalingRules(
            window: values[window], policies: policies,
            select: ScalingRules.Selection(rawValue: values[select]) ?? .largest)
    }

    func conflict(_ values: ParameterValues) -> String? {
        guard values[replicas] == 0, values[share] == 0, values[select] != "disabled" else { return nil }
        return "neither scale-\(direction)-pods nor scale-\(direction)-percent allows any change; "
            + "write scale-\(direction)-select: disabled if that is meant"
    }
}

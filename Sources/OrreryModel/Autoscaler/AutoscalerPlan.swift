public import OrreryKernel

/// An autoscaler of the worker pool: its policy, its bounds, and what scaling takes and costs.
public struct AutoscalerPlan: Sendable {
    /// The policy.
    public let policy: KindPlan<(any AutoscalerPolicy)?>
    /// There are never fewer replicas than this, nor more, whatever the policy wants.
    public let bounds: ClosedRange<Int>
    /// How long what was scraped takes to the controller.
    public let scrapeDelay: Distribution
    /// How long a replica boots.
    public let boot: Distribution
    /// How long a replica that has booted is slow.
    public let slowStart: Duration
    /// How many times as long its work takes then.
    public let slowStartFactor: Double
    /// What a replica costs an hour; nil if nobody counts it.
    public let price: Double?
    /// Over which time the offered work is averaged that the number of replicas is compared with.
    public let demandWindow: Duration

    /// The autoscaler that a scenario chose; nil if it chose none.
    public init?(_ chosen: KindPlan<(any AutoscalerPolicy)?>) {
        if chosen.make() == nil { return nil }
        let values = chosen.values
        policy = chosen
        bounds = values[AutoscalerPlan.minimum]...values[AutoscalerPlan.maximum]
        scrapeDelay = values[AutoscalerPlan.scrapeDelay]
        boot = values[AutoscalerPlan.boot]
        slowStart = values[AutoscalerPlan.slowStart]
        slowStartFactor = values[AutoscalerPlan.slowStartFactor]
        price = values[optional: AutoscalerPlan.price]
        demandWindow = values[AutoscalerPlan.demandWindow]
    }

    /// The least number of replicas.
    static let minimum = Parameter<Int>(
        "min", default: 1, range: .within(0...1_000_000), summary: "the least number of replicas",
        source: "Kubernetes, HorizontalPodAutoscaler, minReplicas")
    private static let maximum = Parameter<Int>(
        "max", range: .within(1...1_000_000), summary: "the largest number of replicas")
    private static let scrapeDelay = Parameter<Distribution>(
        "scrape-delay", default: Distribution(Constant(5), text: "5s"), range: .within(0...86_400),
        summary: "how long what was scraped takes to the controller", source: "no published figure; ours")
    private static let boot = Parameter<Distribution>(
        "boot",
        default: Distribution(Uniform(minimum: 10, maximum: 60), text: "{ kind: uniform, minimum: 10s, maximum: 60s }"),
        range: .within(0...86_400), summary: "how long a replica boots before it can connect to the broker",
        source: "pulling an image and starting an application, 10 s to 60 s; no published figure, ours")
    private static let slowStart = Parameter<Duration>(
        "slow-start", default: .zero, range: .within(0...86_400),
        summary: "how long a replica that has booted works slowly, because its caches are cold",
        source: "a fresh worker is as fast as any other unless stated")
    private static let slowStartFactor = Parameter<Double>(
        "slow-start-factor", default: 2, range: .within(1...1000),
        summary: "how many times as long its work takes then", source: "no published figure; ours")
    private static let price = Parameter<Double>(
        optional: "price", range: .within(0...1e9),
        summary: "what a replica costs an hour, from its start to its end; left out, no cost is reported")
    private static let demandWindow = Parameter<Duration>(
        "demand-window", default: .minutes(1), range: .within(1...86_400),
        summary: "over which time offered work is averaged to say how many replicas it takes",
        source: "the resolution of CloudWatch's metrics, one minute")

    private static let boundParameters = [minimum.spec, maximum.spec]
    /// What scaling takes and costs.
    private static let priceParameters = [
        scrapeDelay.spec, boot.spec, slowStart.spec, slowStartFactor.spec, price.spec, demandWindow.spec,
    ]

    /// A kind of autoscaler with the parameters that all have, and its own between them.
    ///
    /// A policy that decides by the usage of replicas knows nothing when there are none, so it may not remove the last.
    static func kind(
        _ name: String, summary: String, source: String, mayRemoveAll: Bool = false, parameters: [ParameterSpec],
        conflict: @escaping @Sendable (ParameterValues) -> String? = { _ in nil },
        make: @escaping @Sendable (ParameterValues) -> any AutoscalerPolicy
    ) -> Kind<(any AutoscalerPolicy)?> {
        Kind(
            name, summary: summary, source: source, parameters: boundParameters + parameters + priceParameters,
            conflict: { values in
                let (least, most) = (values[minimum], values[maximum])
                if least > most { return "min is \(least), more than max, which is \(most)" }
                if least == 0 && !mayRemoveAll {
                    return "min is 0, but without a replica \(name) knows nothing that could bring one back"
                }
                return conflict(values)
            },
            make: make)
    }
}

/// The rhythm of a kind of policy as parameters with the kind's defaults.
struct RhythmParameters: Sendable {
    private let scrape: Parameter<Duration>
    private let evaluation: Parameter<Duration>

    /// Parameters with these defaults and their source.
    init(scrape: Duration, evaluation: Duration, source: String) {
        self.scrape = Parameter(
            "scrape-interval", default: scrape, range: .within(0.1...86_400),
            summary: "how often the controller's metrics are scraped", source: source)
        self.evaluation = Parameter(
            "evaluation-interval", default: evaluation, range: .within(0.1...86_400),
            summary: "how often the controller decides", source: source)
    }

    /// What AWS measures and decides by.
    static let cloudWatch = RhythmParameters(
        scrape: .minutes(1), evaluation: .minutes(1), source: "CloudWatch, detailed monitoring: one minute")

    /// The declarations.
    var specs: [ParameterSpec] { [scrape.spec, evaluation.spec] }

    /// The rhythm that values give.
    func rhythm(_ values: ParameterValues) -> AutoscalerRhythm {
        AutoscalerRhythm(scrape: values[scrape], evaluation: values[evaluation])
    }
}

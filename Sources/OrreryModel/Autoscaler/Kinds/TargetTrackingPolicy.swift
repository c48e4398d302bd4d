import OrreryKernel

/// Target tracking as AWS does it: two alarms around a target, quick to add and slow to remove.
///
/// Each evaluation is a data point. The upper alarm needs some points in a row above the target, the lower one many
/// clearly below it. Replicas that became ready a short time ago are not in the mean, and while there are any, or any
/// boot, none is removed.
///
/// Source: docs.aws.amazon.com, EC2 Auto Scaling, "Target tracking scaling policies", "Set the default instance
/// warmup"; the alarms of 3 and 15 points: cloudandclear.uk/aws-auto-scaling-assumptions-production (secondary).
struct TargetTrackingPolicy: AutoscalerPolicy {
    let rhythm: AutoscalerRhythm
    private let settings: Settings
    private var pointsAbove = 0
    private var pointsBelow = 0

    /// What the policy is set to.
    struct Settings: BitwiseCopyable, Sendable {
        /// The wanted busy share, from 0 to 1.
        let target: Double
        /// How far below the target the lower alarm lies, as a share of it.
        let margin: Double
        let pointsOut: Int
        let pointsIn: Int
        let instanceWarmUp: Duration
    }

    init(_ settings: Settings, rhythm: AutoscalerRhythm) {
        self.settings = settings
        self.rhythm = rhythm
    }

    mutating func evaluate(_ view: AutoscalerView) -> Int {
        guard let (share, count) = view.meanUsage(ofReadyFor: settings.instanceWarmUp) else { return view.current }
        pointsAbove = share > settings.target ? pointsAbove + 1 : 0
        pointsBelow = share < settings.target * (1 - settings.margin) ? pointsBelow + 1 : 0
        let wanted = Int(ceilingOf: share / settings.target * Double(count))
        if pointsAbove >= settings.pointsOut { return max(view.current, wanted) }
        if pointsBelow >= settings.pointsIn && count == view.current { return min(view.current, wanted) }
        return view.current
    }
}

extension TargetTrackingPolicy {
    private static let target = Parameter<Double>(
        "target", dimension: .share, default: 0.5, range: .within(0.01...1),
        summary: "the wanted mean busy share of the replicas", source: "AWS, the example of the user guide, 50 %")
    private static let margin = Parameter<Double>(
        "scale-in-margin", dimension: .share, default: 0.1, range: .within(0...1),
        summary: "how far below the target, as a share of it, the lower alarm lies",
        source: "AWS: about 10 % (cloudandclear.uk, secondary)")
    private static let pointsOut = Parameter<Int>(
        "scale-out-points", default: 3, range: .within(1...10_000),
        summary: "how many evaluations in a row must be above the target",
        source: "AWS: 3 data points (cloudandclear.uk, secondary)")
    private static let pointsIn = Parameter<Int>(
        "scale-in-points", default: 15, range: .within(1...10_000),
        summary: "how many evaluations in a row must be below the lower alarm",
        source: "AWS: 15 data points (cloudandclear.uk, secondary)")
    private static let instanceWarmUp = Parameter<Duration>(
        "instance-warm-up", default: .minutes(5), range: .within(0...86_400),
        summary: "for how long a new replica is not in the mean, and none is removed",
        source: "AWS: falls back to the default cooldown, 300 s")
    private static let rhythm = RhythmParameters.cloudWatch

    static let kind = AutoscalerPlan.kind(
        "target-tracking", summary: "AWS target tracking: two alarms around a target, quick to add, slow to remove",
        source: "docs.aws.amazon.com, EC2 Auto Scaling",
        parameters: [target.spec, margin.spec, pointsOut.spec, pointsIn.spec, instanceWarmUp.spec] + rhythm.specs
    ) { values in
        TargetTrackingPolicy(
            Settings(
                target: values[target], margin: values[margin], pointsOut: values[pointsOut],
                pointsIn: values[pointsIn], instanceWarmUp: values[instanceWarmUp]),
            rhythm: rhythm.rhythm(values))
    }
}

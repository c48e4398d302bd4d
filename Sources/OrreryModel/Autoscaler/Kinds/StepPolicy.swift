import OrreryKernel

/// Scales in steps: the farther the busy share is beyond a threshold, the more replicas at once, and after each change
/// nothing for a while.
///
/// Source: docs.aws.amazon.com, EC2 Auto Scaling, "Step and simple scaling policies" and "Scaling cooldowns".
struct StepPolicy: AutoscalerPolicy {
    let rhythm: AutoscalerRhythm
    private let settings: Settings
    private var points = 0
    private var lastChange: Instant?

    /// What the policy is set to.
    struct Settings: BitwiseCopyable, Sendable {
        /// The busy shares beyond which replicas are added or removed, from 0 to 1.
        let above: Double
        let below: Double
        /// How wide a step is, as a busy share, and how many replicas it stands for.
        let width: Double
        let replicas: Int
        /// How many evaluations in a row must be beyond a threshold.
        let points: Int
        let cooldown: Duration
    }

    init(_ settings: Settings, rhythm: AutoscalerRhythm) {
        self.settings = settings
        self.rhythm = rhythm
    }

    mutating func evaluate(_ view: AutoscalerView) -> Int {
        guard let share = view.meanUsage()?.share else { return view.current }
        if share > settings.above {
            points = max(1, points + 1)
        } else if share < settings.below {
            points = min(-1, points - 1)
        } else {
            points = 0
        }
        if let lastChange, view.now - lastChange < settings.cooldown { return view.current }
        guard points.magnitude >= UInt(settings.points) else { return view.current }
        lastChange = view.now
        let excess = points > 0 ? share - settings.above : settings.below - share
        let step = (1 + Int(excess / settings.width)) * settings.replicas
        return view.current + (points > 0 ? step : -step)
    }
}

extension StepPolicy {
    private static let above = Parameter<Double>(
        "above", dimension: .share, default: 0.6, range: .within(0...1),
        summary: "replicas are added when their mean busy share is above this",
        source: "AWS, the example of the user guide: 60 %")
    private static let below = Parameter<Double>(
        "below", dimension: .share, default: 0.4, range: .within(0...1),
        summary: "replicas are removed when it is below this", source: "AWS, the example of the user guide: 40 %")
    private static let width = Parameter<Double>(
        "step-width", dimension: .share, default: 0.1, range: .above(0, upTo: 1),
        summary: "each such share farther beyond a threshold is one step more",
        source: "AWS, the example of the user guide: 10 percentage points")
    private static let replicas = Parameter<Int>(
        "step-replicas", default: 1, range: .within(1...1_000_000), summary: "how many replicas a step stands for",
        source: "one unless stated")
    private static let points = Parameter<Int>(
        "points", default: 2, range: .within(1...10_000),
        summary: "how many evaluations in a row must be beyond a threshold",
        source: "AWS, the example of the user guide: two periods of two minutes")
    private static let cooldown = Parameter<Duration>(
        "cooldown", default: .minutes(5), range: .within(0...86_400),
        summary: "for how long after a change nothing changes", source: "AWS, default cooldown, 300 s")
    private static let rhythm = RhythmParameters.cloudWatch

    private static func conflict(_ values: ParameterValues) -> String? {
        values[below] < values[above] ? nil : "below is not less than above"
    }

    static let kind = AutoscalerPlan.kind(
        "step", summary: "step scaling: the farther beyond a threshold, the more at once, then a cooldown",
        source: "docs.aws.amazon.com, EC2 Auto Scaling",
        parameters: [above.spec, below.spec, width.spec, replicas.spec, points.spec, cooldown.spec] + rhythm.specs,
        conflict: conflict
    ) { values in
        StepPolicy(
            Settings(
                above: values[above], below: values[below], width: values[width], replicas: values[replicas],
                points: values[points], cooldown: values[cooldown]),
            rhythm: rhythm.rhythm(values))
    }
}

import OrreryKernel

/// The script that everybody writes first: above one busy share add some, below another remove some, at each look.
///
/// It remembers nothing: not that what it asked for still boots, nor that what it asked for last disturbed what it
/// sees now.
struct ScriptPolicy: AutoscalerPolicy {
    let rhythm: AutoscalerRhythm
    /// The busy shares beyond which replicas are added or removed, from 0 to 1.
    let above: Double
    let below: Double
    /// How many are added or removed at once.
    let add: Int
    let remove: Int

    mutating func evaluate(_ view: AutoscalerView) -> Int {
        guard let share = view.meanUsage()?.share else { return view.current }
        if share > above { return view.current + add }
        if share < below { return max(1, view.current - remove) }
        return view.current
    }
}

extension ScriptPolicy {
    private static let above = Parameter<Double>(
        "above", dimension: .share, default: 0.8, range: .within(0...1),
        summary: "replicas are added when their mean busy share is above this", source: "a usual rule of thumb; ours")
    private static let below = Parameter<Double>(
        "below", dimension: .share, default: 0.4, range: .within(0...1),
        summary: "replicas are removed when it is below this", source: "a usual rule of thumb; ours")
    private static let add = Parameter<Int>(
        "add", default: 1, range: .within(0...1_000_000), summary: "how many replicas are added at once",
        source: "one unless stated")
    private static let remove = Parameter<Int>(
        "remove", default: 1, range: .within(0...1_000_000), summary: "how many replicas are removed at once",
        source: "one unless stated")
    private static let rhythm = RhythmParameters(
        scrape: .minutes(1), evaluation: .minutes(1), source: "the finest interval of cron")

    private static func conflict(_ values: ParameterValues) -> String? {
        values[below] < values[above] ? nil : "below is not less than above"
    }

    static let kind = AutoscalerPlan.kind(
        "script", summary: "a naive script: above one busy share add some, below another remove some, at each look",
        source: "autoscalr.com (2017), whose rule fires each minute while instances take five to come",
        parameters: [above.spec, below.spec, add.spec, remove.spec] + rhythm.specs,
        conflict: conflict
    ) { values in
        ScriptPolicy(
            rhythm: rhythm.rhythm(values), above: values[above], below: values[below], add: values[add],
            remove: values[remove])
    }
}

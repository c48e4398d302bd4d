public import OrreryKernel

/// When a telescope's controller crashes, and how long its restart takes.
public struct CrashPlan: Sendable {
    /// How long the controller works before it crashes.
    public let up: Distribution
    /// How long it is away then.
    public let down: Distribution

    /// Crashes from checked values.
    public init(values: ParameterValues) {
        up = values[CrashPlan.up]
        down = values[CrashPlan.down]
    }

    private static let up = Parameter<Distribution>(
        "up", default: Distribution(Exponential(mean: 2_592_000), text: "{ kind: exponential, mean: 30d }"),
        range: .within(1...315_360_000), summary: "how long a telescope's controller works before it crashes",
        source: "one crash a month; ours")
    private static let down = Parameter<Distribution>(
        "down", default: Distribution(Constant(300), text: "5m"), range: .within(0.001...315_360_000),
        summary: "how long it takes to start again; the telescope then has to be set up too",
        source: "a watchdog's reset and the start of the software take minutes; ours")

    /// The parameters of crashes.
    public static let parameters = [up.spec, down.spec]
}

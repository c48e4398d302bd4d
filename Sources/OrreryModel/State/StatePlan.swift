public import OrreryKernel

/// The state that workers change when they work on items.
///
/// ```
///   takes a copy up ─► read ─► work ─► write ── accepted ─► done
///                       ▲                │
///                       └── back-off ◄───┴ conflict ─► too many: to an operator, or lost
/// ```
public struct StatePlan: Sendable {
    /// How it is kept.
    public let model: KindPlan<any StateModel>
    /// How a worker waits after a conflict.
    public let backoff: KindPlan<any RetryPolicy>
    /// How many keys the state has; nil if each telescope and each key of a stream has one.
    public let keys: Int?
    /// How long a message takes between a worker and the state, one way.
    public let latency: Distribution
    /// How often a worker tries to write one item, the first time included.
    public let attempts: Int
    /// The gaps between writes of others to each key; nil if there are none.
    public let others: Distribution?

    /// A state from checked values.
    public init(values: ParameterValues, model: KindPlan<any StateModel>, backoff: KindPlan<any RetryPolicy>) {
        self.model = model
        self.backoff = backoff
        keys = values[optional: StatePlan.keys]
        latency = values[StatePlan.latency]
        attempts = values[StatePlan.attempts]
        others = values[optional: StatePlan.others]
    }

    /// How many keys a state may have, which must all fit into memory.
    public static let keyLimit = 10_000_000

    private static let keys = Parameter<Int>(
        optional: "keys", range: .within(1...Double(keyLimit)),
        summary:
            "how many keys the state has, among which items are spread by their own keys, or by when they came into "
            + "being if they have none; left out, every telescope, every key of a stream, and every stream without keys "
            + "has one")
    private static let latency = Parameter<Distribution>(
        "latency", default: Distribution(Constant(0.0005), text: "500us"), range: .within(1e-6...60),
        summary: "how long a message takes between a worker and the state, one way",
        source: "half a round trip within a data centre; ours")
    private static let attempts = Parameter<Int>(
        "attempts", default: 5, range: .within(1...1e9),
        summary: "how often a worker tries to write one item, the first time included, before it gives it to the "
            + "operators",
        source: "no published figure; ours")
    private static let others = Parameter<Distribution>(
        optional: "others", range: .within(1e-6...315_360_000),
        summary: "the gaps between writes to each key by others than these workers; left out, there are none")

    /// The parameters of a state, besides its model and its back-off.
    public static let parameters = [keys.spec, latency.spec, attempts.spec, others.spec]
}

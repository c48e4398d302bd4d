public import OrreryKernel

/// People who look after what workers could not write: each reconciles one item at a time, by hand.
public struct OperatorPlan: Sendable {
    /// How many are on duty, day and night.
    public let count: Int
    /// How long one takes for an item.
    public let time: Distribution
    /// How long an item waits for one before it is pointless; nil if it waits for ever.
    public let patience: Distribution?

    /// Operators from checked values.
    public init(values: ParameterValues) {
        count = values[OperatorPlan.count]
        time = values[OperatorPlan.time]
        patience = values[optional: OperatorPlan.patience]
    }

    /// How long a shift is, in hours, by which tickets are counted.
    ///
    /// Source: B. Beyer et al., "Site Reliability Engineering" (2016), chapter 11: at most two incidents in 12 hours.
    static let shiftHours = 12.0

    private static let count = Parameter<Int>(
        "count", default: 1, range: .within(1...100_000), summary: "how many operators are on duty, day and night",
        source: "one on call"
    )
    .asCapacity()
    private static let time = Parameter<Distribution>(
        "time",
        default: Distribution(
            Uniform(minimum: 600, maximum: 1800), text: "{ kind: uniform, minimum: 10m, maximum: 30m }"),
        range: .above(0, upTo: 31_536_000), summary: "how long an operator takes to reconcile one item",
        source: "10 to 30 minutes; no published figure, ours"
    )
    .asCapacity(.less)
    private static let patience = Parameter<Distribution>(
        optional: "patience", range: .above(0, upTo: 315_360_000),
        summary: "how long an item waits for an operator before it is pointless and lost; left out, it waits for ever")

    /// The parameters of operators.
    public static let parameters = [count.spec, time.spec, patience.spec]
}

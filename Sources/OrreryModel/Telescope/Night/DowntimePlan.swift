public import OrreryKernel

/// Unscheduled downtime: how often a telescope's hardware breaks, and for how many nights it is not repaired.
public struct DowntimePlan: Sendable {
    /// How likely a telescope that works is to break at nightfall.
    public let probability: Double
    /// How many nights it is down then, this one included; at least one.
    public let nights: Distribution

    /// Downtime from checked values.
    public init(values: ParameterValues) {
        probability = values[DowntimePlan.probability]
        nights = values[DowntimePlan.nights]
    }

    /// The share of nights that are lost in the long run.
    ///
    /// A telescope works for one night with the probability that it does not break, else it is down for its nights;
    /// then everything begins anew.
    public var lostShare: Double {
        let lost = probability * nights.sampler.mean
        return lost / (1 - probability + lost)
    }

    private static let probability = Parameter<Double>(
        "probability", dimension: .share, default: 0.020824, range: .within(0...1),
        summary: "how likely a telescope that works is to break at nightfall",
        source:
            "0.0137 for 1 night, 0.00548 for 3, 0.00137 for 7 and 0.000274 for 14 (rubin_scheduler, unscheduled_downtime_data.py)"
    )
    private static let nights = Parameter<Distribution>(
        "nights", dimension: .distribution(of: .number),
        default: Distribution(
            Empirical(values: [1, 3, 7, 14], weights: [0.0137, 0.00548, 0.00137, 0.000274]),
            text: "{ kind: empirical, values: [1, 3, 7, 14], weights: [0.0137, 0.00548, 0.00137, 0.000274] }"),
        range: .within(1...10_000),
        summary: "how many nights it is down then, this one included; a sample below 1 counts as 1",
        source: "a mean of 2.1 nights, as in rubin_scheduler, unscheduled_downtime_data.py")

    /// The parameters of downtime.
    public static let parameters = [probability.spec, nights.spec]
}

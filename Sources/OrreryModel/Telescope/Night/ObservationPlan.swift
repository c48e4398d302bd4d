public import OrreryKernel

/// Which exposures a telescope takes in turn: so many of a target in each filter, then the next target.
public struct ObservationPlan: Sendable {
    /// How many exposures of a target it takes in each filter.
    public let exposuresPerTarget: Int
    /// How long it takes to point at the next target.
    public let slew: Distribution
    /// How many filters it uses in turn on each target.
    public let filters: Int
    /// How long the next filter takes to come into place.
    public let filterChange: Distribution

    /// A plan from checked values.
    public init(values: ParameterValues) {
        exposuresPerTarget = values[ObservationPlan.exposuresPerTarget]
        slew = values[ObservationPlan.slew]
        filters = values[ObservationPlan.filters]
        filterChange = values[ObservationPlan.filterChange]
    }

    private static let exposuresPerTarget = Parameter<Int>(
        "exposures-per-target", default: 1, range: .within(1...1_000_000),
        summary: "how many exposures of a target a telescope takes in each filter",
        source: "a survey goes on after one exposure; ours")
    private static let slew = Parameter<Distribution>(
        "slew", default: Distribution(Constant(90), text: "90s"), range: .within(0...86_400),
        summary: "how long it takes to point at the next target, while the camera reads out",
        source: "an imager's observation begins with 90 s (observation-portal, configdb test fixture)")
    private static let filters = Parameter<Int>(
        "filters", default: 1, range: .within(1...1000),
        summary: "how many filters it uses in turn on each target, from the same first one on",
        source: "one filter unless stated")
    private static let filterChange = Parameter<Distribution>(
        "filter-change", default: Distribution(Constant(16), text: "16s"), range: .within(0...86_400),
        summary: "how long the next filter takes to come into place, while the camera reads out",
        source:
            "16 s for each configuration of an observation (observation-portal, configdb test fixture); the Rubin Observatory's camera takes 120 s (rubin_scheduler, kinem_model.py)"
    )

    /// The parameters of a plan.
    public static let parameters = [exposuresPerTarget.spec, slew.spec, filters.spec, filterChange.spec]
}

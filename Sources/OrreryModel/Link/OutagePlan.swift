public import OrreryKernel

/// The outages of a line: spells in which it works and spells in which it is down, in turn.
public struct OutagePlan: SpellPlan {
    /// How long it works.
    public let up: Distribution
    /// How long it is down.
    public let down: Distribution

    /// Outages from checked values.
    public init(values: ParameterValues) {
        up = values[OutagePlan.up]
        down = values[OutagePlan.down]
    }

    private static let up = Parameter<Distribution>(
        "up", default: Distribution(Exponential(mean: 400 * 3600), text: "{ kind: exponential, mean: 400h }"),
        range: .within(1...315_360_000), summary: "how long the line works; at least 1s on average",
        source:
            "0.06 outages a day in the median home of a developed country (Grover et al., Peeking Behind the NAT, IMC 2013)"
    )
    private static let down = Parameter<Distribution>(
        "down", default: Distribution(Exponential(mean: 1.2 * 3600), text: "{ kind: exponential, mean: 1.2h }"),
        range: .within(1...315_360_000), summary: "how long the line is down; at least 1s on average",
        source:
            "with the default spells of work it is down 0.3 % of the time, the share of the Internet that cannot be reached (USC/ISI ANT, Evaluation of Internet Outages)"
    )

    /// The parameters of the outages.
    public static let parameters = [up.spec, down.spec]
}

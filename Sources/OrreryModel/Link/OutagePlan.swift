public import OrreryKernel

/// The outages of a line: spells in which it works and spells in which it is down, in turn.
public struct OutagePlan: Sendable {
    /// How long it works.
    public let up: Distribution
    /// How long it is down.
    public let down: Distribution

    /// Outages from checked values.
    public init(values: ParameterValues) {
        up = values[OutagePlan.up]
        down = values[OutagePlan.down]
    }

    /// Whether the line works at the start: in the long-run share of the runs.
    public func startsUp(using stream: inout RandomStream) -> Bool {
        stream.unit() * (up.sampler.mean + down.sampler.mean) < up.sampler.mean
    }

    /// How long the line stays as it now is; at least a millisecond.
    ///
    /// At the start, the rest of a spell may be drawn like a whole one, which is exact for exponential spells.
    public func spell(isUp: Bool, using stream: inout RandomStream) -> Duration {
        max(.milliseconds(1), (isUp ? up : down).duration(using: &stream))
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

public import OrreryKernel

/// The weather of a site: spells of clear sky and spells in which the whole site is closed, in turn.
public struct WeatherPlan: SpellPlan {
    /// How long it stays clear.
    public let up: Distribution
    /// How long it stays closed.
    public let down: Distribution

    /// Weather from checked values.
    public init(values: ParameterValues) {
        up = values[WeatherPlan.clear]
        down = values[WeatherPlan.closed]
    }

    private static let clear = Parameter<Distribution>(
        "clear", default: Distribution(Exponential(mean: 39 * 3600), text: "{ kind: exponential, mean: 39h }"),
        range: .within(1...315_360_000), summary: "how long the sky stays clear; at least 1s on average",
        source:
            "with the default closed spells, 27 % of the time is lost, as at the WHT on La Palma (ING weather statistics); the length is ours"
    )
    private static let closed = Parameter<Distribution>(
        "closed", default: Distribution(Exponential(mean: 14.4 * 3600), text: "{ kind: exponential, mean: 14.4h }"),
        range: .within(1...315_360_000),
        summary: "how long clouds, wind or humidity keep the whole site closed; at least 1s on average",
        source: "27 % of the time, as at the WHT on La Palma (ING weather statistics); the length is ours")

    /// The parameters of the weather.
    public static let parameters = [clear.spec, closed.spec]
}

public import OrreryKernel

/// Requests for observations, which come one by one, and each of which wants one observation by any telescope.
public struct RequestPlan: Sendable {
    /// The time from one request to the next.
    public let interarrival: Distribution
    /// How long after its arrival a telescope has to set out for a request; nil if it never expires.
    public let deadline: Duration?

    /// Requests from checked values.
    public init(values: ParameterValues) {
        interarrival = values[RequestPlan.interarrival]
        deadline = values[optional: RequestPlan.deadline]
    }

    private static let interarrival = Parameter<Distribution>(
        "interarrival", range: .above(0, upTo: 315_360_000), summary: "the time from one request to the next")
    private static let deadline = Parameter<Duration>(
        optional: "deadline", range: .within(0.001...315_360_000),
        summary: "how long after its arrival a telescope has to set out for a request, otherwise it expires; left out, "
            + "it never does")

    /// The parameters of requests.
    public static let parameters = [interarrival.spec, deadline.spec]
}

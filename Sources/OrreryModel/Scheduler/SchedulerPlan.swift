public import OrreryKernel

/// What gives the telescopes their observations; without it they expose by themselves.
public struct SchedulerPlan: Sendable {
    /// How observations come to the telescopes.
    public let dispatch: KindPlan<any Dispatch>
    /// How long a telescope that asked waits after a time-out before it asks again.
    public let retry: KindPlan<any RetryPolicy>
    /// What is asked of the network; nil if there is always something to observe.
    public let requests: RequestPlan?
    /// How long a telescope with heartbeats may be silent before it is marked offline; nil for ever.
    public let offlineAfter: Duration?
    /// Telescopes that can reach the centre again wait for up to so long before they say so.
    public let rejoinJitter: Duration

    /// A scheduler from checked values.
    public init(
        values: ParameterValues, dispatch: KindPlan<any Dispatch>, retry: KindPlan<any RetryPolicy>,
        requests: RequestPlan?
    ) {
        self.dispatch = dispatch
        self.retry = retry
        self.requests = requests
        offlineAfter = values[optional: SchedulerPlan.offlineAfter]
        rejoinJitter = values[SchedulerPlan.rejoinJitter]
    }

    private static let offlineAfter = Parameter<Duration>(
        optional: "offline-after", range: .within(1...604_800),
        summary: "how long a telescope with heartbeats may be silent before it is marked offline; what it was to "
            + "observe is then given to others; left out, nobody is",
        source: "10 min is usual; Las Cumbres Observatory waits 15 min (adaptive_scheduler)")
    private static let rejoinJitter = Parameter<Duration>(
        "rejoin-jitter", default: .zero, range: .within(0...86_400),
        summary: "telescopes that can reach the centre again wait for a random time of up to this before they say so",
        source: "none unless stated; pyobs added it after storms of reconnects (its changelog)")

    /// The parameters of a scheduler, besides its dispatch, the retries and the requests.
    public static let parameters = [offlineAfter.spec, rejoinJitter.spec]
}

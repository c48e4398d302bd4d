public import OrreryKernel

/// How a producer sends again what was refused or not answered, and what keeps it from doing so too often.
///
/// The delay alone does not stop a storm of retries, it only puts it off: what ends it is a limit to how much is sent
/// again. There are three, all off unless a scenario states them: per item (`attempts`), per producer (`budget`), and a
/// producer that holds back all its sendings while few are accepted (`throttle`).
///
/// Source: B. Beyer et al., "Site Reliability Engineering" (2016), chapter 21, "Handling Overload".
public struct RetryPlan: Sendable {
    /// How long it waits before it sends again.
    public let policy: KindPlan<any RetryPolicy>
    /// How often one item is sent at most, the first time included; nil for no limit.
    public let attempts: Int?
    /// How long a producer waits for the answer before it counts a sending as failed; nil forever.
    public let timeout: Duration?
    /// How many retries a producer may send for each first sending in the long run; nil for no limit.
    public let budget: Double?
    /// How many times the accepted sendings a producer may make before it holds some back; nil for no limit.
    public let throttle: Double?

    /// A plan from checked values.
    public init(values: ParameterValues, policy: KindPlan<any RetryPolicy>) {
        self.policy = policy
        attempts = values[optional: RetryPlan.attempts]
        timeout = values[optional: RetryPlan.timeout]
        budget = values[optional: RetryPlan.budget]
        throttle = values[optional: RetryPlan.throttle]
    }

    private static let attempts = Parameter<Int>(
        optional: "attempts", range: .within(1...1e9),
        summary: "how often one item is sent at most, the first time included; left out, there is no limit",
        source: "Google allows 3 (Site Reliability Engineering, chapter 21)")
    private static let timeout = Parameter<Duration>(
        optional: "timeout", range: .above(0, upTo: 604_800),
        summary: "how long a producer waits for the answer; left out, it waits forever",
        source: "Kafka's producer waits 30 s (request.timeout.ms)")
    private static let budget = Parameter<Double>(
        optional: "budget", dimension: .share, range: .within(0...10),
        summary: "the retries that a producer may send, as a share of its first sendings, besides a reserve of "
            + "\(RetryBudget.reserve); left out, there is no limit",
        source: "Google allows 10% (Site Reliability Engineering, chapter 21), Finagle 20%")
    private static let throttle = Parameter<Double>(
        optional: "throttle", range: .within(1...1000),
        summary: "a producer holds sendings back while there are more than this many times those accepted in the last "
            + "\(RetryBudget.window); left out, it holds none back",
        source: "Google prefers 2 (Site Reliability Engineering, chapter 21)")

    /// The parameters of retries, besides their policy.
    public static let parameters = [attempts.spec, timeout.spec, budget.spec, throttle.spec]
}

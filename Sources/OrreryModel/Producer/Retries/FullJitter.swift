import OrreryKernel

/// Anything between no delay and the exponential one: the herd spreads as far as it can.
struct FullJitter: RetryPolicy {
    let backoff: Backoff

    func delay(afterAttempt attempt: Int, previous: Duration, using random: inout RandomStream) -> Duration? {
        Backoff.uniform(from: .zero, to: backoff.ceiling(afterAttempt: attempt), using: &random)
    }

    static let kind = Backoff.kind(
        "full-jitter", summary: "anything between no delay and the exponential one", source: Backoff.simulator
    ) { FullJitter(backoff: $0) }
}

import OrreryKernel

/// A delay that doubles with every attempt up to a cap, without chance: herds grow rarer but stay herds.
struct ExponentialBackoff: RetryPolicy {
    let backoff: Backoff

    func delay(afterAttempt attempt: Int, previous: Duration, using random: inout RandomStream) -> Duration? {
        backoff.ceiling(afterAttempt: attempt)
    }

    static let kind = Backoff.kind(
        "exponential", summary: "a delay that doubles with every attempt up to a cap", source: Backoff.simulator
    ) { ExponentialBackoff(backoff: $0) }
}

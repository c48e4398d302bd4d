import OrreryKernel

/// Half of the exponential delay for certain, and a random part of the other half.
struct EqualJitter: RetryPolicy {
    let backoff: Backoff

    func delay(afterAttempt attempt: Int, previous: Duration, using random: inout RandomStream) -> Duration? {
        let ceiling = backoff.ceiling(afterAttempt: attempt)
        let half = Duration(nanoseconds: ceiling.nanoseconds / 2)
        return Backoff.uniform(from: half, to: ceiling, using: &random)
    }

    static let kind = Backoff.kind(
        "equal-jitter", summary: "half of the exponential delay, and a random part of the other half",
        source: Backoff.simulator
    ) { EqualJitter(backoff: $0) }
}

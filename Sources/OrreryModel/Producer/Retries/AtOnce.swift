import OrreryKernel

/// No delay at all; whoever fails tries again as soon as it knows.
///
/// Not for producers, whom the next answer would follow at the same instant, for ever.
struct AtOnce: RetryPolicy {
    func delay(afterAttempt attempt: Int, previous: Duration, using random: inout RandomStream) -> Duration? { .zero }

    static let kind = Kind<any RetryPolicy>(
        "at-once", summary: "no delay at all", source: Backoff.simulator
    ) { _ in AtOnce() }
}

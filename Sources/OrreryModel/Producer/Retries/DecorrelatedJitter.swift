import OrreryKernel

/// Anything between the base and three times the last delay, at most the cap: it grows from where chance left it.
///
/// The first delay lies between the base and three times the base. What lies above the cap becomes the cap, so that
/// long runs of failures often wait for exactly the cap.
struct DecorrelatedJitter: RetryPolicy {
    let backoff: Backoff

    func delay(afterAttempt attempt: Int, previous: Duration, using random: inout RandomStream) -> Duration? {
        // At most three times the longest duration there is, which 64 bits hold.
        let last = min(max(previous, backoff.base), .limit)
        let longest = Duration(nanoseconds: last.nanoseconds * 3)
        return min(backoff.cap, Backoff.uniform(from: backoff.base, to: longest, using: &random))
    }

    static let kind = Backoff.kind(
        "decorrelated-jitter", summary: "anything between the base and three times the last delay, at most the cap",
        source: Backoff.simulator
    ) { DecorrelatedJitter(backoff: $0) }
}

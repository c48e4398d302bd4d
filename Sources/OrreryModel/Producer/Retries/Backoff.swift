import OrreryKernel

/// What growing delays have in common: a base, from which they grow, and a cap, beyond which they do not.
struct Backoff: Sendable {
    /// The first delay.
    let base: Duration
    /// The longest delay.
    let cap: Duration

    /// The base, doubled with every attempt after the first, at most the cap.
    ///
    /// The model of AWS starts at twice the base; here the base is the first delay, as with gRPC.
    func ceiling(afterAttempt attempt: Int) -> Duration {
        invariant(attempt >= 1, "nothing was sent before attempt \(attempt) failed")
        // Compared before it is doubled, so that no number of attempts overflows.
        guard base.nanoseconds <= cap.nanoseconds >> (attempt - 1) else { return cap }
        return Duration(nanoseconds: base.nanoseconds << (attempt - 1))
    }

    /// A duration between two, both included, each whole nanosecond equally likely.
    static func uniform(
        from shortest: Duration, to longest: Duration, using random: inout RandomStream
    ) -> Duration {
        let choices = Int((longest - shortest).nanoseconds) + 1
        return shortest + Duration(nanoseconds: Int64(random.index(below: choices)))
    }

    private static let base = Parameter<Duration>(
        "base", default: .milliseconds(100), range: .above(0, upTo: 604_800), summary: "the delay from which it grows",
        source: "Kafka producer: retry.backoff.ms")
    private static let cap = Parameter<Duration>(
        "cap", default: .seconds(1), range: .above(0, upTo: 604_800), summary: "the longest delay",
        source: "Kafka producer: retry.backoff.max.ms")

    /// A kind of policy whose delays grow.
    static func kind(
        _ name: String, summary: String, source: String, make: @escaping @Sendable (Backoff) -> any RetryPolicy
    ) -> Kind<any RetryPolicy> {
        Kind(
            name, summary: summary, source: source, parameters: [base.spec, cap.spec],
            conflict: { values in
                let (base, cap) = (values[base], values[cap])
                return base <= cap ? nil : "the base of \(base) is longer than the cap of \(cap)"
            },
            make: { make(Backoff(base: $0[base], cap: $0[cap])) })
    }

    /// The model whose formulas the jitters follow.
    static let simulator = "M. Brooker, \"Exponential Backoff And Jitter\" (2015) and its aws-arch-backoff-simulator"
}

import OrreryKernel

/// The same delay after every attempt: those who failed together return together, again and again.
struct FixedDelay: RetryPolicy {
    let delay: Duration

    func delay(afterAttempt attempt: Int, previous: Duration, using random: inout RandomStream) -> Duration? { delay }

    private static let delay = Parameter<Duration>(
        "delay", default: .seconds(2), range: .within(0.001...604_800),
        summary: "how long it waits after every attempt",
        source: "nats.go waits 2 s before it connects again")

    static let kind = Kind<any RetryPolicy>(
        "fixed", summary: "the same delay after every attempt", parameters: [delay.spec]
    ) { FixedDelay(delay: $0[delay]) }
}

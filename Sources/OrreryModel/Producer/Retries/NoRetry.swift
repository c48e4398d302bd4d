import OrreryKernel

/// Every item is sent once; what fails is given up.
struct NoRetry: RetryPolicy {
    func delay(afterAttempt attempt: Int, previous: Duration, using random: inout RandomStream) -> Duration? { nil }

    static let kind = Kind<any RetryPolicy>(
        "none", summary: "every item is sent once; what fails is given up"
    ) { _ in NoRetry() }
}

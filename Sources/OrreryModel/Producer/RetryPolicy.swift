public import OrreryKernel

/// How long a producer waits before it sends an item again that was refused or never answered.
///
/// Producers that fail together come back together, and what they send again is load on top of the load that made them
/// fail. Longer waits lower that load; random waits spread it.
///
/// Source: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog (2015).
public protocol RetryPolicy: Sendable {
    /// How long to wait after an attempt failed; nil to give the item up.
    ///
    /// - Parameters:
    ///   - attempt: how often the item was sent so far, at least 1.
    ///   - previous: the last delay of this item, zero before the first.
    func delay(afterAttempt attempt: Int, previous: Duration, using random: inout RandomStream) -> Duration?
}

/// The kinds of retry policies.
///
/// A new kind is one file in `Retries/` and one line here.
public enum RetryCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any RetryPolicy>(
        noun: "retry policy",
        kinds: [
            NoRetry.kind,
            FixedDelay.kind,
            ExponentialBackoff.kind,
            EqualJitter.kind,
            FullJitter.kind,
            DecorrelatedJitter.kind,
        ])
}

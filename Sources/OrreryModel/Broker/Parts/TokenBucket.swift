import OrreryKernel

/// A limit on a rate: a bucket that holds what one second allows, and fills evenly at that rate.
///
/// After a pause a whole second's worth may come at once; in the long run no more than the rate comes through. It
/// counts in billionths of a token, so that it is exact to the nanosecond.
struct TokenBucket: BitwiseCopyable, Sendable {
    /// Tokens a second; below 9 · 10⁹.
    private let rate: Int64
    private var level: Int64
    private var filledAt = Instant.start

    /// A full bucket.
    init(rate: Int64) {
        self.rate = rate
        level = rate * 1_000_000_000
    }

    /// Whether so many tokens are there.
    mutating func has(_ tokens: Int64, at now: Instant) -> Bool {
        let passed = min((now - filledAt).nanoseconds, 1_000_000_000)
        // What is there and what comes are each at most a full bucket.
        level += min(passed * rate, rate * 1_000_000_000 - level)
        filledAt = now
        return tokens * 1_000_000_000 <= level
    }

    /// Takes tokens that are there.
    mutating func take(_ tokens: Int64) { level -= tokens * 1_000_000_000 }
}

public import OrreryKernel

/// What one producer remembers of its sendings, so that it can tell whether it may send again.
///
/// The budget is a bucket of tokens, as Finagle and gRPC have one: it starts full with `reserve` tokens, every first
/// sending puts in the budgeted share of one, every retry takes out a whole one, and there are never more than the
/// reserve. So a producer that seldom sends can still retry a short failure, and among any number of sendings there are
/// at most `reserve` retries more than the share. It counts in whole millionths of a token.
///
/// The throttle is Google's: a sending is held back with the probability `max(0, (requests - K * accepts) /
/// (requests + 1))` of the last two minutes, where the requests include what was held back. It counts in windows that
/// begin at whole multiples of two minutes of the run: all that happened in the present window, and of what happened in
/// the one before the share by which that window still reaches into the last two minutes.
///
/// Sources: K. Oliver, "Retry Budgets", Finagle (2016); gRPC proposal A6, whose example has 10 tokens; B. Beyer et al.,
/// "Site Reliability Engineering" (2016), chapter 21, equation 21-1.
public struct RetryBudget: BitwiseCopyable, Sendable {
    /// How many retries the bucket holds when it is full, as it is at first.
    public static let reserve = 10
    /// How far the throttle looks back.
    public static let window = Duration.minutes(2)

    /// One token, of which smaller parts are put in.
    private static let token: UInt32 = 1_000_000

    private var tokens = UInt32(reserve) * token
    /// The number of the present window, from the start of the run.
    private var number: UInt32 = 0
    private var present = Tally()
    private var before = Tally()

    /// What happened in a window.
    private struct Tally: BitwiseCopyable, Sendable {
        var requests: UInt32 = 0
        var accepts: UInt32 = 0
    }

    /// A full bucket, and nothing sent yet.
    public init() {}

    /// An item is sent for the first time.
    public mutating func noteFirstSending(under plan: RetryPlan) {
        guard let share = plan.budget else { return }
        let deposit = UInt32(share * Double(RetryBudget.token) + 0.5)
        tokens = min(tokens + deposit, UInt32(RetryBudget.reserve) * RetryBudget.token)
    }

    /// Pays for a retry; false if the budget is used up and the retry must not be sent.
    public mutating func takeRetry(under plan: RetryPlan) -> Bool {
        guard plan.budget != nil else { return true }
        guard tokens >= RetryBudget.token else { return false }
        tokens -= RetryBudget.token
        return true
    }

    /// A sending was accepted.
    public mutating func noteAcceptance(at now: Instant) {
        advance(to: now)
        present.accepts += 1
    }

    /// Whether a sending, the first of an item or not, is held back at the producer and counts as failed.
    ///
    /// It draws one random number if the plan has a throttle, whatever happened before, so that the same sending draws
    /// the same number under another throttle.
    public mutating func throttlesSending(
        at now: Instant, under plan: RetryPlan, using random: inout RandomStream
    ) -> Bool {
        guard let factor = plan.throttle else { return false }
        let probability = throttleProbability(at: now, factor: factor)
        present.requests += 1
        return random.unit() < probability
    }

    /// The probability with which the next sending is held back.
    mutating func throttleProbability(at now: Instant, factor: Double) -> Double {
        advance(to: now)
        let elapsed = now.nanoseconds % RetryBudget.window.nanoseconds
        let share = Double(RetryBudget.window.nanoseconds - elapsed) / Double(RetryBudget.window.nanoseconds)
        let requests = Double(present.requests) + share * Double(before.requests)
        let accepts = Double(present.accepts) + share * Double(before.accepts)
        return max(0, (requests - factor * accepts) / (requests + 1))
    }

    /// Goes on to the window of an instant.
    private mutating func advance(to now: Instant) {
        let latest = UInt32(now.nanoseconds / RetryBudget.window.nanoseconds)
        guard latest != number else { return }
        before = latest == number + 1 ? present : Tally()
        present = Tally()
        number = latest
    }
}

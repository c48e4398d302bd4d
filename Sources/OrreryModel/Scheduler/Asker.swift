import OrreryKernel

/// A telescope that asks for something to observe, with the random numbers of its back-offs.
///
/// It asks once when it is ready, and again when no answer comes in time or the answer was that there is nothing.
///
/// It schedules nothing: it says for how long its owner should wait before it is called again.
struct Asker: Sendable {
    private var state = State.content
    private var attempt = 0
    private var backOff = Duration.zero
    private var random: RandomStream
    /// When it last asked.
    private(set) var asked = Instant.start

    private enum State: Sendable {
        /// It has something to do, or could not do anything.
        case content
        /// It has asked and waits for the answer.
        case asking
        /// It waits before it asks again.
        case waiting
    }

    /// A telescope that wants nothing yet.
    init(random: RandomStream) {
        self.random = random
    }

    /// Whether it wants something to do.
    var isWanting: Bool { state != .content }

    /// It asks; how long it waits for an answer.
    mutating func ask(_ asking: Asking, at now: Instant) -> Duration {
        state = .asking
        attempt += 1
        asked = now
        return asking.timeout
    }

    /// It has waited for long enough: it asks again if the result is nil, and otherwise backs off for so long before.
    mutating func wake(_ asking: Asking, _ policy: any RetryPolicy) -> Duration? {
        guard state == .asking else { return nil }
        state = .waiting
        guard let delay = policy.delay(afterAttempt: attempt, previous: backOff, using: &random) else {
            return sleep(asking)
        }
        backOff = delay
        return delay
    }

    /// It hears that there is nothing to do; how long it waits before it asks again.
    mutating func sleep(_ asking: Asking) -> Duration {
        state = .waiting
        attempt = 0
        backOff = .zero
        return asking.interval
    }

    /// It has something to do, or can do nothing.
    mutating func rest() {
        state = .content
        attempt = 0
        backOff = .zero
    }
}

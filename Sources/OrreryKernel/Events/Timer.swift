/// A timer of one owner: at most one event waits on it, and it can be re-armed and cancelled in constant time.
///
/// A heartbeat that re-arms a time-out on every beat must not fill the agenda with dead entries. So an armed timer
/// keeps one live entry there; arming it *later* only notes the new deadline, and the entry moves itself to it when its
/// time comes. A cancelled timer leaves its entry behind, as does one that is armed *earlier*; once such dead
/// entries outnumber the living ones and the timers, they are swept out together.
public struct Timer: BitwiseCopyable, Hashable, Sendable {
    @usableFromInline let slot: UInt32

    @inlinable
    init(slot: UInt32) {
        self.slot = slot
    }
}

@usableFromInline
struct TimerState<Event: BitwiseCopyable>: BitwiseCopyable {
    /// When the timer fires, or `EventKey.never`.
    @usableFromInline var deadline: EventKey
    /// The entry on the agenda that speaks for the timer, or `EventKey.never`; all its other entries are dead.
    @usableFromInline var entry: EventKey
    /// What happens then.
    @usableFromInline var event: Event?

    /// A timer that is not armed and has no entry.
    @inlinable
    init() {
        deadline = .never
        entry = .never
        event = nil
    }
}

extension Agenda {
    /// A new timer, not armed.
    @inlinable
    public mutating func makeTimer() -> Timer {
        invariant(timerCount < Int(UInt32.max), "too many timers")
        if timerCount == timers.capacity { timers.grow(keeping: timerCount) }
        timers[timerCount] = TimerState()
        timerCount += 1
        return Timer(slot: UInt32(timerCount - 1))
    }

    /// The place of a timer's state; a timer that another agenda made is a bug of the caller.
    @inlinable @inline(__always)
    func slot(of timer: Timer) -> Int {
        let slot = Int(timer.slot)
        invariant(slot < timerCount, "timer \(slot) is not one of the \(timerCount) of this agenda")
        return slot
    }

    /// Lets the timer fire an event after a delay, instead of what it was armed for before.
    ///
    /// - Complexity: O(1) if the timer waits already for an earlier instant, else as `schedule`.
    @inlinable
    public mutating func arm(_ timer: Timer, _ event: Event, after delay: Duration) {
        invariant(delay.nanoseconds >= 0, "a timer was armed \(delay) before \(now)")
        let slot = slot(of: timer)
        let key = EventKey(time: now + delay, order: takeOrder())
        let entry = timers[slot].entry
        let wasArmed = !timers[slot].deadline.isNever
        timers[slot].deadline = key
        timers[slot].event = event
        if entry < key {
            // The entry is there and serves; it was dead if the timer was cancelled.
            if !wasArmed { deadCount &-= 1 }
        } else {
            if wasArmed { deadCount &+= 1 }
            insertEntry(of: timer, at: key)
        }
    }

    /// Puts the entry onto the agenda that speaks for a timer from now on.
    @inline(never) @inlinable
    mutating func insertEntry(of timer: Timer, at key: EventKey) {
        timers[Int(timer.slot)].entry = key
        events.insert(PendingEvent(key: key, content: .timer(timer.slot)))
        sweepIfWorthIt()
    }

    /// Lets the timer not fire; without effect on one that is not armed.
    ///
    /// - Complexity: O(1), amortised
    @inlinable
    public mutating func cancel(_ timer: Timer) {
        let slot = slot(of: timer)
        if timers[slot].deadline.isNever { return }
        timers[slot].deadline = .never
        deadCount &+= 1
        sweepIfWorthIt()
    }

    /// Whether the timer waits to fire.
    @inlinable
    public func isArmed(_ timer: Timer) -> Bool {
        !timers[slot(of: timer)].deadline.isNever
    }

    /// The event of a timer whose entry has come up, if it is to fire now; one whose deadline moved later is put there.
    @inlinable
    mutating func fire(_ timer: UInt32, at key: EventKey) -> Event? {
        let slot = Int(timer)
        if timers[slot].entry != key {
            deadCount &-= 1
            return nil
        }
        let deadline = timers[slot].deadline
        if deadline == key {
            timers[slot].entry = .never
            timers[slot].deadline = .never
            return timers[slot].event
        }
        timers[slot].entry = deadline
        if deadline.isNever {
            deadCount &-= 1
        } else {
            events.insert(PendingEvent(key: deadline, content: .timer(timer)))
        }
        return nil
    }

    /// Sweeps dead entries out once they outnumber everything that a sweep has to look at.
    @inlinable
    mutating func sweepIfWorthIt() {
        if deadCount > 64 && 2 * deadCount > events.count + timerCount { sweep() }
    }

    @inline(never) @usableFromInline
    mutating func sweep() {
        // Taken out while the set is looked through, so that it is not accessed twice.
        var states = EventMemory<TimerState<Event>>()
        swap(&states, &timers)
        events.removeAll { entry in
            guard case .timer(let slot) = entry.content else { return false }
            let state = states[Int(slot)]
            return state.entry != entry.key || state.deadline.isNever
        }
        for slot in 0..<timerCount where states[slot].deadline.isNever { states[slot].entry = .never }
        swap(&states, &timers)
        deadCount = 0
    }
}

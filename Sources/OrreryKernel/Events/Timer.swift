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

    @inlinable
    init(deadline: EventKey = .never, entry: EventKey = .never, event: Event? = nil) {
        self.deadline = deadline
        self.entry = entry
        self.event = event
    }
}

extension Agenda {
    /// A new timer, not armed.
    @inlinable
    public mutating func makeTimer() -> Timer {
        invariant(timers.count < Int(UInt32.max), "too many timers")
        timers.append(TimerState())
        return Timer(slot: UInt32(timers.count - 1))
    }

    /// Lets the timer fire an event after a delay, instead of what it was armed for before.
    ///
    /// - Complexity: O(1) if the timer waits already for an earlier instant, else as `schedule`.
    @inlinable
    public mutating func arm(_ timer: Timer, _ event: Event, after delay: Duration) {
        invariant(delay.nanoseconds >= 0, "a timer was armed \(delay) before \(now)")
        let key = EventKey(time: now + delay, order: takeOrder())
        let slot = Int(timer.slot)
        let former = timers[slot]
        let isRevived = former.deadline == .never && former.entry != .never
        let entryServes = former.entry < key
        timers[slot] = TimerState(deadline: key, entry: entryServes ? former.entry : key, event: event)
        if entryServes {
            if isRevived { deadCount &-= 1 }
            return
        }
        if former.entry != .never && !isRevived { deadCount &+= 1 }
        events.insert(PendingEvent(key: key, content: .timer(timer.slot)))
        sweepIfWorthIt()
    }

    /// Lets the timer not fire; without effect on one that is not armed.
    ///
    /// - Complexity: O(1), amortised
    @inlinable
    public mutating func cancel(_ timer: Timer) {
        let slot = Int(timer.slot)
        if timers[slot].deadline == .never { return }
        timers[slot].deadline = .never
        deadCount &+= 1
        sweepIfWorthIt()
    }

    /// Whether the timer waits to fire.
    @inlinable
    public func isArmed(_ timer: Timer) -> Bool {
        timers[Int(timer.slot)].deadline != .never
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
        if deadline == .never {
            deadCount &-= 1
        } else {
            events.insert(PendingEvent(key: deadline, content: .timer(timer)))
        }
        return nil
    }

    /// Sweeps dead entries out once they outnumber everything that a sweep has to look at.
    @inlinable
    mutating func sweepIfWorthIt() {
        if deadCount > 64 && 2 * deadCount > events.count + timers.count { sweep() }
    }

    @inline(never) @usableFromInline
    mutating func sweep() {
        // Taken out while the set is looked through, so that nothing is copied.
        var states: ContiguousArray<TimerState<Event>> = []
        swap(&states, &timers)
        events.removeAll { entry in
            guard case .timer(let slot) = entry.content else { return false }
            let state = states[Int(slot)]
            return state.entry != entry.key || state.deadline == .never
        }
        for slot in states.indices where states[slot].deadline == .never { states[slot].entry = .never }
        swap(&states, &timers)
        deadCount = 0
    }
}

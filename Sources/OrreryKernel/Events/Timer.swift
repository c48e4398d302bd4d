/// A timer of one owner: at most one event waits on it, and it can be re-armed and cancelled in constant time.
///
/// A heartbeat that re-arms a time-out on every beat must not fill the heap with dead entries. So an armed timer keeps
/// one live entry in the heap; arming it *later* only notes the new deadline, and the entry moves itself there when
/// its time comes.
public struct Timer: BitwiseCopyable, Hashable, Sendable {
    @usableFromInline let slot: UInt32

    @inlinable
    init(slot: UInt32) {
        self.slot = slot
    }

    /// The slot of heap entries that belong to no timer.
    @inlinable
    static var none: UInt32 { .max }
}

@usableFromInline
struct TimerState<Event: BitwiseCopyable> {
    /// When the timer fires, if it is armed.
    @usableFromInline var deadline: EventKey?
    /// The heap entry that speaks for the timer; all its other entries are dead.
    @usableFromInline var entry: EventKey?
    /// What happens then.
    @usableFromInline var event: Event?

    @inlinable
    init() {}
}

extension Agenda {
    /// A new timer, not armed.
    @inlinable
    public mutating func makeTimer() -> Timer {
        invariant(timers.count < Int(Timer.none), "too many timers")
        timers.append(TimerState())
        return Timer(slot: UInt32(timers.count - 1))
    }

    /// Lets the timer fire an event after a delay, instead of what it was armed for before.
    ///
    /// - Complexity: O(1) if the timer waits already for an earlier instant, else O(log *n*).
    @inlinable
    public mutating func arm(_ timer: Timer, _ event: Event, after delay: Duration) {
        invariant(delay.nanoseconds >= 0, "a timer was armed \(delay) before \(now)")
        let key = EventKey(time: now + delay, order: takeOrder())
        let slot = Int(timer.slot)
        timers[slot].deadline = key
        timers[slot].event = event
        if let entry = timers[slot].entry, entry < key { return }
        timers[slot].entry = key
        heap.insert(.init(key: key, timer: timer.slot, event: event))
    }

    /// Lets the timer not fire; without effect on one that is not armed.
    ///
    /// - Complexity: O(1)
    @inlinable
    public mutating func cancel(_ timer: Timer) {
        timers[Int(timer.slot)].deadline = nil
    }

    /// Whether the timer waits to fire.
    @inlinable
    public func isArmed(_ timer: Timer) -> Bool {
        timers[Int(timer.slot)].deadline != nil
    }

    /// Whether this entry of a timer is the one to fire now; one whose deadline moved later is put back there.
    @inlinable
    mutating func fires(_ entry: EventHeap<Event>.Entry) -> Bool {
        let slot = Int(entry.timer)
        guard timers[slot].entry == entry.key else { return false }
        guard let deadline = timers[slot].deadline, let event = timers[slot].event else {
            timers[slot].entry = nil
            return false
        }
        if deadline == entry.key {
            timers[slot].entry = nil
            timers[slot].deadline = nil
            return true
        }
        timers[slot].entry = deadline
        heap.insert(.init(key: deadline, timer: entry.timer, event: event))
        return false
    }
}

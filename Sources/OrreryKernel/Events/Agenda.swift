/// What is still to happen: the events of a run in their total order, and the clock.
///
/// The order is (time, insertion number). Events without delay go through a first-in first-out lane beside the event
/// set; the set goes first only with an event of this same instant that was inserted earlier.
///
/// ```
///   schedule(after: 0)  ──►  lane ───────────────────┐
///   schedule(after: d)  ──►  event set (time, order) ─┴─►  next()  ──►  model.handle
///   arm(timer, after:)  ──►  event set; superseded entries are skipped
/// ```
public struct Agenda<Event: SimulationEvent>: ~Copyable {
    @usableFromInline var clock = Instant.start
    @usableFromInline var handled: UInt64 = 0
    @usableFromInline var events = EventSet<Event>()
    @usableFromInline var lane = EventLane<Event>()
    /// The state of every timer, at its slot.
    @usableFromInline var timers = EventMemory<TimerState<Event>>()
    @usableFromInline var timerCount = 0
    /// How many entries of timers wait that will not fire.
    @usableFromInline var deadCount = 0
    @usableFromInline var nextOrder: UInt64 = 0

    @usableFromInline let tieSeed: UInt64?

    /// An empty agenda at the start of time.
    ///
    /// With a tie seed, events of the same instant happen in an order drawn by that seed instead of the order of
    /// insertion: what then changes in a result depends on the order of ties. An event still happens after its cause.
    @inlinable
    public init(tieSeed: UInt64? = nil) {
        self.tieSeed = tieSeed
    }

    /// The current instant.
    @inlinable
    public var now: Instant { clock }

    /// How many events were handled so far; skipped entries of timers do not count.
    @inlinable
    public var eventCount: UInt64 { handled }

    /// How many events wait.
    @inlinable
    public var pendingCount: Int { events.count - deadCount + lane.count }

    /// Whether nothing more is to happen at this instant.
    @inlinable
    public var isQuiet: Bool { lane.isEmpty && (events.front.isEmpty || events.front.firstKey.time > now) }

    /// Puts an event onto the agenda; a negative delay is a bug of the caller.
    ///
    /// - Complexity: O(1) without delay; with one, O(1) for most events and at worst O(log *n*), amortised.
    @inlinable
    public mutating func schedule(_ event: Event, after delay: Duration = .zero) {
        invariant(delay.nanoseconds >= 0, "an event was scheduled \(delay) before \(now)")
        let order = takeOrder()
        if delay.nanoseconds == 0 && tieSeed == nil {
            lane.append(event, order: order)
        } else {
            events.insert(PendingEvent(key: EventKey(time: now + delay, order: order), content: .event(event)))
        }
    }

    /// The place of a new event among those of its instant.
    @inlinable
    mutating func takeOrder() -> UInt64 {
        let number = nextOrder
        nextOrder &+= 1
        return tieSeed.map { Agenda.scrambled(number, by: $0) } ?? number
    }

    /// A one-to-one scramble of insertion numbers.
    @inlinable
    static func scrambled(_ number: UInt64, by tieSeed: UInt64) -> UInt64 {
        let order = (number ^ tieSeed) &* 0x9E37_79B9_7F4A_7C15
        let mixed = (order ^ order &>> 32) &* 0xD6E8_FEB8_6659_FD93
        return mixed ^ mixed &>> 32
    }

    /// Takes the next event that is due no later than `end` and moves the clock to it.
    @inlinable @inline(__always)
    mutating func next(until end: Instant) -> (event: Event, order: UInt64)? {
        while true {
            if lane.isEmpty ? events.bringFirstToFront() : events.isFirst(at: now, before: lane.firstOrder) {
                if events.front.firstKey.time > end { return nil }
                let entry = events.removeFirst()
                let event: Event
                switch entry.content {
                case .event(let scheduled):
                    event = scheduled
                case .timer(let slot):
                    guard let due = fire(slot, at: entry.key) else { continue }
                    event = due
                }
                clock = entry.key.time
                handled &+= 1
                return (event, entry.key.order)
            }
            if lane.isEmpty || now > end { return nil }
            handled &+= 1
            return lane.removeFirst()
        }
    }

    /// Moves the clock forward to the end of a run that has nothing more to do before it.
    @inlinable
    mutating func advance(to end: Instant) {
        invariant(end >= now, "the clock cannot go back from \(now) to \(end)")
        clock = end
        events.advance(to: end)
    }
}

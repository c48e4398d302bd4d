/// A pending event, or a timer that will have one, with its place in the total order.
@usableFromInline
struct PendingEvent<Event: BitwiseCopyable>: BitwiseCopyable {
    @usableFromInline let key: EventKey
    @usableFromInline let content: Content

    /// What happens then; a timer keeps its event itself, so that an entry stays small.
    @usableFromInline
    enum Content: BitwiseCopyable {
        case event(Event)
        case timer(UInt32)
    }

    @inlinable
    init(key: EventKey, content: Content) {
        self.key = key
        self.content = content
    }
}

/// The place of an event in the total order of a run: its time, then its insertion number.
@usableFromInline
struct EventKey: BitwiseCopyable, Comparable {
    @usableFromInline let bits: UInt128

    @inlinable
    init(time: Instant, order: UInt64) {
        bits = UInt128(_low: order, _high: UInt64(bitPattern: time.nanoseconds))
    }

    /// Later than every event.
    @inlinable
    static var never: EventKey { EventKey(time: Instant(nanoseconds: .max), order: .max) }

    /// Whether it is `never`, whose time is no event's.
    @inlinable
    var isNever: Bool { time.nanoseconds == .max }

    @inlinable
    var time: Instant { Instant(nanoseconds: Int64(bitPattern: UInt64(truncatingIfNeeded: bits >> 64))) }

    @inlinable
    var order: UInt64 { UInt64(truncatingIfNeeded: bits) }

    @inlinable
    static func < (left: EventKey, right: EventKey) -> Bool { left.bits < right.bits }
}

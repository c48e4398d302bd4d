/// The first-in first-out lane of events that happen at the current instant: a ring buffer that grows and never
/// shrinks.
@usableFromInline
struct EventLane<Event: BitwiseCopyable> {
    @usableFromInline
    struct Entry {
        @usableFromInline let event: Event
        @usableFromInline let order: UInt64

        @inlinable
        init(event: Event, order: UInt64) {
            self.event = event
            self.order = order
        }
    }

    /// Empty or a power of two long; `head` is the oldest entry.
    @usableFromInline var ring: ContiguousArray<Entry> = []
    @usableFromInline var head = 0
    @usableFromInline var count = 0

    @inlinable
    init() {}

    @inlinable
    var isEmpty: Bool { count == 0 }

    /// The insertion number of the oldest entry; only while not empty.
    @inlinable
    var firstOrder: UInt64 { ring[head].order }

    @inlinable
    mutating func append(_ event: Event, order: UInt64) {
        let entry = Entry(event: event, order: order)
        if count == ring.count { grow(with: entry) }
        ring[(head + count) & (ring.count - 1)] = entry
        count += 1
    }

    @inlinable
    mutating func removeFirst() -> (event: Event, order: UInt64) {
        let entry = ring[head]
        head = (head + 1) & (ring.count - 1)
        count -= 1
        return (entry.event, entry.order)
    }

    @usableFromInline
    mutating func grow(with filler: Entry) {
        var larger = ContiguousArray<Entry>()
        larger.reserveCapacity(Swift.max(16, ring.count * 2))
        for index in 0..<count { larger.append(ring[(head + index) & (ring.count - 1)]) }
        while larger.count < Swift.max(16, ring.count * 2) { larger.append(filler) }
        ring = larger
        head = 0
    }
}

/// Delayed events in their total order: a small heap for now, a ring of buckets for soon, a heap for later.
///
/// ```
///          ≤ current            next bucketCount buckets          beyond
///   ┌──────────────────┐   ┌─────────────────────────────┐   ┌─────────────┐
///   │ front: heap      │ ◄─│ ring: unordered buckets     │ ◄─│ far: heap   │
///   └──────────────────┘   └─────────────────────────────┘   └─────────────┘
/// ```
///
/// An event in the ring costs O(1) to insert and, with a good bucket width, O(1) to remove. The width follows the mean
/// gap between the last events (`tune`). A bad width costs time, never order: with buckets too wide everything is in
/// the front heap, with buckets too narrow in the far heap. While few events wait, the ring is
/// off and everything is in the front heap.
///
/// Source of the idea: R. Brown, "Calendar queues", CACM 31 (1988); W. T. Tang et al., "Ladder queue", ACM TOMACS 15
/// (2005). The difference: order within a bucket and beyond the ring is a heap's.
@usableFromInline
struct EventSet<Event: BitwiseCopyable>: ~Copyable {
    @usableFromInline typealias Entry = PendingEvent<Event>

    @usableFromInline var front = EventHeap<Event>()
    @usableFromInline var ring = EventRing<Event>()
    @usableFromInline var far = EventHeap<Event>()
    /// A bucket is 2^shift nanoseconds wide.
    @usableFromInline var shift = EventSetLayout.heapOnly
    /// The last bucket that is in the front heap.
    @usableFromInline var current = 0
    /// How many entries were ever inserted.
    @usableFromInline var insertions = 0
    /// The time of the last entry that was removed, or to which the clock has moved since.
    @usableFromInline var now: Int64 = 0
    @usableFromInline var tuning = EventSetTuning()

    @inlinable
    init() {}

    @inlinable
    var count: Int { front.count + ring.count + far.count }

    /// Takes an entry in that is due now or later.
    ///
    /// What is due at this very instant goes to the front, wherever the clock stands in the layout: so all that is due
    /// at the clock's instant is always there.
    ///
    /// - Complexity: O(1) into the ring, else O(log *n*)
    @inlinable @inline(__always)
    mutating func insert(_ entry: Entry) {
        place(entry)
        insertions &+= 1
        if insertions >= tuning.nextLook || front.count > tuning.frontLimit { tune() }
    }

    /// Puts an entry where its time belongs, and what is due now to the front.
    @inlinable @inline(__always)
    mutating func place(_ entry: Entry) {
        let bucket = Int(entry.key.time.nanoseconds &>> shift)
        if bucket <= current || entry.key.time.nanoseconds == now {
            front.insert(entry)
        } else if bucket &- current < ring.bucketCount {
            ring.insert(entry, bucket: bucket)
        } else {
            far.insert(entry)
            tuning.farInsertions &+= 1
        }
    }

    /// Whether the front heap has the first entry; false only if the set is empty.
    @inlinable @inline(__always)
    mutating func bringFirstToFront() -> Bool {
        if !front.isEmpty { return true }
        return refill()
    }

    /// Whether the first entry is due at this instant and was inserted earlier than another event of it.
    ///
    /// What is due at the clock's instant is always in the front heap.
    @inlinable @inline(__always)
    func isFirst(at instant: Instant, before order: UInt64) -> Bool {
        !front.isEmpty && front.firstKey.time == instant && front.firstKey.order < order
    }

    /// Takes the first entry out; only after it was brought to the front.
    @inlinable @inline(__always)
    mutating func removeFirst() -> Entry {
        let entry = front.removeFirst()
        now = entry.key.time.nanoseconds
        return entry
    }

    /// Notes that the clock has moved on with nothing due.
    @inlinable
    mutating func advance(to instant: Instant) {
        now = instant.nanoseconds
    }

    /// Moves the next bucket that holds something into the empty front heap.
    @inlinable @inline(never)
    mutating func refill() -> Bool {
        if ring.count > 0 {
            if ring.first &- current > EventSetTuning.longestSearch { lookSoon() }
            current = ring.first
            ring.drainFirst(into: &front)
        } else if far.isEmpty {
            return false
        } else {
            current = Int(far.firstKey.time.nanoseconds &>> shift)
        }
        while !far.isEmpty && Int(far.firstKey.time.nanoseconds &>> shift) &- current < ring.bucketCount {
            place(far.removeFirst())
        }
        return true
    }
}

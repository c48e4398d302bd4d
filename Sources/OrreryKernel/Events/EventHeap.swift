/// A 4-ary min-heap of pending events, ordered by (time, insertion number).
///
/// Both halves of the order sit in one 128-bit key, so that one branch-free comparison decides and ties keep the order
/// of insertion. Four children a node make the tree half as deep as a binary heap, and the four keys lie side by side.
@usableFromInline
struct EventHeap<Event: BitwiseCopyable> {
    @usableFromInline
    struct Entry {
        @usableFromInline let key: EventKey
        @usableFromInline let timer: UInt32
        @usableFromInline let event: Event

        @inlinable
        init(key: EventKey, timer: UInt32, event: Event) {
            self.key = key
            self.timer = timer
            self.event = event
        }
    }

    @usableFromInline var entries: ContiguousArray<Entry> = []

    @inlinable
    init() {}

    @inlinable
    var count: Int { entries.count }

    @inlinable
    var first: Entry? { entries.first }

    /// - Complexity: O(log *n*)
    @inlinable
    mutating func insert(_ entry: Entry) {
        entries.append(entry)
        var hole = entries.count - 1
        while hole > 0 {
            let parent = (hole - 1) / 4
            if entries[parent].key < entry.key { break }
            entries[hole] = entries[parent]
            hole = parent
        }
        entries[hole] = entry
    }

    /// - Complexity: O(log *n*)
    @inlinable
    mutating func removeFirst() -> Entry {
        let top = entries[0]
        let last = entries.removeLast()
        let count = entries.count
        if count == 0 { return top }
        var hole = 0
        while true {
            let firstChild = 4 * hole + 1
            if firstChild >= count { break }
            var smallest = firstChild
            var smallestKey = entries[firstChild].key
            for child in (firstChild + 1)..<Swift.max(firstChild + 1, Swift.min(firstChild + 4, count)) {
                let key = entries[child].key
                if key < smallestKey {
                    smallest = child
                    smallestKey = key
                }
            }
            if last.key < smallestKey { break }
            entries[hole] = entries[smallest]
            hole = smallest
        }
        entries[hole] = last
        return top
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

    @inlinable
    var time: Instant { Instant(nanoseconds: Int64(bitPattern: UInt64(truncatingIfNeeded: bits >> 64))) }

    @inlinable
    var order: UInt64 { UInt64(truncatingIfNeeded: bits) }

    @inlinable
    static func < (left: EventKey, right: EventKey) -> Bool { left.bits < right.bits }
}

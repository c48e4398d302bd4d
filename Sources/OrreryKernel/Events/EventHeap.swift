/// A 4-ary min-heap of pending events, ordered by (time, insertion number).
///
/// Both halves of the order sit in one 128-bit key, so that one branch-free comparison decides and ties keep the order
/// of insertion. Four children a node make the tree half as deep as a binary heap, and the four keys lie side by side.
@usableFromInline
struct EventHeap<Event: BitwiseCopyable>: ~Copyable {
    @usableFromInline typealias Entry = PendingEvent<Event>

    /// There is always room for one more: growth after an insertion, not before it, has nothing to keep in registers.
    @usableFromInline var entries = EventMemory<Entry>(capacity: 16)
    @usableFromInline var count = 0

    @inlinable
    init() {}

    @inlinable
    var isEmpty: Bool { count == 0 }

    /// The key of the first entry; only while not empty.
    @inlinable
    var firstKey: EventKey { entries[0].key }

    /// - Complexity: O(log *n*)
    @inlinable @inline(__always)
    mutating func insert(_ entry: Entry) {
        var hole = count
        count &+= 1
        while hole > 0 {
            let parent = (hole &- 1) &>> 2
            if entries[parent].key < entry.key { break }
            entries[hole] = entries[parent]
            hole = parent
        }
        entries[hole] = entry
        if count == entries.capacity { entries.grow(keeping: count) }
    }

    /// Takes the first entry out; only while not empty.
    ///
    /// - Complexity: O(log *n*)
    @inlinable @inline(__always)
    mutating func removeFirst() -> Entry {
        let top = entries[0]
        count &-= 1
        if count > 0 { sink(entries[count]) }
        return top
    }

    /// Puts an entry into the hole at the root, and smaller ones above it.
    @inlinable @inline(__always)
    mutating func sink(_ entry: Entry) {
        var hole = 0
        while true {
            let child = hole &<< 2 &+ 1
            guard child &+ 3 < count else {
                if child >= count { break }
                var least = child
                for other in (child &+ 1)..<count where entries[other].key < entries[least].key { least = other }
                if entry.key < entries[least].key { break }
                entries[hole] = entries[least]
                hole = least
                break
            }
            let left = entries[child &+ 1].key < entries[child].key ? child &+ 1 : child
            let right = entries[child &+ 3].key < entries[child &+ 2].key ? child &+ 3 : child &+ 2
            let least = entries[right].key < entries[left].key ? right : left
            if entry.key < entries[least].key { break }
            entries[hole] = entries[least]
            hole = least
        }
        entries[hole] = entry
    }

    /// The sum of the times from an instant until each entry is due, in nanoseconds.
    @inlinable
    func totalDelay(after instant: Int64) -> Double {
        var sum = 0.0
        for index in 0..<count { sum += Double(entries[index].key.time.nanoseconds - instant) }
        return sum
    }
}

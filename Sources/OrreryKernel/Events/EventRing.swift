/// A ring of buckets for pending events: each bucket is a list of what falls into one short span of time.
///
/// ```
///   time ──►   current          current + bucketCount
///                 │ ▁ │ 2 │   │ 1 │ 3 │   │ 1 │
///   heads             ╰► node ─► node
///   occupied       0   1   0   1   1   0   1      (64 buckets a word)
/// ```
///
/// Entries of one bucket have no order among themselves. The lists run through one array of nodes, in which free ones
/// are used again, so that nothing is allocated once the array has grown to the largest number of pending events.
@usableFromInline
struct EventRing<Event: BitwiseCopyable>: ~Copyable {
    @usableFromInline typealias Entry = PendingEvent<Event>

    @usableFromInline
    struct Node: BitwiseCopyable {
        @usableFromInline var entry: Entry
        @usableFromInline var next: UInt32

        @inlinable
        init(entry: Entry, next: UInt32) {
            self.entry = entry
            self.next = next
        }
    }

    @usableFromInline static var none: UInt32 { .max }

    /// There is always room for one more.
    @usableFromInline var nodes = EventMemory<Node>(capacity: 16)
    /// How many nodes were ever in use; the free ones among them are a list from `firstFree`.
    @usableFromInline var nodeCount = 0
    @usableFromInline var firstFree = EventRing.none
    /// The first node of every bucket.
    @usableFromInline var heads = EventMemory<UInt32>()
    /// One bit a bucket: whether it holds anything.
    @usableFromInline var occupied = EventMemory<UInt64>()
    /// A power of two, at least 64; zero before the first use.
    @usableFromInline var bucketCount = 0
    /// How many entries the ring holds.
    @usableFromInline var count = 0
    /// The first bucket that holds something, or `Int.max`.
    @usableFromInline var first = Int.max
    /// What was last read of the first bucket, long before that is needed.
    ///
    /// Nobody asks for it: reading it lets the processor fetch the node from memory while an event is handled.
    @usableFromInline var lastRead = EventRing.none

    @inlinable
    init() {}

    /// - Complexity: O(1)
    @inlinable @inline(__always)
    mutating func insert(_ entry: Entry, bucket: Int) {
        var node = Int(firstFree)
        if firstFree == EventRing.none {
            node = nodeCount
            nodeCount &+= 1
        } else {
            firstFree = nodes[node].next
        }
        let slot = bucket & (bucketCount &- 1)
        nodes[node] = Node(entry: entry, next: heads[slot])
        heads[slot] = UInt32(truncatingIfNeeded: node)
        occupied[slot &>> 6] |= 1 &<< UInt64(truncatingIfNeeded: slot & 63)
        count &+= 1
        if bucket < first { first = bucket }
        if nodeCount == nodes.capacity { nodes.grow(keeping: nodeCount) }
    }

    /// The next bucket that holds something, after one; only while something is there.
    @inlinable @inline(__always)
    func nextOccupied(after bucket: Int) -> Int {
        let mask = bucketCount &- 1
        let start = (bucket &+ 1) & mask
        var word = start &>> 6
        var bits = occupied[word] & (~0 &<< UInt64(truncatingIfNeeded: start & 63))
        while bits == 0 {
            word = (word &+ 1) & (mask &>> 6)
            bits = occupied[word]
        }
        let slot = word &<< 6 | bits.trailingZeroBitCount
        return bucket &+ 1 &+ ((slot &- start) & mask)
    }

    /// Moves everything of the first bucket that holds something into a heap; only while there is one.
    @inlinable @inline(__always)
    mutating func drainFirst(into heap: inout EventHeap<Event>) {
        let bucket = first
        let slot = bucket & (bucketCount &- 1)
        var index = heads[slot]
        heads[slot] = EventRing.none
        occupied[slot &>> 6] &= ~(1 &<< UInt64(truncatingIfNeeded: slot & 63))
        while index != EventRing.none {
            heap.insert(takeFirst(of: &index))
            count &-= 1
        }
        if count == 0 {
            first = .max
        } else {
            first = nextOccupied(after: bucket)
            lastRead = nodes[Int(heads[first & (bucketCount &- 1)])].next
        }
    }

    /// The sum of the times from an instant until each entry is due, in nanoseconds.
    @inlinable
    func totalDelay(after instant: Int64) -> Double {
        var sum = 0.0
        for slot in 0..<bucketCount {
            var index = heads[slot]
            while index != EventRing.none {
                sum += Double(nodes[Int(index)].entry.key.time.nanoseconds - instant)
                index = nodes[Int(index)].next
            }
        }
        return sum
    }

    /// Takes all nodes out of their buckets, as one list, and gives the ring so many empty buckets.
    ///
    /// - Complexity: O(*n* + buckets)
    @inlinable
    mutating func detachAll(bucketCount buckets: Int) -> UInt32 {
        var all = EventRing.none
        for slot in 0..<bucketCount {
            var index = heads[slot]
            heads[slot] = EventRing.none
            while index != EventRing.none {
                let next = nodes[Int(index)].next
                nodes[Int(index)].next = all
                all = index
                index = next
            }
        }
        count = 0
        first = .max
        if buckets != bucketCount {
            heads = EventMemory(repeating: EventRing.none, count: buckets)
            occupied = EventMemory(repeating: 0, count: buckets / 64)
            bucketCount = buckets
        } else {
            for word in 0..<(buckets / 64) { occupied[word] = 0 }
        }
        return all
    }

    /// Takes the first entry from a list that is no longer a bucket's, and frees its node.
    @inlinable @inline(__always)
    mutating func takeFirst(of list: inout UInt32) -> Entry {
        let node = nodes[Int(list)]
        nodes[Int(list)].next = firstFree
        firstFree = list
        list = node.next
        return node.entry
    }
}

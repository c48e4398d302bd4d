/// When an event set looks at its own costs, and what it knew at the last look.
@usableFromInline
struct EventSetTuning: BitwiseCopyable {
    /// The set looks at itself after so many insertions in all.
    @usableFromInline var nextLook = Int.max
    /// The set looks at itself when the front heap holds more.
    @usableFromInline var frontLimit = EventSetTuning.largestHeap
    /// How many insertions lie between the last look and the next.
    @usableFromInline var interval = 0
    /// How many entries had been inserted at the last look.
    @usableFromInline var insertions = 0
    /// How many of those since then went beyond the ring.
    @usableFromInline var farInsertions = 0
    /// How many entries were pending at the last look.
    @usableFromInline var count = 0
    /// When the last look was, in nanoseconds of simulated time.
    @usableFromInline var time: Int64 = 0
    /// How many entries and buckets were ever touched to lay the set out anew.
    @usableFromInline var effort = 0

    @inlinable
    init() {}

    /// With fewer pending events the ring is switched off.
    @inlinable
    static var smallestRing: Int { 24 }

    /// With more pending events the ring is switched on.
    @inlinable
    static var largestHeap: Int { 48 }

    /// After a search over so many empty buckets the set looks at itself soon.
    @inlinable
    static var longestSearch: Int { 2048 }
}

/// How an event set is laid out.
@usableFromInline
struct EventSetLayout: BitwiseCopyable {
    /// A bucket is 2^shift nanoseconds wide.
    @usableFromInline var shift: Int64
    /// How many buckets the ring has: a power of two, at least 64, or zero before the first use.
    @usableFromInline var bucketCount: Int

    /// One bucket for all times, so that everything is in the front heap.
    @inlinable
    static var heapOnly: Int64 { 63 }

    @inlinable
    init(shift: Int64, bucketCount: Int) {
        self.shift = shift
        self.bucketCount = bucketCount
    }
}

extension EventSet {
    /// How the set is laid out now.
    @inlinable
    var layout: EventSetLayout { EventSetLayout(shift: shift, bucketCount: ring.bucketCount) }

    /// Looks at the set's costs and lays it out anew if another bucket width or number of buckets is better.
    ///
    /// - Complexity: O(1) an insertion, amortised: all layouts together may touch 16 entries or buckets an insertion,
    ///   whatever the events do.
    @inline(never) @inlinable
    mutating func tune() {
        let wanted = betterLayout()
        let isBetter = wanted.bucketCount != layout.bucketCount || abs(wanted.shift - layout.shift) > 1
        let cost = count + Swift.max(wanted.bucketCount, layout.bucketCount)
        if isBetter && tuning.effort + cost <= 16 * insertions {
            tuning.effort += cost
            rebuild(wanted)
            tuning.interval = 128
        }
        tuning.interval = Swift.min(tuning.interval * 2, Swift.max(256, count))
        let isHeapOnly = layout.shift == EventSetLayout.heapOnly
        tuning.nextLook = isHeapOnly ? .max : insertions + tuning.interval
        tuning.frontLimit = isHeapOnly ? EventSetTuning.largestHeap : Swift.max(128, 2 * front.count)
        remember()
    }

    /// The layout for what was seen since the last look.
    ///
    /// A bucket should hold one or two events: it is as wide as the mean gap between the last removals, rounded up to a
    /// power of two. Before there were any, the gap is what it would be if the delays were exponential. The ring should
    /// reach so far that few insertions go beyond it.
    @inlinable
    func betterLayout() -> EventSetLayout {
        var wanted = layout
        if count < EventSetTuning.smallestRing {
            wanted.shift = EventSetLayout.heapOnly
            return wanted
        }
        let inserted = insertions - tuning.insertions
        let least = Swift.max(64, 1 << (Int.bitWidth - (2 * count - 1).leadingZeroBitCount))
        if wanted.bucketCount < least || wanted.bucketCount > 8 * least { wanted.bucketCount = least }
        if tuning.farInsertions > inserted / 32 && wanted.bucketCount < 8 * least { wanted.bucketCount *= 2 }
        let removed = inserted - (count - tuning.count)
        if removed >= 64 && now > tuning.time {
            wanted.shift = EventSet.shift(for: Double(now - tuning.time) / Double(removed))
        } else if wanted.bucketCount != layout.bucketCount || layout.shift == EventSetLayout.heapOnly {
            let total = front.totalDelay(after: now) + ring.totalDelay(after: now) + far.totalDelay(after: now)
            wanted.shift = EventSet.shift(for: total / Double(count) / Double(count))
        }
        return wanted
    }

    /// The shift for buckets between one and two gaps wide; the gap is in nanoseconds, and one below 1 counts as 1.
    @inlinable
    static func shift(for gap: Double) -> Int64 {
        gap < 1 ? 1 : Int64(gap.exponent) + 1
    }

    /// Takes out every entry that is to go.
    ///
    /// - Complexity: O(*n* + buckets)
    @inlinable
    mutating func removeAll(where isToGo: (Entry) -> Bool) {
        rebuild(layout, without: isToGo)
        remember()
        if count < layout.bucketCount / 32 { lookSoon() }
    }

    /// Lets the next look come soon: the layout seems to be one for many more events.
    @inlinable
    mutating func lookSoon() {
        tuning.nextLook = Swift.min(tuning.nextLook, insertions + 64)
    }

    /// Notes the state of things, to compare the next look with.
    @inlinable
    mutating func remember() {
        tuning.insertions = insertions
        tuning.farInsertions = 0
        tuning.count = count
        tuning.time = now
    }

    /// Lays everything out anew, but for what is to go.
    @inlinable
    mutating func rebuild(_ wanted: EventSetLayout, without isToGo: (Entry) -> Bool = { _ in false }) {
        var list = ring.detachAll(bucketCount: wanted.bucketCount)
        shift = wanted.shift
        current = Int(now &>> wanted.shift)
        // A heap that is filled anew touches only places that were read before. What the front heap hands to the far
        // one is looked at again there.
        let fronts = front.count
        front.count = 0
        for index in 0..<fronts {
            let entry = front.entries[index]
            if !isToGo(entry) { place(entry) }
        }
        let fars = far.count
        far.count = 0
        for index in 0..<fars {
            let entry = far.entries[index]
            if !isToGo(entry) { place(entry) }
        }
        while list != EventRing<Event>.none {
            let entry = ring.takeFirst(of: &list)
            if !isToGo(entry) { place(entry) }
        }
    }
}

import OrreryKernel

/// All items that somebody has, in places that are used again.
struct ItemTable: Sendable {
    private var items: ContiguousArray<Item> = []
    private var firstFree: ItemID?
    /// How many items are on their way: neither delivered nor lost.
    private(set) var count = 0
    /// The sum of their instants of creation, in nanoseconds.
    private var createdSum = Int128(0)

    /// - Complexity: O(1), amortised.
    mutating func insert(_ item: Item) -> ItemID {
        count += 1
        createdSum += Int128(item.created.nanoseconds)
        if let free = firstFree {
            let former = items[Int(free.number)]
            firstFree = former.next
            items[Int(free.number)] = item
            // Copies of what had this place before must not be taken for copies of this.
            items[Int(free.number)].lastNumber = former.lastNumber
            return free
        }
        invariant(items.count < Int(UInt32.max), "more than 2³² items are on their way")
        items.append(item)
        return ItemID(number: UInt32(items.count - 1))
    }

    /// An item is no longer on its way.
    mutating func end(_ id: ItemID) {
        createdSum -= Int128(items[Int(id.number)].created.nanoseconds)
        count -= 1
    }

    /// Frees the place of an item that nobody has any more.
    mutating func remove(_ id: ItemID) {
        // No copy can be taken for one of it any more.
        items[Int(id.number)].renumber()
        items[Int(id.number)].next = firstFree
        firstFree = id
    }

    /// How long the items on their way have been so, together, in nanoseconds.
    func unendedTime(at now: Instant) -> Int128 {
        Int128(count) * Int128(now.nanoseconds) - createdSum
    }

    /// The items on their way, by their places: those that somebody has and that were not delivered.
    var underWay: [ItemSight] {
        items.indices.filter { items[$0].holders > 0 && !items[$0].isDelivered }.map { place in
            let item = items[place]
            return ItemSight(
                item: ItemID(number: UInt32(place)), created: item.created, group: item.group,
                source: item.source == Item.noSource ? nil : item.source, stage: item.stage)
        }
    }

    subscript(id: ItemID) -> Item {
        _read { yield items[Int(id.number)] }
        _modify { yield &items[Int(id.number)] }
    }
}

/// A first-in first-out line of items, linked through the table, so that a thousand empty lines cost nothing.
///
/// Only for items at home: an item can be in one line.
struct ItemLine: BitwiseCopyable, Sendable {
    private(set) var first: ItemID?
    private var last: ItemID?
    private var length: UInt32 = 0

    var count: Int { Int(length) }

    mutating func append(_ id: ItemID, in items: inout ItemTable) {
        items[id].next = nil
        if let last { items[last].next = id } else { first = id }
        last = id
        length += 1
    }

    mutating func removeFirst(in items: inout ItemTable) -> ItemID? {
        guard let id = first else { return nil }
        first = items[id].next
        if first == nil { last = nil }
        length -= 1
        return id
    }
}

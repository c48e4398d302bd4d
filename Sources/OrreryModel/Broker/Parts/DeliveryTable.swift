import OrreryKernel

/// A message that a consumer has.
struct Delivery: BitwiseCopyable, Sendable {
    let message: QueuedMessage
    let worker: WorkerID
    /// When it was sent off.
    let time: Instant
}

/// The deliveries that are not acknowledged yet.
///
/// A copy is found by the number of its item, without hashing: the copies of one item form a chain, which is mostly
/// one long.
struct DeliveryTable: Sendable {
    private var places: ContiguousArray<Place> = []
    /// The first place of each item's chain, by number of the item.
    private var chains: ContiguousArray<Int?> = []
    /// The first place of the chain of free ones.
    private var firstFree: Int?
    /// The size of all bodies together.
    private(set) var bytes: Int64 = 0

    private struct Place: BitwiseCopyable, Sendable {
        /// Nil if the place is free.
        var delivery: Delivery?
        /// The next place of the same chain.
        var next: Int?
    }

    /// All, in no particular order.
    var deliveries: [Delivery] { places.compactMap(\.delivery) }

    mutating func insert(_ delivery: Delivery) {
        bytes += delivery.message.size.bytes
        let item = Int(delivery.message.copy.item.number)
        while chains.count <= item { chains.append(nil) }
        let place = Place(delivery: delivery, next: chains[item])
        if let free = firstFree {
            firstFree = places[free].next
            places[free] = place
            chains[item] = free
        } else {
            chains[item] = places.count
            places.append(place)
        }
    }

    /// Takes out a copy that a worker has; nil if it does not have it, or not any more.
    mutating func remove(_ copy: Copy, of worker: WorkerID) -> QueuedMessage? {
        let item = Int(copy.item.number)
        var former: Int?
        var current = item < chains.count ? chains[item] : nil
        while let place = current {
            let next = places[place].next
            if let delivery = places[place].delivery, delivery.message.copy == copy, delivery.worker == worker {
                if let former { places[former].next = next } else { chains[item] = next }
                places[place] = Place(delivery: nil, next: firstFree)
                firstFree = place
                bytes -= delivery.message.size.bytes
                return delivery.message
            }
            former = place
            current = next
        }
        return nil
    }
}

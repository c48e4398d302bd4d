import OrreryKernel

/// A message that a consumer has.
struct Delivery: BitwiseCopyable, Sendable {
    let message: QueuedMessage
    let worker: WorkerID
    /// When it was sent off.
    let time: Instant
}

/// The deliveries that are not acknowledged yet.
struct DeliveryTable: Sendable {
    private(set) var deliveries: ContiguousArray<Delivery> = []
    /// Where in the table a copy is.
    private var places: [Copy: Int] = [:]
    /// The size of all bodies together.
    private(set) var bytes: Int64 = 0

    mutating func insert(_ delivery: Delivery) {
        places[delivery.message.copy] = deliveries.count
        deliveries.append(delivery)
        bytes += delivery.message.size.bytes
    }

    /// Takes out a copy that a worker has; nil if it does not have it, or not any more.
    mutating func remove(_ copy: Copy, of worker: WorkerID) -> QueuedMessage? {
        guard let place = places[copy], deliveries[place].worker == worker else { return nil }
        places[copy] = nil
        let message = deliveries[place].message
        bytes -= message.size.bytes
        let last = deliveries.removeLast()
        if place < deliveries.count {
            deliveries[place] = last
            places[last.message.copy] = place
        }
        return message
    }
}

import OrreryKernel

/// One queue with a limited number of places, first in first out; when it is full, the newest item is refused.
struct BoundedQueue: Broker {
    let capacity: Int?
    private var ring: ContiguousArray<ItemID> = []
    private var head = 0
    private(set) var depth = 0

    /// A queue with this many places; nil for as many as needed.
    init(capacity: Int?) {
        self.capacity = capacity
    }

    mutating func offer(_ item: ItemID) -> Admission {
        if let capacity, depth >= capacity { return .refused(.brokerFull) }
        if depth == ring.count { grow(with: item) }
        ring[(head + depth) & (ring.count - 1)] = item
        depth += 1
        return .stored
    }

    mutating func take() -> ItemID? {
        if depth == 0 { return nil }
        let item = ring[head]
        head = (head + 1) & (ring.count - 1)
        depth -= 1
        return item
    }

    /// Doubles the ring, whose length is always a power of two.
    private mutating func grow(with filler: ItemID) {
        var larger = ContiguousArray(repeating: filler, count: max(16, ring.count * 2))
        for index in 0..<depth { larger[index] = ring[(head + index) & (ring.count - 1)] }
        ring = larger
        head = 0
    }

    private static let capacity = Parameter<Int>(
        optional: "capacity", range: .within(0...1e9), summary: "how many items may wait; left out, there is no limit")

    static let kind = Kind<any Broker>(
        "bounded-queue", summary: "one first-in first-out queue; when it is full, the newest item is refused",
        parameters: [capacity.spec]
    ) { BoundedQueue(capacity: $0[optional: capacity]) }
}

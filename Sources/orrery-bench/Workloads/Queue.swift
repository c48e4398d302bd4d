/// First in, first out: a ring buffer that grows and never shrinks.
struct Queue<Element: BitwiseCopyable> {
    /// Empty or a power of two long; `head` is the oldest element.
    private var ring: ContiguousArray<Element> = []
    private var head = 0
    private(set) var count = 0

    mutating func append(_ element: Element) {
        if count == ring.count { grow(with: element) }
        ring[(head &+ count) & (ring.count &- 1)] = element
        count &+= 1
    }

    mutating func removeFirst() -> Element {
        let element = ring[head]
        head = (head &+ 1) & (ring.count &- 1)
        count &-= 1
        return element
    }

    private mutating func grow(with filler: Element) {
        let old = ring
        ring = ContiguousArray(repeating: filler, count: max(8, 2 * old.count))
        for index in 0..<count { ring[index] = old[(head + index) & (old.count - 1)] }
        head = 0
    }
}

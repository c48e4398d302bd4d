/// A first-in first-out line: a ring buffer that grows and never shrinks, and into which one can also push in front.
struct Line<Element: BitwiseCopyable & Sendable>: Sendable {
    /// Empty or a power of two long; `head` is the first element.
    private var ring: ContiguousArray<Element> = []
    private var head = 0
    private(set) var count = 0

    var isEmpty: Bool { count == 0 }

    /// The elements, first to last.
    var elements: [Element] { (0..<count).map { self[$0] } }

    /// The element at a place, counted from the first.
    subscript(place: Int) -> Element {
        get { ring[(head + place) & (ring.count - 1)] }
        set { ring[(head + place) & (ring.count - 1)] = newValue }
    }

    /// The first element; nil if there is none.
    var first: Element? { count == 0 ? nil : ring[head] }

    mutating func append(_ element: Element) {
        if count == ring.count { grow(with: element) }
        ring[(head + count) & (ring.count - 1)] = element
        count += 1
    }

    /// Puts an element before all others.
    mutating func prepend(_ element: Element) {
        if count == ring.count { grow(with: element) }
        head = (head - 1) & (ring.count - 1)
        ring[head] = element
        count += 1
    }

    mutating func removeFirst() -> Element? {
        if count == 0 { return nil }
        let element = ring[head]
        head = (head + 1) & (ring.count - 1)
        count -= 1
        return element
    }

    /// Takes out what fits a condition; true if anything did.
    ///
    /// - Complexity: O(*n*)
    mutating func removeAll(where condition: (Element) -> Bool) -> Bool {
        let kept = elements.filter { !condition($0) }
        if kept.count == count { return false }
        removeAll()
        for element in kept { append(element) }
        return true
    }

    /// Takes out everything.
    mutating func removeAll() {
        head = 0
        count = 0
    }

    /// Doubles the ring.
    private mutating func grow(with filler: Element) {
        var larger = ContiguousArray(repeating: filler, count: max(8, ring.count * 2))
        for place in 0..<count { larger[place] = self[place] }
        ring = larger
        head = 0
    }
}

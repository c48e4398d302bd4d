/// Growing memory for plain elements that is indexed without checks: the ground under the event set.
///
/// The event set is where a simulation spends most of its time, and a checked array asks on every access whether it is
/// shared and whether the index is in range. This is the only file of the kernel that touches raw memory. Its users
/// stay below `capacity` and read only what they have written; debug builds check the former.
@usableFromInline
@safe
struct EventMemory<Element: BitwiseCopyable>: ~Copyable {
    @usableFromInline private(set) var capacity = 0
    @usableFromInline private(set) var base: UnsafeMutablePointer<Element>

    /// No memory yet.
    @inlinable
    init() {
        unsafe base = UnsafeMutablePointer.allocate(capacity: 0)
    }

    /// Memory for so many elements, of which none is written yet.
    @usableFromInline
    init(capacity: Int) {
        unsafe base = EventMemory.allocate(capacity)
        self.capacity = capacity
    }

    /// Memory that is full of one element.
    @usableFromInline
    init(repeating element: Element, count: Int) {
        unsafe base = EventMemory.allocate(count)
        unsafe base.initialize(repeating: element, count: count)
        capacity = count
    }

    @inlinable
    deinit {
        unsafe base.deallocate()
    }

    @inlinable
    subscript(_ index: Int) -> Element {
        get {
            assert(index >= 0 && index < capacity)
            return unsafe base[index]
        }
        nonmutating _modify {
            assert(index >= 0 && index < capacity)
            yield unsafe &base[index]
        }
    }

    /// Memory that begins at the start of a cache line, so that no element of 32 or 64 bytes lies across two.
    private static func allocate(_ count: Int) -> UnsafeMutablePointer<Element> {
        let memory = UnsafeMutableRawPointer.allocate(byteCount: count * MemoryLayout<Element>.stride, alignment: 64)
        return unsafe memory.bindMemory(to: Element.self, capacity: count)
    }

    /// Makes room for twice as many elements and keeps the first `count`.
    @inline(never) @usableFromInline
    mutating func grow(keeping count: Int) {
        let larger = Swift.max(16, capacity * 2)
        let memory = unsafe EventMemory.allocate(larger)
        unsafe memory.initialize(from: base, count: count)
        unsafe base.deallocate()
        unsafe base = memory
        capacity = larger
    }
}

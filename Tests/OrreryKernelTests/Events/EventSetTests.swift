import Testing

@testable import OrreryKernel

@Suite("The event set hands out what a heap would, in the same order, however it lays itself out")
struct EventSetTests {
    @Test(
        "whatever the delays are like, while the number of pending events rises and falls",
        arguments: Delays.allCases, 1...2 as ClosedRange<UInt64>)
    func anyDelays(delays: Delays, seed: UInt64) {
        var duel = SetDuel(delays: delays, seed: seed)
        for crowd in [10, 3_000, 40, 20_000, 100, 60_000, 0] {
            while duel.count < crowd { duel.insert() }
            for _ in 0..<40_000 where duel.count > 0 { duel.hold() }
            while duel.count > crowd / 2 { duel.remove() }
            #expect(duel.difference == nil, "\(delays), seed \(seed), \(crowd) pending: \(duel.difference ?? "")")
        }
        duel.drain()
        #expect(duel.difference == nil)
        #expect(duel.removals > 350_000)
    }

    @Test("with ten million pending events")
    func tenMillion() {
        var duel = SetDuel(delays: .exponential, seed: 3)
        for _ in 0..<10_000_000 { duel.insert() }
        for _ in 0..<500_000 { duel.hold() }
        #expect(duel.count == 10_000_000)
        duel.cancel { $0 % 10 != 0 }
        #expect(abs(duel.count - 1_000_000) < 20_000)
        duel.drain()
        #expect(duel.difference == nil)
        #expect(duel.removals > 1_400_000)
    }

    @Test("when nearly everything is cancelled again and again", arguments: Delays.allCases)
    func massCancellation(delays: Delays) {
        var duel = SetDuel(delays: delays, seed: 4)
        for round in 0..<20 as Range<UInt64> {
            for _ in 0..<5_000 { duel.insert() }
            for _ in 0..<1_000 { duel.hold() }
            duel.cancel { ($0 &+ round) % 50 != 0 }
        }
        duel.drain()
        #expect(duel.difference == nil)
    }

    @Test("and keeps most events in the ring when their delays are alike")
    func ringIsUsed() {
        var duel = SetDuel(delays: .exponential, seed: 5)
        for _ in 0..<10_000 { duel.insert() }
        for _ in 0..<100_000 { duel.hold() }
        #expect(duel.set.ring.count > 9_500)
        #expect(duel.set.front.count < 50)
    }

    @Test("and is not laid out anew more often than its insertions pay for, however the pace alternates")
    func effortIsAmortised() {
        var duel = SetDuel(delays: .farFuture, seed: 7)
        for _ in 0..<20_000 { duel.insert() }
        for burst in 0..<400 as Range<Int64> {
            duel.scale = burst % 2 == 0 ? 1 : 3_000
            for _ in 0..<512 { duel.hold() }
        }
        #expect(duel.set.tuning.effort <= 16 * duel.set.insertions)
        #expect(duel.difference == nil)
    }

    @Test("and becomes small again after a crowd has gone")
    func ringShrinks() {
        var duel = SetDuel(delays: .exponential, seed: 8)
        for _ in 0..<100_000 { duel.insert() }
        while duel.count > 1 { duel.remove() }
        for _ in 0..<1_000 { duel.hold() }
        #expect(duel.set.layout.shift == EventSetLayout.heapOnly || duel.set.layout.bucketCount <= 1024)
        #expect(duel.difference == nil)
    }

    @Test("and finds a new width when the pace changes a millionfold")
    func widthFollowsPace() {
        var duel = SetDuel(delays: .exponential, seed: 6)
        for _ in 0..<1_000 { duel.insert() }
        for _ in 0..<20_000 { duel.hold() }
        let before = duel.set.layout.shift
        duel.scale = 1_000_000
        for _ in 0..<200_000 { duel.hold() }
        #expect(abs(duel.set.layout.shift - before - 20) <= 2)
        #expect(duel.set.ring.count > 900)
        #expect(duel.difference == nil)
    }
}

/// What the delays of inserted events are like.
enum Delays: CaseIterable {
    /// Exponential: the ring's best case.
    case exponential
    /// Most are the same few nanoseconds: bursts of ties.
    case ties
    /// Every size from nanoseconds to years.
    case allScales
    /// Short ones among very long ones.
    case farFuture
    /// All due at the next full second.
    case synchronised

    func draw(_ random: inout RandomStream, now: Int64) -> Int64 {
        switch self {
        case .exponential: Int64(random.standardExponential() * 1e6)
        case .ties: Int64(random.index(below: 3)) * 100
        case .allScales: Int64(1) << Int64(random.index(below: 50)) | Int64(random.index(below: 1 << 20))
        case .farFuture: random.index(below: 3) == 0 ? 1 << 45 : Int64(random.index(below: 1000))
        case .synchronised: 1_000_000_000 - now % 1_000_000_000
        }
    }
}

/// An event set and a heap that get the same entries and must give them back alike.
struct SetDuel: ~Copyable {
    private(set) var set = EventSet<NoteEvent>()
    private var heap = EventHeap<NoteEvent>()
    private let delays: Delays
    private var random: RandomStream
    private var now: Int64 = 0
    private var order: UInt64 = 0
    /// Multiplies every delay.
    var scale: Int64 = 1
    private(set) var removals = 0
    /// What was first not alike.
    private(set) var difference: String?

    init(delays: Delays, seed: UInt64) {
        self.delays = delays
        random = RandomStream(seed: seed, entity: "event set", purpose: "delays")
    }

    var count: Int { heap.count }

    mutating func insert() {
        let time = Instant(nanoseconds: now + delays.draw(&random, now: now) * scale)
        let key = EventKey(time: time, order: order)
        let entry = PendingEvent(key: key, content: .event(NoteEvent(id: order)))
        order += 1
        set.insert(entry)
        heap.insert(entry)
    }

    mutating func remove() {
        let expected = heap.removeFirst()
        removals += 1
        now = expected.key.time.nanoseconds
        guard set.bringFirstToFront() else { return differ("the set is empty before the heap") }
        let entry = set.removeFirst()
        if entry.key != expected.key || Self.id(of: entry) != Self.id(of: expected) {
            differ("\(entry.key.time) #\(entry.key.order) instead of \(expected.key.time) #\(expected.key.order)")
        }
        if set.count != heap.count { differ("\(set.count) instead of \(heap.count) pending") }
    }

    private static func id(of entry: PendingEvent<NoteEvent>) -> UInt64 {
        guard case .event(let event) = entry.content else { return .max }
        return event.id
    }

    /// Replaces the first entry by a later one.
    mutating func hold() {
        remove()
        insert()
    }

    mutating func cancel(where isToGo: (UInt64) -> Bool) {
        set.removeAll { isToGo(Self.id(of: $0)) }
        var rest = EventHeap<NoteEvent>()
        while !heap.isEmpty {
            let entry = heap.removeFirst()
            if !isToGo(Self.id(of: entry)) { rest.insert(entry) }
        }
        heap = rest
    }

    mutating func drain() {
        while count > 0 { remove() }
        if set.bringFirstToFront() { differ("the heap is empty before the set") }
    }

    private mutating func differ(_ text: String) {
        if difference == nil { difference = "removal \(removals): \(text)" }
    }
}

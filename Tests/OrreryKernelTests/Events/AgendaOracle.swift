@testable import OrreryKernel

/// What an agenda should do, written as naively as possible: one sorted array, from which whatever is superseded is
/// removed.
struct AgendaOracle {
    struct Entry {
        let time: Instant
        let order: UInt64
        let event: NoteEvent
        let timer: Int?
    }

    private(set) var now = Instant.start
    private(set) var eventCount: UInt64 = 0
    private(set) var fingerprint = Fingerprint()
    private(set) var pending: [Entry] = []
    private var nextOrder: UInt64 = 0
    private let tieSeed: UInt64?

    init(tieSeed: UInt64? = nil) {
        self.tieSeed = tieSeed
    }

    /// Puts an event into its place, and in the place of what its timer was armed for before.
    mutating func insert(_ event: NoteEvent, after delay: Duration, timer: Int? = nil) {
        if let timer { cancel(timer) }
        let order = tieSeed.map { Agenda<NoteEvent>.scrambled(nextOrder, by: $0) } ?? nextOrder
        let entry = Entry(time: now + delay, order: order, event: event, timer: timer)
        nextOrder += 1
        let place = pending.firstIndex { ($0.time, $0.order) > (entry.time, entry.order) } ?? pending.endIndex
        pending.insert(entry, at: place)
    }

    mutating func cancel(_ timer: Int) {
        pending.removeAll { $0.timer == timer }
    }

    func isArmed(_ timer: Int) -> Bool {
        pending.contains { $0.timer == timer }
    }

    /// The event that is handled next, if one is due.
    mutating func step(until end: Instant) -> NoteEvent? {
        guard let entry = pending.first, entry.time <= end else { return nil }
        pending.removeFirst()
        now = entry.time
        eventCount += 1
        let words = entry.event.words
        fingerprint.absorb(
            UInt64(entry.time.nanoseconds), entry.order, words.kind << 32 | words.entity, words.payload)
        return entry.event
    }

    mutating func advance(to end: Instant) { now = end }
}

/// One event of a run, as the fingerprint takes it in: when, in which order, what, whom and with what.
public struct EventRecord: BitwiseCopyable, Hashable, Sendable {
    /// When it happened.
    public let time: Instant
    /// Its number in the order in which events were put onto the agenda.
    public let order: UInt64
    /// What kind of event it was.
    public let kind: UInt32
    /// Whom it concerned.
    public let entity: UInt32
    /// What it carried.
    public let payload: UInt64

    /// A record from its parts, as it was written down elsewhere.
    public init(time: Instant, order: UInt64, kind: UInt32, entity: UInt32, payload: UInt64) {
        self.time = time
        self.order = order
        self.kind = kind
        self.entity = entity
        self.payload = payload
    }

    /// The record of an event; a kind or an entity of more than 32 bits is a bug of the model.
    @inlinable
    init(time: Instant, order: UInt64, event: some SimulationEvent) {
        let words = event.words
        invariant(
            (words.kind | words.entity) &>> 32 == 0,
            "a kind and an entity have 32 bits each, which \(words.kind) and \(words.entity) exceed")
        self.time = time
        self.order = order
        kind = UInt32(truncatingIfNeeded: words.kind)
        entity = UInt32(truncatingIfNeeded: words.entity)
        payload = words.payload
    }
}

extension Fingerprint {
    /// Takes an event in.
    @inlinable @inline(__always)
    public mutating func absorb(_ event: EventRecord) {
        absorb(
            UInt64(bitPattern: event.time.nanoseconds), event.order, UInt64(event.kind) &<< 32 | UInt64(event.entity),
            event.payload)
    }
}

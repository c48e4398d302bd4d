/// A message of the simulation: plain data that says what happens to whom.
public protocol SimulationEvent: BitwiseCopyable, Sendable {
    /// The event as three words: what kind it is, whom it concerns, and what it carries.
    ///
    /// Two events that differ must differ here, or the fingerprint is blind to the difference. The kind and the entity
    /// have 32 bits each, because the fingerprint takes both as one word; the payload has all 64.
    var words: (kind: UInt64, entity: UInt64, payload: UInt64) { get }
}

/// What is simulated: state that changes only by handling events.
public protocol SimulationModel {
    /// The messages of this model.
    associatedtype Event: SimulationEvent

    /// Whether the run takes its events into a fingerprint; only a benchmark of the fingerprint's price says no.
    static var isFingerprinted: Bool { get }

    /// Handles one event. New events go onto the agenda, whose `now` is the event's instant.
    mutating func handle(_ event: Event, agenda: inout Agenda<Event>)
}

extension SimulationModel {
    /// Every run has its fingerprint.
    @inlinable
    public static var isFingerprinted: Bool { true }
}

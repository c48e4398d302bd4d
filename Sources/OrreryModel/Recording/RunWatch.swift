public import OrreryKernel

/// Who looks at a run while it goes on; what nobody looks at costs nothing.
public struct RunWatch {
    /// Shown the simulation before its first event; what it changes there is part of the run.
    public var start: ((inout Simulation<Network>) -> Void)?
    /// Shown every event before it is handled.
    public var event: ((EventRecord) -> Void)?
    /// Looks closely at a part of the run.
    public var look: RunLook?
    /// Shown how far the run is after every slice and at its end.
    public var checkpoint: ((Checkpoint) -> Void)?

    /// A watch that nobody keeps.
    public init() {}
}

/// How far a run is, and the digest of everything up to there.
public struct Checkpoint: BitwiseCopyable, Hashable, Sendable {
    /// How many events were handled.
    public let events: UInt64
    /// When.
    public let time: Instant
    /// The digest of those events.
    public let fingerprint: Fingerprint

    /// A checkpoint from its parts.
    public init(events: UInt64, time: Instant, fingerprint: Fingerprint) {
        self.events = events
        self.time = time
        self.fingerprint = fingerprint
    }

    init(_ simulation: borrowing Simulation<Network>) {
        self.init(
            events: simulation.agenda.eventCount, time: simulation.agenda.now, fingerprint: simulation.fingerprint)
    }
}

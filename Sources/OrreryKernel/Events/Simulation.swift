/// A model, its agenda and the fingerprint of what happened: the run loop.
///
/// ```
///   while an event is due:  agenda.next ─► fingerprint.absorb ─► model.handle ─► new events onto agenda
/// ```
public struct Simulation<Model: SimulationModel>: ~Copyable {
    /// What is simulated.
    public var model: Model
    /// What is still to happen.
    public var agenda: Agenda<Model.Event>
    /// The digest of every event handled so far.
    @inlinable
    public var fingerprint: Fingerprint { digest }
    @usableFromInline var digest = Fingerprint()

    /// A simulation at its start; the caller puts the first events onto the agenda.
    @inlinable
    public init(_ model: Model, agenda: consuming Agenda<Model.Event> = Agenda()) {
        self.model = model
        self.agenda = agenda
    }

    /// Handles every event up to and including an instant, then sets the clock to it.
    @inlinable
    public mutating func run(until end: Instant) {
        while step(until: end) {}
        agenda.advance(to: end)
    }

    /// Handles at most so many events up to and including an instant, each shown before that; true once nothing is left
    /// before it.
    ///
    /// With false the clock stands at the last event handled, and the run goes on with the next call, with the same
    /// result as one call would have.
    @inlinable
    public mutating func run(
        until end: Instant, atMost count: Int, watch: (_ event: EventRecord) -> Void = { _ in }
    ) -> Bool {
        for _ in 0..<count where !step(until: end, watch: watch) {
            agenda.advance(to: end)
            return true
        }
        return false
    }

    /// Handles one event that is due no later than `end`; false if there is none.
    @inlinable @inline(__always)
    public mutating func step(until end: Instant) -> Bool {
        step(until: end, watch: { _ in })
    }

    /// Handles one event that is due no later than `end` and shows it before that; false if there is none.
    @inlinable @inline(__always)
    public mutating func step(until end: Instant, watch: (_ event: EventRecord) -> Void) -> Bool {
        guard let (event, order) = agenda.next(until: end) else { return false }
        let record = EventRecord(time: agenda.now, order: order, event: event)
        if Model.isFingerprinted { digest.absorb(record) }
        watch(record)
        model.handle(event, agenda: &agenda)
        return true
    }
}

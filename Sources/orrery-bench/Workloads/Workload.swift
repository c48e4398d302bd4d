import OrreryKernel

/// A model that is run for its speed: written as a user of the kernel would, with a result that theory knows.
protocol Workload: SimulationModel {
    /// Until when it runs; `.start + .limit` if it runs out of events by itself.
    var end: Instant { get }

    /// Puts the first events onto the agenda, which is not measured.
    mutating func begin(agenda: inout Agenda<Event>)

    /// How many customers, jobs, holds or beats there were, and the figure by which programs are compared.
    func outcome(agenda: borrowing Agenda<Event>) -> (count: Int, check: Double)
}

extension Workload {
    var end: Instant { .start + .limit }
}

/// The same workload without its fingerprint, to show what that costs.
struct WithoutFingerprint<Base: Workload>: Workload {
    var base: Base

    static var isFingerprinted: Bool { false }
    var end: Instant { base.end }

    mutating func begin(agenda: inout Agenda<Base.Event>) { base.begin(agenda: &agenda) }

    mutating func handle(_ event: Base.Event, agenda: inout Agenda<Base.Event>) {
        base.handle(event, agenda: &agenda)
    }

    func outcome(agenda: borrowing Agenda<Base.Event>) -> (count: Int, check: Double) { base.outcome(agenda: agenda) }
}

extension Agenda {
    /// Puts an event onto the agenda after an exponential delay with this mean in seconds; says how long it is.
    @discardableResult
    mutating func schedule(_ event: Event, afterExponential mean: Double, from stream: inout RandomStream) -> Duration {
        let delay = Duration(seconds: mean * stream.standardExponential())
        schedule(event, after: delay)
        return delay
    }
}

import OrreryKernel

/// A stream of plain arrivals straight at the broker.
struct Arrivals: Sendable {
    private let id: ArrivalsID
    private let group: UInt32
    private let plan: ArrivalPlan
    private var stream: RandomStream

    /// A stream of the network.
    init(id: ArrivalsID, group: UInt32, plan: ArrivalPlan, stream: RandomStream) {
        self.id = id
        self.group = group
        self.plan = plan
        self.stream = stream
    }

    /// Waits for the first arrival.
    mutating func start(agenda: inout Agenda<Message>) {
        agenda.schedule(.arrivals(id), after: plan.interarrival.duration(using: &stream))
    }

    /// An item arrives at the end of its travel, and the next one is awaited.
    mutating func arrive(ledger: inout Ledger, agenda: inout Agenda<Message>) {
        let item = ledger.produce(size: plan.size, group: group, in: .propagation, at: agenda.now)
        agenda.schedule(.broker(.offered(item)))
        start(agenda: &agenda)
    }
}

import OrreryKernel

/// One server with a queue for each rank of customers, of which the first ones go first.
///
/// With interruption, a customer takes the server from one of a later rank, who goes on later where it was stopped; the
/// timer of the server is then armed anew, for the other customer.
struct PriorityServer: TextbookModel {
    enum Event: SimulationEvent {
        case arrived(rank: Int)
        case served

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .arrived(let rank): (0, UInt64(rank), 0)
            case .served: (1, 0, 0)
            }
        }
    }

    private struct Customer {
        let rank: Int
        let arrival: Instant
        /// How much of the service is still to be done when it begins or goes on.
        var service: Duration
    }

    /// For each rank, its customers.
    private(set) var visits: [Visits]
    private var gaps: [Variate] = []
    private var services: [Variate] = []
    private var queues: [[Customer]]
    private var current: (customer: Customer, end: Instant)?
    private let interrupts: Bool
    private let server: Timer

    init(
        ranks: [(arrivalRate: Double, service: any Sampler)], interrupts: Bool, seed: UInt64,
        agenda: inout Agenda<Event>
    ) {
        self.interrupts = interrupts
        server = agenda.makeTimer()
        visits = ranks.map { _ in Visits() }
        queues = ranks.map { _ in [] }
        for (rank, customers) in ranks.enumerated() {
            gaps.append(Variate(Exponential(mean: 1 / customers.arrivalRate), seed: seed, "gap", of: rank))
            services.append(Variate(customers.service, seed: seed, "service", of: rank))
            agenda.schedule(.arrived(rank: rank), after: gaps[rank].duration())
        }
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        switch event {
        case .arrived(let rank):
            agenda.schedule(event, after: gaps[rank].duration())
            visits[rank].enter(at: agenda.now)
            queues[rank].append(Customer(rank: rank, arrival: agenda.now, service: services[rank].duration()))
            interrupt(for: rank, at: agenda.now)
        case .served:
            guard let customer = current?.customer else { return }
            current = nil
            visits[customer.rank].leave(since: customer.arrival, at: agenda.now)
        }
        if current == nil { serve(&agenda) }
    }

    /// Puts whoever is served back to the head of its queue, if a customer of this rank goes first.
    private mutating func interrupt(for rank: Int, at now: Instant) {
        guard interrupts, let (customer, end) = current, rank < customer.rank else { return }
        var rest = customer
        rest.service = end - now
        queues[rest.rank].insert(rest, at: 0)
        current = nil
    }

    private mutating func serve(_ agenda: inout Agenda<Event>) {
        guard let rank = queues.firstIndex(where: { !$0.isEmpty }) else { return }
        let customer = queues[rank].removeFirst()
        current = (customer, agenda.now + customer.service)
        agenda.arm(server, .served, after: customer.service)
    }

    var books: [(visits: Visits, present: [Instant])] {
        visits.indices.map { rank in
            let served = current.map { [$0.customer] } ?? []
            return (visits[rank], (queues[rank] + served).filter { $0.rank == rank }.map(\.arrival))
        }
    }

    func agrees(with agenda: borrowing Agenda<Event>) -> Bool {
        agenda.isArmed(server) == (current != nil) && (current != nil || queues.allSatisfy(\.isEmpty))
    }

    mutating func restart(at instant: Instant) {
        for rank in visits.indices { visits[rank].restart(at: instant) }
    }
}

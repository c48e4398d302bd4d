import OrreryKernel

/// One server that all customers present share equally: M/G/1-PS, with classes of customers.
///
/// `attained` is the work that a customer would have received since the server was last idle. It advances at the same
/// pace for all, so a customer leaves when it reaches what it was at the arrival plus the customer's size. One timer
/// waits for the next departure; every arrival and departure moves it.
struct SharedServer: TextbookModel {
    enum Event: SimulationEvent {
        case arrived(kind: Int)
        case finished

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .arrived(let kind): (0, UInt64(kind), 0)
            case .finished: (1, 0, 0)
            }
        }
    }

    private struct Customer {
        let kind: Int
        let arrival: Instant
        /// What `attained` is when the customer has received all of its work, in seconds.
        let goal: Double
    }

    /// For each class, its customers.
    private(set) var visits: [Visits]
    private var gaps: [Variate] = []
    private var sizes: [Variate] = []
    private var customers: [Customer] = []
    private var attained = 0.0
    private var updated = Instant.start
    private let departure: Timer

    init(
        classes: [(arrivalRate: Double, size: any Sampler)], seed: UInt64, agenda: inout Agenda<Event>
    ) {
        departure = agenda.makeTimer()
        visits = classes.map { _ in Visits() }
        for (kind, customers) in classes.enumerated() {
            gaps.append(Variate(Exponential(mean: 1 / customers.arrivalRate), seed: seed, "gap", of: kind))
            sizes.append(Variate(customers.size, seed: seed, "size", of: kind))
            agenda.schedule(.arrived(kind: kind), after: gaps[kind].duration())
        }
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        attain(until: agenda.now)
        switch event {
        case .arrived(let kind):
            agenda.schedule(event, after: gaps[kind].duration())
            visits[kind].enter(at: agenda.now)
            let goal = attained + sizes[kind].seconds()
            customers.append(Customer(kind: kind, arrival: agenda.now, goal: goal))
        case .finished:
            guard let next else { return }
            let customer = customers.remove(at: next)
            visits[customer.kind].leave(since: customer.arrival, at: agenda.now)
        }
        guard let next else { return }
        let work = max(0, customers[next].goal - attained)
        agenda.arm(departure, .finished, after: Duration(seconds: work * Double(customers.count)))
    }

    /// The place of the customer who will be the first to leave.
    private var next: Int? { customers.indices.min { customers[$0].goal < customers[$1].goal } }

    private mutating func attain(until now: Instant) {
        // From zero again whenever the server was idle, so that no digits are lost in a long run.
        attained = customers.isEmpty ? 0 : attained + (now - updated).seconds / Double(customers.count)
        updated = now
    }

    var books: [(visits: Visits, present: [Instant])] {
        visits.indices.map { kind in (visits[kind], customers.filter { $0.kind == kind }.map(\.arrival)) }
    }

    func agrees(with agenda: borrowing Agenda<Event>) -> Bool { agenda.isArmed(departure) != customers.isEmpty }

    mutating func restart(at instant: Instant) {
        for kind in visits.indices { visits[kind].restart(at: instant) }
    }
}

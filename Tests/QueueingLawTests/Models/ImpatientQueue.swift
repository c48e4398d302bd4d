import OrreryKernel
import OrreryTestSupport

/// Several servers and customers who give up when they wait too long: Erlang A.
///
/// Each place of a customer has a timer for the patience, which is armed when the customer begins to wait and cancelled
/// when a server is free in time.
struct ImpatientQueue: TextbookModel {
    enum Event: SimulationEvent {
        case arrived
        case served(place: Int)
        case gaveUp(place: Int)

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .arrived: (0, 0, 0)
            case .served(let place): (1, UInt64(place), 0)
            case .gaveUp(let place): (2, UInt64(place), 0)
            }
        }
    }

    /// All customers, waiting or served.
    private(set) var visits = Visits()
    /// The customers between arrival and the start of service or giving up; many stay for no time.
    private(set) var waits = Visits()
    /// The servers that are busy.
    private(set) var busyServers = TimeWeightedGauge()
    /// The customers who found all servers busy.
    private(set) var delayed = Counter()
    /// The customers who gave up.
    private(set) var abandoned = Counter()
    private let servers: Int
    private var gap: Variate
    private var service: Variate
    private var patience: Variate
    /// When the customer at each place came.
    private var places = Places<Instant>()
    private var timers: [Timer] = []
    private var waiting: [Int] = []

    init(_ plan: ClosedForms.ErlangA, seed: UInt64, agenda: inout Agenda<Event>) {
        servers = plan.servers
        gap = Variate(Exponential(mean: 1 / plan.arrivalRate), seed: seed, "gap")
        service = Variate(Exponential(mean: 1 / plan.serviceRate), seed: seed, "service")
        patience = Variate(Exponential(mean: 1 / plan.impatience), seed: seed, "patience")
        agenda.schedule(.arrived, after: gap.duration())
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        switch event {
        case .arrived:
            agenda.schedule(.arrived, after: gap.duration())
            admit(&agenda)
        case .served(let place):
            busyServers.add(-1, at: agenda.now)
            visits.leave(since: places.leave(place), at: agenda.now)
            if !waiting.isEmpty { serve(waiting.removeFirst(), &agenda) }
        case .gaveUp(let place):
            abandoned.add()
            waiting.removeAll { $0 == place }
            let arrival = places.leave(place)
            waits.leave(since: arrival, at: agenda.now)
            visits.leave(since: arrival, at: agenda.now)
        }
    }

    private mutating func admit(_ agenda: inout Agenda<Event>) {
        let place = places.enter(agenda.now)
        if place == timers.count { timers.append(agenda.makeTimer()) }
        visits.enter(at: agenda.now)
        waits.enter(at: agenda.now)
        if busyServers.level < servers {
            serve(place, &agenda)
        } else {
            delayed.add()
            waiting.append(place)
            agenda.arm(timers[place], .gaveUp(place: place), after: patience.duration())
        }
    }

    private mutating func serve(_ place: Int, _ agenda: inout Agenda<Event>) {
        guard let arrival = places[place] else { return }
        agenda.cancel(timers[place])
        waits.leave(since: arrival, at: agenda.now)
        busyServers.add(1, at: agenda.now)
        agenda.schedule(.served(place: place), after: service.duration())
    }

    /// The share of time in which a server is busy.
    func utilisation(at instant: Instant) -> Double { (busyServers.mean(at: instant) ?? .nan) / Double(servers) }

    var books: [(visits: Visits, present: [Instant])] {
        [(visits, places.present), (waits, waiting.compactMap { places[$0] })]
    }

    func agrees(with agenda: borrowing Agenda<Event>) -> Bool {
        timers.indices.filter { agenda.isArmed(timers[$0]) } == waiting.sorted()
            && busyServers.level == min(servers, visits.count)
    }

    mutating func restart(at instant: Instant) {
        visits.restart(at: instant)
        waits.restart(at: instant)
        busyServers.restart(at: instant)
        delayed.restart()
        abandoned.restart()
    }
}

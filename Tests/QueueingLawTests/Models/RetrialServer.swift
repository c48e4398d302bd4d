import OrreryKernel
import OrreryTestSupport

/// One server without a queue; who finds it busy tries again after random times, until it is free: a retrial queue.
struct RetrialServer: TextbookModel {
    enum Event: SimulationEvent {
        case arrived
        case retried(place: Int)
        case served

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .arrived: (0, 0, 0)
            case .retried(let place): (1, UInt64(place), 0)
            case .served: (2, 0, 0)
            }
        }
    }

    /// The customers who were turned away and will try again.
    private(set) var orbit = Visits()
    /// Who is served.
    private(set) var visits = Visits()
    /// All arrivals, without repeated attempts.
    private(set) var arrivals = Counter()
    /// The repeated attempts.
    private(set) var retrials = Counter()
    private var gap: Variate
    private var service: Variate
    private var pause: Variate
    private var servedSince: Instant?
    /// When each customer of the orbit came.
    private var places = Places<Instant>()

    init(
        arrivalRate: Double, service: any Sampler, retrialRate: Double, seed: UInt64, agenda: inout Agenda<Event>
    ) {
        gap = Variate(Exponential(mean: 1 / arrivalRate), seed: seed, "gap")
        self.service = Variate(service, seed: seed, "service")
        pause = Variate(Exponential(mean: 1 / retrialRate), seed: seed, "pause")
        agenda.schedule(.arrived, after: gap.duration())
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        switch event {
        case .arrived:
            arrivals.add()
            agenda.schedule(.arrived, after: gap.duration())
            if servedSince == nil {
                serve(&agenda)
            } else {
                orbit.enter(at: agenda.now)
                agenda.schedule(.retried(place: places.enter(agenda.now)), after: pause.duration())
            }
        case .retried(let place):
            retrials.add()
            if servedSince == nil {
                orbit.leave(since: places.leave(place), at: agenda.now)
                serve(&agenda)
            } else {
                agenda.schedule(event, after: pause.duration())
            }
        case .served:
            guard let start = servedSince else { return }
            servedSince = nil
            visits.leave(since: start, at: agenda.now)
        }
    }

    private mutating func serve(_ agenda: inout Agenda<Event>) {
        servedSince = agenda.now
        visits.enter(at: agenda.now)
        agenda.schedule(.served, after: service.duration())
    }

    var books: [(visits: Visits, present: [Instant])] {
        [(orbit, places.present), (visits, servedSince.map { [$0] } ?? [])]
    }

    func agrees(with agenda: borrowing Agenda<Event>) -> Bool { agenda.pendingCount == 1 + orbit.count + visits.count }

    mutating func restart(at instant: Instant) {
        orbit.restart(at: instant)
        visits.restart(at: instant)
        arrivals.restart()
        retrials.restart()
    }
}

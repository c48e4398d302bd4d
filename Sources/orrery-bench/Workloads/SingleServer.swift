import OrreryKernel

/// M/M/1 at a utilisation of 0.75: the mean sojourn of so many customers, 4 by theory.
struct SingleServer: Workload {
    enum Event: SimulationEvent {
        case arrived
        case served

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .arrived: (0, 0, 0)
            case .served: (1, 0, 0)
            }
        }
    }

    private static let interarrivalMean = 1 / 0.75
    private static let serviceMean = 1.0

    private let size: Int
    private var toCome: Int
    private var line = Queue<Instant>()
    private var sojourns = Duration.zero
    private var interarrivals: RandomStream
    private var services: RandomStream

    init(size: Int, seed: UInt64) {
        self.size = size
        toCome = size
        interarrivals = RandomStream(seed: seed, entity: "source", purpose: "interarrival")
        services = RandomStream(seed: seed, entity: "server", purpose: "service")
    }

    mutating func begin(agenda: inout Agenda<Event>) {
        agenda.schedule(.arrived, afterExponential: Self.interarrivalMean, from: &interarrivals)
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        switch event {
        case .arrived:
            toCome -= 1
            if toCome > 0 {
                agenda.schedule(.arrived, afterExponential: Self.interarrivalMean, from: &interarrivals)
            }
            line.append(agenda.now)
            if line.count == 1 { serve(&agenda) }
        case .served:
            sojourns += agenda.now - line.removeFirst()
            if line.count > 0 { serve(&agenda) }
        }
    }

    private mutating func serve(_ agenda: inout Agenda<Event>) {
        agenda.schedule(.served, afterExponential: Self.serviceMean, from: &services)
    }

    func outcome(agenda: borrowing Agenda<Event>) -> (count: Int, check: Double) {
        (size, Double(sojourns.nanoseconds) / Double(size) / 1e9)
    }
}

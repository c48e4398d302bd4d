import OrreryKernel
import OrreryTestSupport

/// Stations with exponential service; who was served goes on to a random station or leaves: an open Jackson network.
struct StationNetwork: TextbookModel {
    enum Event: SimulationEvent {
        case arrived(station: Int)
        case served(station: Int, server: Int)

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .arrived(let station): (0, UInt64(station), 0)
            case .served(let station, let server): (1, UInt64(station), UInt64(server))
            }
        }
    }

    private struct Customer {
        /// When it came into the network.
        let entry: Instant
        /// When it came to the station.
        var arrival: Instant
    }

    private struct Station {
        let routes: [Double]
        var gap: Variate?
        var service: Variate
        var queue: [Customer] = []
        /// Who is served by each server.
        var servers: [Customer?]

        var customers: [Customer] { servers.compactMap(\.self) + queue }
    }

    /// All customers of the network.
    private(set) var visits = Visits()
    /// The customers of each station.
    private(set) var stationVisits: [Visits]
    private var stations: [Station]
    private var routing: RandomStream

    init(_ stations: [ClosedForms.OpenNetwork.Station], seed: UInt64, agenda: inout Agenda<Event>) {
        routing = RandomStream(seed: seed, entity: "network", purpose: "route")
        stationVisits = stations.map { _ in Visits() }
        self.stations = stations.enumerated().map { number, station in
            let rate = station.arrivalRate
            return Station(
                routes: station.routes,
                gap: rate > 0 ? Variate(Exponential(mean: 1 / rate), seed: seed, "gap", of: number) : nil,
                service: Variate(Exponential(mean: 1 / station.serviceRate), seed: seed, "service", of: number),
                servers: Array(repeating: nil, count: station.servers))
        }
        for station in stations.indices { awaitArrival(station, &agenda) }
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        switch event {
        case .arrived(let station):
            awaitArrival(station, &agenda)
            visits.enter(at: agenda.now)
            admit(Customer(entry: agenda.now, arrival: agenda.now), to: station, &agenda)
        case .served(let station, let server):
            guard let customer = stations[station].servers[server] else { return }
            stations[station].servers[server] = nil
            stationVisits[station].leave(since: customer.arrival, at: agenda.now)
            serve(station, &agenda)
            if let next = route(from: station) {
                admit(Customer(entry: customer.entry, arrival: agenda.now), to: next, &agenda)
            } else {
                visits.leave(since: customer.entry, at: agenda.now)
            }
        }
    }

    private mutating func awaitArrival(_ station: Int, _ agenda: inout Agenda<Event>) {
        guard let gap = stations[station].gap?.duration() else { return }
        agenda.schedule(.arrived(station: station), after: gap)
    }

    private mutating func admit(_ customer: Customer, to station: Int, _ agenda: inout Agenda<Event>) {
        stationVisits[station].enter(at: agenda.now)
        stations[station].queue.append(customer)
        serve(station, &agenda)
    }

    /// Lets a free server take the first of the queue.
    private mutating func serve(_ station: Int, _ agenda: inout Agenda<Event>) {
        guard !stations[station].queue.isEmpty,
            let server = stations[station].servers.firstIndex(where: { $0 == nil })
        else { return }
        stations[station].servers[server] = stations[station].queue.removeFirst()
        agenda.schedule(.served(station: station, server: server), after: stations[station].service.duration())
    }

    private mutating func route(from station: Int) -> Int? {
        var rest = routing.unit()
        for (next, probability) in stations[station].routes.enumerated() {
            if rest < probability { return next }
            rest -= probability
        }
        return nil
    }

    var books: [(visits: Visits, present: [Instant])] {
        let all = (visits, stations.flatMap { $0.customers.map(\.entry) })
        return [all] + stations.indices.map { (stationVisits[$0], stations[$0].customers.map(\.arrival)) }
    }

    func agrees(with agenda: borrowing Agenda<Event>) -> Bool {
        let served = stations.reduce(0) { $0 + $1.servers.count { $0 != nil } }
        return agenda.pendingCount == served + stations.count { $0.gap != nil }
    }

    mutating func restart(at instant: Instant) {
        visits.restart(at: instant)
        for station in stations.indices { stationVisits[station].restart(at: instant) }
    }
}

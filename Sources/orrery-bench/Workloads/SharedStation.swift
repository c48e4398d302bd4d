import OrreryKernel

/// 200 Poisson sources, a first-in first-out link each, then one station of 16 servers with 1000 waiting places.
///
/// ```
///   source ─► link ─┐
///   source ─► link ─┼─► waiting places ─► 16 servers
///   source ─► link ─┘         └─► lost when full
/// ```
struct SharedStation: Workload {
    enum Event: SimulationEvent {
        case produced(source: UInt32)
        case sent(link: UInt32)
        case served(server: UInt32)

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .produced(let source): (0, UInt64(source), 0)
            case .sent(let link): (1, UInt64(link), 0)
            case .served(let server): (2, UInt64(server), 0)
            }
        }
    }

    /// How loaded the station is, and what is compared.
    enum Load: Double {
        /// Utilisation 0.8: the mean sojourn, 2.1402 s by theory.
        case moderate = 0.128
        /// Utilisation 1.2: the share of jobs that is lost, 1/6 by theory.
        case overload = 0.192

        var serviceMean: Double { rawValue }
    }

    private struct Link {
        var interarrivals: RandomStream
        var transfers: RandomStream
        var line = Queue<Instant>()
    }

    private static let interarrivalMean = 2.0
    private static let transferMean = 1.0
    private static let placeCount = 1000

    private let load: Load
    private let size: Int
    private var toCome: Int
    private var links: ContiguousArray<Link>
    private var waiting = Queue<Instant>()
    private var idleServers = ContiguousArray<UInt32>((0..<16).reversed())
    /// When the job that a server works on was produced.
    private var inService = ContiguousArray(repeating: Instant.start, count: 16)
    private var services: RandomStream
    private var lost = 0
    private var sojourns = Duration.zero

    init(_ load: Load, size: Int, seed: UInt64) {
        self.load = load
        self.size = size
        toCome = size
        services = RandomStream(seed: seed, entity: "station", purpose: "service")
        links = ContiguousArray(
            (0..<200).map {
                Link(
                    interarrivals: RandomStream(seed: seed, entity: "source/\($0)", purpose: "interarrival"),
                    transfers: RandomStream(seed: seed, entity: "link/\($0)", purpose: "transfer"))
            })
    }

    mutating func begin(agenda: inout Agenda<Event>) {
        for source in links.indices { awaitJob(of: UInt32(source), &agenda) }
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        switch event {
        case .produced(let source): produce(at: source, &agenda)
        case .sent(let link): offer(links[Int(link)].line.removeFirst(), over: link, &agenda)
        case .served(let server): finish(at: server, &agenda)
        }
    }

    private mutating func produce(at source: UInt32, _ agenda: inout Agenda<Event>) {
        if toCome == 0 { return }
        toCome -= 1
        if toCome > 0 { awaitJob(of: source, &agenda) }
        links[Int(source)].line.append(agenda.now)
        if links[Int(source)].line.count == 1 { send(over: source, &agenda) }
    }

    private mutating func offer(_ job: Instant, over link: UInt32, _ agenda: inout Agenda<Event>) {
        if links[Int(link)].line.count > 0 { send(over: link, &agenda) }
        if let server = idleServers.popLast() {
            serve(job, at: server, &agenda)
        } else if waiting.count < Self.placeCount {
            waiting.append(job)
        } else {
            lost += 1
        }
    }

    private mutating func finish(at server: UInt32, _ agenda: inout Agenda<Event>) {
        sojourns += agenda.now - inService[Int(server)]
        if waiting.count > 0 {
            serve(waiting.removeFirst(), at: server, &agenda)
        } else {
            idleServers.append(server)
        }
    }

    private mutating func awaitJob(of source: UInt32, _ agenda: inout Agenda<Event>) {
        agenda.schedule(
            .produced(source: source), afterExponential: Self.interarrivalMean,
            from: &links[Int(source)].interarrivals)
    }

    private mutating func send(over link: UInt32, _ agenda: inout Agenda<Event>) {
        agenda.schedule(
            .sent(link: link), afterExponential: Self.transferMean, from: &links[Int(link)].transfers)
    }

    private mutating func serve(_ job: Instant, at server: UInt32, _ agenda: inout Agenda<Event>) {
        inService[Int(server)] = job
        agenda.schedule(.served(server: server), afterExponential: load.serviceMean, from: &services)
    }

    func outcome(agenda: borrowing Agenda<Event>) -> (count: Int, check: Double) {
        switch load {
        case .moderate: (size, Double(sojourns.nanoseconds) / Double(size - lost) / 1e9)
        case .overload: (size, Double(lost) / Double(size))
        }
    }
}

@testable import OrreryKernel
@testable import OrreryModel

/// Drives a coordination service by hand, without a network around it.
final class CoordinationDriver {
    var agenda = Agenda<Message>()
    var service: Coordination
    /// Workers that got their lock, in order, with the number of their turn.
    var granted: [(worker: WorkerID, turn: UInt32)] = []
    /// Workers that gave up.
    var gaveUp: [WorkerID] = []

    init(
        _ values: [String: ParameterValue] = [:], lock: [String: ParameterValue] = [:],
        duration: Duration = .minutes(10)
    ) {
        service = Coordination(
            plan: CoordinationPlan(values: ParameterValues(values)), locks: LockPlan(values: ParameterValues(lock)),
            seed: 1, duration: duration)
    }

    /// The item of a source.
    static func item(_ source: UInt32) -> Item {
        Item(created: .start, size: ByteCount(1), group: 0, source: source, stage: .lockWait)
    }

    static func worker(_ number: Int) -> WorkerID { WorkerID(number: UInt32(number)) }

    func acquire(_ worker: Int, source: UInt32 = 0) {
        let lock = service.lock(for: CoordinationDriver.item(source))
        service.acquire(lock, for: CoordinationDriver.worker(worker), agenda: &agenda)
    }

    /// A worker is done; whether the archive takes what it made.
    func finish(_ worker: WorkerID) -> Bool { service.finish(worker, agenda: &agenda) }

    /// Goes on for so long.
    func run(for time: Duration) {
        let end = agenda.now + time
        while let (message, _) = agenda.next(until: end) {
            guard case .coordination(let event) = message else { continue }
            service.handle(event, agenda: &agenda)
            while let news = service.takeNews() {
                switch news {
                case .granted(let worker): granted.append((worker, service[worker].turn))
                case .gaveUp(let worker): gaveUp.append(worker)
                }
            }
            service.check(waiting: service.books.waiting.gauge.level)
        }
        agenda.advance(to: end)
    }
}

/// Clients that ask an ensemble for one thing after the other, as fast as it answers.
final class EnsembleDriver {
    var agenda = Agenda<Message>()
    var ensemble: Ensemble

    init(servers: Int) {
        ensemble = Ensemble(plan: CoordinationPlan(values: ParameterValues(["servers": .count(servers)])))
    }

    private func ask(_ errand: Errand, client: Int) {
        let request = Request(
            errand, of: SessionID(number: 0), by: WorkerID(number: UInt32(client)),
            server: client % ensemble.plan.servers, connection: 0, serial: 0)
        ensemble.send(request, agenda: &agenda)
    }

    /// How many requests a second are answered, after a while for settling.
    func throughput(_ errand: Errand, clients: Int) -> Double {
        for client in 0..<clients { ask(errand, client: client) }
        var answered = 0
        let (start, end) = (Instant.start + .milliseconds(100), Instant.start + .milliseconds(300))
        while let (message, _) = agenda.next(until: end) {
            guard case .coordination(let event) = message else { continue }
            switch event {
            case .arrived(let request): ensemble.receive(request, agenda: &agenda)
            case .proposed(let request): ensemble.propose(request, agenda: &agenda)
            case .served(let request), .committed(let request):
                ensemble.answer(request, .done, agenda: &agenda)
            case .answered(let request):
                if agenda.now >= start { answered += 1 }
                let client = ensemble.requests[request].worker.map { Int($0.number) } ?? 0
                ensemble.requests.remove(request)
                ask(errand, client: client)
            default: break
            }
        }
        return Double(answered) / (end - start).seconds
    }
}

import OrreryKernel
import OrreryTestSupport

/// Telescopes that break down and crews that repair them, in the order of breaking down: the machine-repair model.
struct RepairShop: TextbookModel {
    enum Event: SimulationEvent {
        case failed(telescope: Int)
        case repaired(telescope: Int)

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .failed(let telescope): (0, UInt64(telescope), 0)
            case .repaired(let telescope): (1, UInt64(telescope), 0)
            }
        }
    }

    /// The telescopes that are down.
    private(set) var visits = Visits()
    /// The crews that are busy.
    private(set) var busyCrews = TimeWeightedGauge()
    private let crews: Int
    private var lives: [Variate]
    private var repairs: [Variate]
    private var downSince: [Instant?]
    private var waiting: [Int] = []

    init(_ plan: ClosedForms.MachineRepair, seed: UInt64, agenda: inout Agenda<Event>) {
        crews = plan.crews
        downSince = Array(repeating: nil, count: plan.machines)
        lives = downSince.indices.map {
            Variate(Exponential(mean: 1 / plan.failureRate), seed: seed, "life", of: $0)
        }
        repairs = downSince.indices.map {
            Variate(Exponential(mean: 1 / plan.repairRate), seed: seed, "repair", of: $0)
        }
        for telescope in downSince.indices {
            agenda.schedule(.failed(telescope: telescope), after: lives[telescope].duration())
        }
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        switch event {
        case .failed(let telescope):
            downSince[telescope] = agenda.now
            visits.enter(at: agenda.now)
            waiting.append(telescope)
        case .repaired(let telescope):
            guard let failure = downSince[telescope] else { return }
            downSince[telescope] = nil
            visits.leave(since: failure, at: agenda.now)
            busyCrews.add(-1, at: agenda.now)
            agenda.schedule(.failed(telescope: telescope), after: lives[telescope].duration())
        }
        if busyCrews.level < crews && !waiting.isEmpty {
            let telescope = waiting.removeFirst()
            busyCrews.add(1, at: agenda.now)
            agenda.schedule(.repaired(telescope: telescope), after: repairs[telescope].duration())
        }
    }

    /// The share of time in which a crew is busy.
    func crewUtilisation(at instant: Instant) -> Double { (busyCrews.mean(at: instant) ?? .nan) / Double(crews) }

    var books: [(visits: Visits, present: [Instant])] { [(visits, downSince.compactMap(\.self))] }

    func agrees(with agenda: borrowing Agenda<Event>) -> Bool {
        agenda.pendingCount == downSince.count - waiting.count && busyCrews.level == min(crews, visits.count)
    }

    mutating func restart(at instant: Instant) {
        visits.restart(at: instant)
        busyCrews.restart(at: instant)
    }
}

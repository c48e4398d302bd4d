import OrreryKernel

/// Owners that reset a time-out of 3 s on every beat: how many time-outs expire per beat, e⁻³ by theory.
struct Heartbeats: Workload {
    enum Event: SimulationEvent {
        case beat(owner: UInt32)
        case expired(owner: UInt32)

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) {
            switch self {
            case .beat(let owner): (0, UInt64(owner), 0)
            case .expired(let owner): (1, UInt64(owner), 0)
            }
        }
    }

    private struct Owner {
        var gaps: RandomStream
        var timer: Timer?
    }

    static let ownerCount = 10_000
    private static let timeout = Duration.seconds(3)

    let end: Instant
    private var owners: ContiguousArray<Owner>
    private var beats = 0
    private var expiries = 0

    init(size: Int, seed: UInt64) {
        end = .start + Duration(nanoseconds: Int64(Double(size) / Double(Self.ownerCount) * 1e9))
        owners = ContiguousArray(
            (0..<Self.ownerCount).map {
                Owner(gaps: RandomStream(seed: seed, entity: "owner/\($0)", purpose: "beat"))
            })
    }

    mutating func begin(agenda: inout Agenda<Event>) {
        for owner in owners.indices {
            owners[owner].timer = agenda.makeTimer()
            live(UInt32(owner), &agenda)
        }
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        switch event {
        case .beat(let owner):
            beats += 1
            live(owner, &agenda)
        case .expired: expiries += 1
        }
    }

    /// Resets the time-out and awaits the next beat.
    private mutating func live(_ owner: UInt32, _ agenda: inout Agenda<Event>) {
        if let timer = owners[Int(owner)].timer { agenda.arm(timer, .expired(owner: owner), after: Self.timeout) }
        agenda.schedule(.beat(owner: owner), afterExponential: 1, from: &owners[Int(owner)].gaps)
    }

    func outcome(agenda: borrowing Agenda<Event>) -> (count: Int, check: Double) {
        (beats, Double(expiries) / Double(beats))
    }
}

import OrreryKernel

/// Timers that set themselves anew after an exponential delay: the mean delay, 1 by theory.
struct Hold: Workload {
    struct Event: SimulationEvent {
        let timer: UInt32

        var words: (kind: UInt64, entity: UInt64, payload: UInt64) { (0, UInt64(timer), 0) }
    }

    let end: Instant
    private var delays: Duration = .zero
    private var holds = 0
    private var streams: ContiguousArray<RandomStream> = []

    init(timers: Int, size: Int, seed: UInt64) {
        end = .start + Duration(nanoseconds: Int64(Double(size) / Double(timers) * 1e9))
        streams.reserveCapacity(timers)
        for timer in 0..<timers {
            streams.append(RandomStream(seed: seed, entity: "timer/\(timer)", purpose: "delay"))
        }
    }

    mutating func begin(agenda: inout Agenda<Event>) {
        for timer in streams.indices { _ = set(timer, &agenda) }
    }

    mutating func handle(_ event: Event, agenda: inout Agenda<Event>) {
        delays += set(Int(event.timer), &agenda)
        holds += 1
    }

    private mutating func set(_ timer: Int, _ agenda: inout Agenda<Event>) -> Duration {
        agenda.schedule(Event(timer: UInt32(timer)), afterExponential: 1, from: &streams[timer])
    }

    func outcome(agenda: borrowing Agenda<Event>) -> (count: Int, check: Double) {
        (holds, Double(delays.nanoseconds) / Double(holds) / 1e9)
    }
}

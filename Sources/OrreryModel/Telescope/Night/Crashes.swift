import OrreryKernel

/// When the controllers of a group's telescopes crash and start again.
struct Crashes: Sendable {
    private let plan: CrashPlan
    /// The number of the group's first telescope; the others follow it.
    private let first: UInt32
    private var streams: ContiguousArray<RandomStream> = []

    /// The crashes of a group whose telescopes are numbered from `first` on.
    init(_ plan: CrashPlan, of group: TelescopePlan, first: UInt32, seed: UInt64) {
        self.plan = plan
        self.first = first
        streams.reserveCapacity(group.count)
        for index in 0..<group.count {
            let name = "telescope/\(group.name)/\(index)"
            streams.append(RandomStream(seed: seed, entity: name, purpose: "crashes"))
        }
    }

    /// All controllers work; the rest of their spells is drawn like a whole one, which is exact for exponential spells.
    mutating func start(agenda: inout Agenda<Message>) {
        for index in streams.indices { awaitCrash(TelescopeID(number: first + UInt32(index)), agenda: &agenda) }
    }

    /// A controller that works will crash.
    mutating func awaitCrash(_ id: TelescopeID, agenda: inout Agenda<Message>) {
        let spell = plan.up.duration(using: &streams[Int(id.number - first)])
        agenda.schedule(.telescope(id, .crashed), after: max(.milliseconds(1), spell))
    }

    /// A controller that crashed will start again.
    mutating func restart(_ id: TelescopeID, agenda: inout Agenda<Message>) {
        let spell = plan.down.duration(using: &streams[Int(id.number - first)])
        agenda.schedule(.telescope(id, .restarted), after: max(.milliseconds(1), spell))
    }

    /// How long a telescope needs for its set-up after a restart: not drawn with those after the opening of the dome,
    /// so that a crash does not change them.
    mutating func setUp(_ id: TelescopeID, _ time: Distribution) -> Duration {
        time.duration(using: &streams[Int(id.number - first)])
    }
}

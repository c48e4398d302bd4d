import OrreryKernel

/// The centre decides for every telescope: it looks at the fleet, computes, and tells one telescope after the other.
///
/// ```
///   look ─ base + per-telescope × available ─► plan ─ command ─► tell ─ command ─► tell … ─ pause ─► look
/// ```
///
/// What a telescope gets lasts for one slice. A round that takes longer leaves it without anything to do, and what it
/// gets is as old as the look that it was made from.
struct Push: Dispatch {
    let slice: Duration?
    private let base: Duration
    private let perTelescope: Duration
    private let command: Duration
    private let pause: Duration
    private var untold = Line<TelescopeID>()
    private var isResting = true

    var asking: Asking? { nil }

    init(slice: Duration, base: Duration, perTelescope: Duration, command: Duration, pause: Duration) {
        self.slice = slice
        self.base = base
        self.perTelescope = perTelescope
        self.command = command
        self.pause = pause
    }

    func hear(_ word: TelescopeWord) -> Bool { false }

    mutating func next(_ look: () -> [TelescopeID], using random: inout RandomStream) -> DispatchStep? {
        if isResting {
            isResting = false
            for id in look() { untold.append(id) }
            return .plan(base + Duration(nanoseconds: perTelescope.nanoseconds * Int64(untold.count)))
        }
        if let id = untold.removeFirst() { return .tell(id, command) }
        isResting = true
        return .rest(pause)
    }
}

extension Push {
    private static let slice = Parameter<Duration>(
        "slice", default: .minutes(10), range: .within(1...86_400),
        summary: "for how long a telescope gets observations at once; at least one",
        source: "two slices of 300 s of the LCO scheduler, which is more than its round of 420 s; ours")
    private static let base = Parameter<Duration>(
        "base", default: .minutes(1), range: .within(0...86_400),
        summary: "how long the computation of a plan takes for no telescope", source: "ours"
    )
    .asCapacity(.less)
    private static let perTelescope = Parameter<Duration>(
        "per-telescope", default: .seconds(12), range: .within(0...3600),
        summary: "how much longer it takes for every telescope that is believed to be available",
        source: "with the base, 360 s for 25 telescopes, as the LCO scheduler expects of itself (adaptive_scheduler)"
    )
    .asCapacity(.less)
    private static let command = Parameter<Duration>(
        "command", default: .milliseconds(500), range: .within(0...3600),
        summary: "how long the centre takes to tell one telescope; it tells one after the other", source: "ours")
    private static let pause = Parameter<Duration>(
        "pause", default: .minutes(1), range: .within(1...86_400),
        summary: "how long the centre rests before it looks again",
        source: "the LCO scheduler sleeps 60 s between loops (adaptive_scheduler)")

    static let kind = Kind<any Dispatch>(
        "push", summary: "the centre looks at the fleet, computes a plan, and tells one telescope after the other",
        source: "the scheduler of Las Cumbres Observatory, simplified: github.com/observatorycontrolsystem",
        parameters: [slice.spec, base.spec, perTelescope.spec, command.spec, pause.spec]
    ) {
        Push(
            slice: $0[slice], base: $0[base], perTelescope: $0[perTelescope], command: $0[command], pause: $0[pause])
    }
}

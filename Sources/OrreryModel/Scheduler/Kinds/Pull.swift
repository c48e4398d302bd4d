import OrreryKernel

/// Telescopes ask for their next observation when they are ready for it; one server takes up what they say in order.
///
/// A busy server just delays. Heartbeats stand in the same line, so that one that is overloaded hears them late, too.
struct Pull: Dispatch {
    let asking: Asking?
    private let service: Distribution
    private let heartbeat: Duration
    private var waiting = Line<TelescopeWord>()

    var slice: Duration? { nil }

    init(asking: Asking, service: Distribution, heartbeat: Duration) {
        self.asking = asking
        self.service = service
        self.heartbeat = heartbeat
    }

    mutating func hear(_ word: TelescopeWord) -> Bool {
        waiting.append(word)
        return true
    }

    mutating func next(_ look: () -> [TelescopeID], using random: inout RandomStream) -> DispatchStep? {
        guard let word = waiting.removeFirst() else { return nil }
        return .take(word, word.asks ? service.duration(using: &random) : heartbeat)
    }
}

extension Pull {
    private static let service = Parameter<Distribution>(
        "service", default: Distribution(Constant(0.5), text: "500ms"), range: .within(0...3600),
        summary: "how long the server needs to answer a telescope that asks", source: "ours"
    )
    .asCapacity(.less)
    private static let heartbeat = Parameter<Duration>(
        "heartbeat-service", default: .milliseconds(10), range: .within(0...3600),
        summary: "how long the server needs to take a heartbeat in", source: "ours")
    private static let timeout = Parameter<Duration>(
        "timeout", default: .seconds(30), range: .within(0.1...86_400),
        summary: "how long a telescope waits for the answer before it asks again",
        source: "pyobs kept connections alive for 30 s (its changelog)")
    private static let interval = Parameter<Duration>(
        "interval", default: .minutes(1), range: .within(1...86_400),
        summary: "how long a telescope waits before it asks again if there was nothing to do",
        source: "SatNOGS calls it API_QUERY_INTERVAL; a POCS unit looks at itself every 60 s (panoptes POCS pocs.yaml)")

    static let kind = Kind<any Dispatch>(
        "pull", summary: "telescopes ask when they are ready for it, and one server answers in order",
        source: "SatNOGS stations ask for their jobs: github.com/satnogs/satnogs-client",
        parameters: [service.spec, heartbeat.spec, timeout.spec, interval.spec]
    ) {
        Pull(
            asking: Asking(timeout: $0[timeout], interval: $0[interval]), service: $0[service],
            heartbeat: $0[heartbeat])
    }
}

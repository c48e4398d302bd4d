import OrreryKernel

/// A node is suspected when it was silent for a fixed time.
///
/// With heartbeats every h and a time-out τ, a crash is noticed between τ − h and τ after it, uniformly. If heartbeats
/// get lost, each on its own, a false alarm needs ⌈τ/h⌉ − 1 losses in a row: as many as come before the time-out.
struct FixedTimeout: FailureDetector {
    let interval: Duration
    let timeout: Duration

    var firstPatience: Duration { timeout }

    func heard(at now: Instant) -> Duration { timeout }

    private static let timeout = Parameter<Duration>(
        "timeout", default: .seconds(10), range: .within(0.001...86_400),
        summary: "how long a node may be silent before it is suspected",
        source: "ten heartbeats; the time-outs of telescope networks are 10 to 15 minutes")

    static let kind = Kind<any FailureDetector>(
        "fixed-timeout", summary: "a node is suspected when it was silent for a fixed time",
        parameters: [DetectorCatalog.interval.spec, timeout.spec], conflict: conflict
    ) { FixedTimeout(interval: $0[DetectorCatalog.interval], timeout: $0[timeout]) }

    private static func conflict(_ values: ParameterValues) -> String? {
        values[timeout] > values[DetectorCatalog.interval] ? nil : "the timeout is not longer than the interval"
    }
}

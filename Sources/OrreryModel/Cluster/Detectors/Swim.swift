import OrreryKernel

/// Every node pings one other at a time, drawn anew for every interval, whatever the size of the cluster.
///
/// ```
///  ping ─► no answer within the time-out ─► some others are asked to ping it ─► no answer until the interval is over
///                                                                                       ▼
///                 alive: it refutes ◄── it hears of it in time ──────────────────── suspected ─► dead
/// ```
///
/// A node that is gone is pinged for the first time in the 1.58th interval on average, 1/(1 − 1/e), and suspected when
/// that is over. If each message gets lost on its own with probability p, a probe of a node that is there fails with
/// probability (1 − (1 − p)²) · (1 − (1 − p)⁴)ᵏ, with k others asked.
///
/// A suspicion, and its refutation, are known to all at once: rumours spread them within a few intervals in reality.
///
/// Source: A. Das, I. Gupta, A. Motivala, SWIM, DSN 2002; the defaults are those of memberlist in a local network.
public struct Swim: Sendable {
    /// How often every node probes another one.
    let interval: Duration
    /// How long it waits for an answer before it asks others.
    let timeout: Duration
    /// How many others it asks.
    let helpers: Int
    /// How many intervals a suspicion lasts, times the decimal logarithm of the number of members, at least 1.
    let suspicionMultiple: Double

    /// How long a member of a cluster of so many may be suspected before it is dead.
    func suspicionTime(members: Int) -> Duration {
        let scale = max(1, PortableMath.log(Double(members)) / PortableMath.log(10))
        return min(.limit, Duration(seconds: suspicionMultiple * scale * interval.seconds))
    }

    private static let timeout = Parameter<Duration>(
        "timeout", default: .milliseconds(500), range: .within(0.001...3600),
        summary: "how long a node waits for the answer to a ping before it asks others to ping",
        source: "memberlist in a local network, 500 ms")
    private static let helpers = Parameter<Int>(
        "helpers", default: 3, range: .within(0...100),
        summary: "how many others a node asks to ping one that did not answer",
        source: "memberlist, 3 (IndirectChecks)")
    private static let suspicionMultiple = Parameter<Double>(
        "suspicion-multiple", default: 4, range: .within(0...1000),
        summary: "how many intervals a suspicion lasts before the node is dead, times the decimal logarithm of the "
            + "number of members, which counts as 1 for fewer than ten",
        source: "memberlist in a local network, 4 (SuspicionMult)")

    static let kind = Kind<FailureDetection>(
        "swim", summary: "every node pings one other at a time, and asks some to help before it suspects",
        source: "A. Das, I. Gupta, A. Motivala, SWIM, DSN 2002, with the defaults of memberlist",
        parameters: [DetectorCatalog.interval.spec, timeout.spec, helpers.spec, suspicionMultiple.spec],
        conflict: conflict
    ) {
        .probing(
            Swim(
                interval: $0[DetectorCatalog.interval], timeout: $0[timeout], helpers: $0[helpers],
                suspicionMultiple: $0[suspicionMultiple]))
    }

    private static func conflict(_ values: ParameterValues) -> String? {
        values[timeout] < values[DetectorCatalog.interval] ? nil : "the timeout is not shorter than the interval"
    }
}

public import OrreryKernel

/// How a node notices that another one is gone: it hears heartbeats, and loses patience when none comes.
///
/// There is one for each pair of nodes. It knows no agenda: it is told when a heartbeat was taken in, which is when the
/// node's loop came to it, and says for how long the silence may last from then on.
public protocol FailureDetector: Sendable {
    /// How often every node sends a heartbeat, counted from one sending to the next.
    var interval: Duration { get }
    /// How long the silence may last when nothing was heard yet.
    var firstPatience: Duration { get }
    /// A heartbeat was taken in; for how long the silence may last from now on.
    mutating func heard(at now: Instant) -> Duration
    /// The node that it watches is suspected: the coming gap says nothing about usual ones.
    mutating func interrupt()
}

extension FailureDetector {
    /// Most kinds learn nothing from gaps.
    public mutating func interrupt() {}
}

/// The kinds of failure detector.
///
/// A new kind is one file in `Detectors/` and one line here.
public enum DetectorCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<any FailureDetector>(
        noun: "failure detector",
        kinds: [
            FixedTimeout.kind,
            PhiAccrual.kind,
        ])

    /// How often nodes send heartbeats, whatever the kind.
    static let interval = Parameter<Duration>(
        "interval", default: .seconds(1), range: .within(0.001...3600),
        summary: "how long a node waits from one heartbeat to the next", source: "Akka's cluster, 1 s")
}

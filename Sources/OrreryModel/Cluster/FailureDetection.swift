public import OrreryKernel

/// How the nodes of a cluster notice that one of them is gone.
public enum FailureDetection: Sendable {
    /// Every node sends heartbeats to all others, and watches each of them.
    case listening(any FailureDetector)
    /// Every node asks one other at a time whether it is there.
    case probing(Swim)

    /// How long a node waits from one heartbeat, or one probe, to the next.
    var interval: Duration {
        switch self {
        case .listening(let detector): detector.interval
        case .probing(let swim): swim.interval
        }
    }
}

/// The kinds of failure detection in a cluster: all failure detectors, and what asks instead of listening.
public enum DetectionCatalog {
    /// All kinds; the first is the default.
    public static let kinds = Catalog<FailureDetection>(
        noun: "failure detector",
        kinds: DetectorCatalog.kinds.kinds.map { $0.map { .listening($0) } } + [
            Swim.kind
        ])
}

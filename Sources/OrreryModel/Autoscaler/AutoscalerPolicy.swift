public import OrreryKernel

/// Decides how many replicas a pool of workers should have.
///
/// A policy is a state machine: it is told the instant and what was scraped, and says how many replicas it wants. It
/// knows no agenda, no workers and no bounds, so that a table test can drive it by hand, evaluation by evaluation. It
/// never sees the true load: only what a real controller could see, and as late.
public protocol AutoscalerPolicy: Sendable {
    /// When it looks and when it decides.
    var rhythm: AutoscalerRhythm { get }
    /// An evaluation: how many replicas there should be from now on.
    mutating func evaluate(_ view: AutoscalerView) -> Int
}

/// When a controller looks at its replicas, and when it decides.
public struct AutoscalerRhythm: BitwiseCopyable, Sendable {
    /// From one scrape to the next; nil for a controller that looks at nothing.
    public let scrape: Duration?
    /// From one evaluation to the next.
    public let evaluation: Duration
}

/// What a controller knows when it decides.
public struct AutoscalerView: Sendable {
    /// The instant of the evaluation.
    public let now: Instant
    /// How many replicas are asked for: those that are there or boot, without those that are about to go.
    public let current: Int
    /// Those replicas, in no particular order.
    public let replicas: [ReplicaView]
    /// How many copies the broker and the workers had, as last scraped; nil before the first scrape arrived.
    public let backlog: Int?

    /// A view from its parts.
    public init(now: Instant, current: Int, replicas: [ReplicaView], backlog: Int? = nil) {
        self.now = now
        self.current = current
        self.replicas = replicas
        self.backlog = backlog
    }
}

/// What a controller knows of one replica.
public struct ReplicaView: BitwiseCopyable, Sendable {
    /// How far a replica is.
    public enum State: BitwiseCopyable, Sendable {
        /// It boots.
        case booting
        /// It works.
        case ready
        /// It was ready and has crashed.
        case down
    }

    /// How busy a replica was between two scrapes.
    public struct Usage: BitwiseCopyable, Sendable {
        /// The busy share of that time, in thousandths.
        public let perMille: Int
        /// The instant of the earlier scrape.
        public let from: Instant
        /// The instant of the later scrape.
        public let until: Instant

        /// A usage from its parts.
        public init(perMille: Int, from: Instant, until: Instant) {
            self.perMille = perMille
            self.from = from
            self.until = until
        }
    }

    /// How far it is.
    public let state: State
    /// When it was started.
    public let started: Instant
    /// Since when its state is what it is.
    public let changed: Instant
    /// How busy it was, as last scraped; nil if no scrape told.
    public let usage: Usage?

    /// A view from its parts.
    public init(state: State, started: Instant, changed: Instant, usage: Usage?) {
        self.state = state
        self.started = started
        self.changed = changed
        self.usage = usage
    }
}

extension AutoscalerView {
    /// The mean busy share of the ready replicas of which it is known, from 0 to 1; nil if it is of none.
    ///
    /// Those that became ready less than a time ago may be left out.
    func meanUsage(ofReadyFor time: Duration = .zero) -> (share: Double, count: Int)? {
        let known = replicas.filter { $0.state == .ready && now - $0.changed >= time }.compactMap(\.usage)
        guard !known.isEmpty else { return nil }
        return (Double(known.reduce(0) { $0 + $1.perMille }) / Double(1000 * known.count), known.count)
    }
}

/// The kinds of autoscaler policies.
///
/// A new kind is one file in `Kinds/` and one line here.
public enum AutoscalerCatalog {
    /// All kinds; the first is the default, which makes no policy.
    public static let kinds = Catalog<(any AutoscalerPolicy)?>(
        noun: "autoscaler",
        kinds: [
            Kind("none", summary: "the number of workers stays what it is") { _ in nil },
            KubernetesPolicy.kind,
            QueueLengthPolicy.kind,
            TargetTrackingPolicy.kind,
            StepPolicy.kind,
            ScriptPolicy.kind,
            ScheduledPolicy.kind,
        ])
}

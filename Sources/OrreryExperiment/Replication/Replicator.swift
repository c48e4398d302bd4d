public import OrreryModel

/// One run to make: a plan with a seed, for one variant of a scenario.
public struct Replication: Sendable {
    /// Which variant, counted from zero.
    public let variant: Int
    /// The plan of that variant.
    public let plan: NetworkPlan
    /// The seed.
    public let seed: UInt64

    /// A run of a variant's plan with a seed.
    public init(variant: Int, plan: NetworkPlan, seed: UInt64) {
        self.variant = variant
        self.plan = plan
        self.seed = seed
    }
}

/// Runs replications, several at a time, and hands the recordings over one by one in the order in which they were
/// asked for.
///
/// One replication stays on one thread, and results are merged in replication order, never in the order of completion;
/// so nothing depends on how many run at a time.
public struct Replicator: Sendable {
    /// How many replications run at a time; at least one.
    public let jobs: Int
    /// Asked before each replication; once it says true, no further one starts, and those under way are finished.
    public let shouldStop: @Sendable () -> Bool
    /// Told how much of a replication is done: its place in the list, and the share from 0 to 1.
    ///
    /// Called on many
    /// threads.
    public let progress: @Sendable (_ index: Int, _ share: Double) -> Void

    /// A replicator.
    public init(
        jobs: Int, shouldStop: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (_ index: Int, _ share: Double) -> Void = { _, _ in }
    ) {
        precondition(jobs >= 1, "at least one replication must run at a time, not \(jobs)")
        self.jobs = jobs
        self.shouldStop = shouldStop
        self.progress = progress
    }

    /// Runs the list and hands each recording to `merge`, in the list's order; what was not started is left out at the
    /// end.
    ///
    /// At most 4 × `jobs` recordings wait for their turn at any time, whatever the length of the list.
    public func run(_ list: [Replication], merge: (Replication, Recording) -> Void) async {
        await withTaskGroup(of: (index: Int, recording: Recording).self) { group in
            var started = 0
            var merged = 0
            var waiting: [Int: Recording] = [:]
            func startMore() {
                while started < list.count, started - merged < 4 * jobs, started - merged - waiting.count < jobs,
                    !shouldStop()
                {
                    let index = started
                    let replication = list[index]
                    let progress = progress
                    group.addTask {
                        let recording = Network.run(replication.plan, seed: replication.seed) { progress(index, $0) }
                        return (index, recording)
                    }
                    started += 1
                }
            }
            startMore()
            for await finished in group {
                waiting[finished.index] = finished.recording
                while let recording = waiting.removeValue(forKey: merged) {
                    merge(list[merged], recording)
                    merged += 1
                }
                startMore()
            }
        }
    }
}

import OrreryKernel
public import OrreryModel
public import OrreryStore

/// One run to make: a plan with a seed, for one variant of a scenario.
public struct Replication: Sendable {
    /// Which variant, counted from zero.
    public let variant: Int
    /// The plan of that variant.
    public let plan: NetworkPlan
    /// The digest of the plan, by which its runs are kept; nil if they are not to be kept.
    public let planDigest: String?
    /// The seed.
    public let seed: UInt64
    /// The order of same-instant events is drawn by this seed; nil for the order that every run has.
    public let tieSeed: UInt64?

    /// A run of a variant's plan with a seed.
    public init(
        variant: Int, plan: NetworkPlan, planDigest: String? = nil, seed: UInt64, tieSeed: UInt64? = nil
    ) {
        self.variant = variant
        self.plan = plan
        self.planDigest = planDigest
        self.seed = seed
        self.tieSeed = tieSeed
    }
}

/// Runs replications, several at a time, and hands the outcomes over one by one in the order in which they were
/// asked for.
///
/// One replication stays on one thread, and results are merged in replication order, never in the order of completion;
/// so nothing depends on how many run at a time.
public struct Replicator: Sendable {
    /// How many replications run at a time; at least one.
    public let jobs: Int
    /// Asked before each replication; once it says true, no further one starts, and those under way are finished.
    public let shouldStop: @Sendable () -> Bool
    /// Asked during each replication, on many threads; once it says true, those under way are given up.
    public let shouldAbandon: @Sendable () -> Bool
    /// Told how much of a replication is done: its place in the list, and the share from 0 to 1; called on many
    /// threads.
    public let progress: @Sendable (_ index: Int, _ share: Double) -> Void
    /// Asked before a replication is run, and told afterwards.
    public let archive: RunArchive?
    /// Asked for who looks at a replication, by its place in the list; called on many threads.
    public let watch: @Sendable (_ index: Int) -> RunWatch

    /// A replicator.
    public init(
        jobs: Int, shouldStop: @escaping @Sendable () -> Bool = { false },
        shouldAbandon: @escaping @Sendable () -> Bool = { false },
        progress: @escaping @Sendable (_ index: Int, _ share: Double) -> Void = { _, _ in },
        archive: RunArchive? = nil,
        watch: @escaping @Sendable (_ index: Int) -> RunWatch = { _ in RunWatch() }
    ) {
        invariant(jobs >= 1, "at least one replication must run at a time, not \(jobs)")
        self.jobs = jobs
        self.shouldStop = shouldStop
        self.shouldAbandon = shouldAbandon
        self.progress = progress
        self.archive = archive
        self.watch = watch
    }

    /// Runs the list and hands each outcome to `merge`, in the list's order; what was not started is left out at the
    /// end.
    ///
    /// At most 4 × `jobs` outcomes wait for their turn at any time, whatever the length of the list. An error of the
    /// archive ends it: what is under way is given up, and what was merged before stays merged. Whoever is told or
    /// asked of a replication by its place hears the place after `first`.
    public func run<List: RandomAccessCollection<Replication>>(
        _ list: List, first: Int = 0, merge: (Replication, RunOutcome) -> Void
    ) async throws(RunStoreError) where List.Index == Int {
        let failure = await withTaskGroup(of: (index: Int, outcome: Attempt).self) { group -> RunStoreError? in
            var started = 0
            var merged = 0
            var waiting: [Int: RunOutcome] = [:]
            func startMore() {
                while started < list.count, started - merged < 4 * jobs, started - merged - waiting.count < jobs,
                    !shouldStop()
                {
                    let index = started
                    let replication = list[index]
                    group.addTask { [self] in (index, attempt(replication, index: first + index)) }
                    started += 1
                }
            }
            startMore()
            for await finished in group {
                switch finished.outcome {
                case .success(let outcome): waiting[finished.index] = outcome
                case .failure(let error):
                    group.cancelAll()
                    return error
                }
                while let outcome = waiting.removeValue(forKey: merged) {
                    merge(list[merged], outcome)
                    merged += 1
                }
                startMore()
            }
            return nil
        }
        if let failure { throw failure }
    }

    private typealias Attempt = Result<RunOutcome, RunStoreError>

    private func attempt(_ replication: Replication, index: Int) -> Attempt {
        Attempt { () throws(RunStoreError) in try outcome(of: replication, index: index) }
    }

    private func outcome(of replication: Replication, index: Int) throws(RunStoreError) -> RunOutcome {
        if let kept = try archive?.outcome(of: replication) {
            progress(index, 1)
            return kept
        }
        let run = Run(replication.plan, seed: replication.seed, tieSeed: replication.tieSeed)
        let outcome = RunOutcome(
            run.outcome(
                watch: watch(index), progress: { progress(index, $0) },
                shouldAbandon: { shouldAbandon() || Task.isCancelled }))
        try archive?.keep(outcome, of: replication)
        return outcome
    }
}

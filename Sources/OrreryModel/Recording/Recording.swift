public import OrreryKernel

/// What one run left behind: everything that metrics and reports are made of.
public struct Recording: Sendable {
    /// The run's seed.
    public let seed: UInt64
    /// The digest of every event.
    public let fingerprint: Fingerprint
    /// How many events were handled.
    public let eventCount: UInt64
    /// When the run ended.
    public let end: Instant
    /// How long was observed: the run without its warm-up.
    public let observed: Duration
    /// The closed books.
    public let ledger: Ledger
    /// Exposures that the closing of the dome cut short.
    public let abortedExposures: Counter
    /// What the network was.
    public let plan: NetworkPlan
}

extension Network {
    /// Runs a plan with a seed from start to end.
    ///
    /// Conservation, the components' inventories and Little's law are checked at the end; a violation is a bug and stops the run.
    public static func run(_ plan: NetworkPlan, seed: UInt64) -> Recording {
        precondition(plan.warmUp < plan.duration, "a warm-up of \(plan.warmUp) leaves nothing of \(plan.duration)")
        var simulation = simulation(of: plan, seed: seed)
        let end = Instant.start + plan.duration
        simulation.run(until: end)
        simulation.model.close(at: end)
        return Recording(
            seed: seed, fingerprint: simulation.fingerprint, eventCount: simulation.agenda.eventCount, end: end,
            observed: plan.duration - plan.warmUp, ledger: simulation.model.ledger,
            abortedExposures: simulation.model.abortedExposures, plan: plan)
    }
}

public import OrreryKernel

/// One run of a plan with a seed, from start to end, in slices between which it can be watched and given up.
public struct Run: Sendable {
    /// What is run.
    public let plan: NetworkPlan
    /// The seed.
    public let seed: UInt64
    /// The order of same-instant events is drawn by this seed; nil for the order that the agenda promises.
    public let tieSeed: UInt64?
    /// How many items may be on their way at once before the run is given up: ten million take about 2 GB.
    public let itemLimit: Int

    /// How a run can end.
    public enum Outcome: Sendable {
        /// It came to its end.
        case finished(Recording)
        /// More items were on their way than the limit allows: memory would run out before the run ends.
        case overwhelmed(at: Instant, items: Int)
        /// It was given up because somebody wanted it so.
        case abandoned
    }

    /// A run, not yet begun; the warm-up must be shorter than the run.
    public init(_ plan: NetworkPlan, seed: UInt64, tieSeed: UInt64? = nil, itemLimit: Int = 10_000_000) {
        invariant(plan.warmUp < plan.duration, "a warm-up of \(plan.warmUp) leaves nothing of \(plan.duration)")
        self.plan = plan
        self.seed = seed
        self.tieSeed = tieSeed
        self.itemLimit = itemLimit
    }

    /// How many events lie between two looks around: about half a millisecond's work.
    public static let slice = 4096

    /// Runs it; says now and then how much of its time is over, from 0 to 1, and asks whether to give up.
    ///
    /// Conservation, the components' inventories and Little's law are checked at the end; a violation is a bug and
    /// stops the program.
    public func outcome(
        watch: RunWatch = RunWatch(), progress: (_ share: Double) -> Void = { _ in },
        shouldAbandon: () -> Bool = { false }
    ) -> Outcome {
        var simulation = Network.simulation(of: plan, seed: seed, tieSeed: tieSeed)
        watch.start?(&simulation)
        let end = Instant.start + plan.duration
        var places = PlaceSampler(plan)
        var part = watch.look == nil ? Part.rest : .before
        var sliceEnd = UInt64(Run.slice)
        while true {
            let count = Int(sliceEnd - simulation.agenda.eventCount)
            if advance(&simulation, to: places.next, atMost: count, &part, showing: watch) {
                places.look(at: simulation.model, now: simulation.agenda.now)
                if simulation.agenda.now == end { break }
            }
            if simulation.agenda.eventCount == sliceEnd {
                watch.checkpoint?(Checkpoint(simulation))
                sliceEnd += UInt64(Run.slice)
            }
            let items = simulation.model.load
            if items > itemLimit { return .overwhelmed(at: simulation.agenda.now, items: items) }
            if shouldAbandon() { return .abandoned }
            progress(simulation.agenda.now.seconds / end.seconds)
        }
        // A look at more than there is of the run ends with it.
        if part == .before { watch.look?.begin(&simulation.model) }
        if part != .rest { watch.look?.finish(&simulation.model) }
        simulation.model.close(at: end, agenda: simulation.agenda)
        watch.checkpoint?(Checkpoint(simulation))
        progress(1)
        return .finished(
            Recording(
                seed: seed, fingerprint: simulation.fingerprint, eventCount: simulation.agenda.eventCount, end: end,
                observed: plan.duration - plan.warmUp, ledger: simulation.model.ledger,
                abortedExposures: simulation.model.fleet.abortedExposures,
                interruptedExposures: simulation.model.fleet.interruptedExposures,
                calibrationExposures: simulation.model.fleet.calibrationExposures,
                brokerDepth: simulation.model.broker.depthOverTime.gauge,
                busyWorkers: simulation.model.workers.busy,
                wastedWork: simulation.model.workers.wasted,
                replicas: simulation.model.autoscaler?.books,
                workerCrashes: simulation.model.workers.crashes.counter,
                stalledTelescopes: simulation.model.fleet.stalled.gauge,
                downTelescopes: simulation.model.fleet.down.gauge,
                busyUplinks: simulation.model.uplinks.busy,
                uplinkBusyTimes: simulation.model.uplinks.busyTimes(at: end),
                busyStore: simulation.model.store.busy, blockedStore: simulation.model.store.blocked.gauge,
                storeHotBytesHighest: simulation.model.store.hotBytesHighest,
                cluster: simulation.model.cluster?.books, coordination: simulation.model.coordination?.books,
                state: simulation.model.state?.books,
                operators: simulation.model.operators?.books,
                scheduler: simulation.model.scheduler?.observations.books,
                series: RunSeries(simulation.model, plan: plan, places: places.series), plan: plan))
    }

    /// The parts of a run of which one is looked at closely.
    private enum Part {
        case before
        case looked
        case rest
    }

    /// Handles at most so many events up to a goal, and says whether it is reached; without anybody to show them to,
    /// nothing is spent on showing.
    private func advance(
        _ simulation: inout Simulation<Network>, to goal: Instant, atMost count: Int, _ part: inout Part,
        showing watch: RunWatch
    ) -> Bool {
        if let look = watch.look, part != .rest {
            return advance(&simulation, to: goal, atMost: count, &part, showing: watch.event, look)
        }
        if let show = watch.event { return simulation.run(until: goal, atMost: count, watch: show) }
        return simulation.run(until: goal, atMost: count)
    }

    /// Handles at most so many events before or within the part that is looked at, and says whether the goal is
    /// reached.
    private func advance(
        _ simulation: inout Simulation<Network>, to goal: Instant, atMost count: Int, _ part: inout Part,
        showing show: ((EventRecord) -> Void)?, _ look: RunLook
    ) -> Bool {
        if part == .before {
            let last = Instant(nanoseconds: look.start.nanoseconds - 1)
            if last >= goal { return simulation.run(until: goal, atMost: count) { show?($0) } }
            if last < .start || simulation.run(until: last, atMost: count, watch: { show?($0) }) {
                look.begin(&simulation.model)
                part = .looked
            }
            return false
        }
        for _ in 0..<count {
            var shown: EventRecord?
            let isDue = simulation.step(until: min(look.end, goal)) { event in
                show?(event)
                shown = event
            }
            guard isDue, let shown else {
                // Nothing is left before the nearer of the two: the clock goes there, or the look is over.
                if look.end > goal { return simulation.run(until: goal, atMost: 1) }
                look.finish(&simulation.model)
                part = .rest
                return false
            }
            look.event(shown, &simulation.model)
        }
        return false
    }
}

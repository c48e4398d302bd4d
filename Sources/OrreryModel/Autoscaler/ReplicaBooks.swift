public import OrreryKernel

/// What scaling came to in one run: how many replicas there were, and how restless the controller was.
public struct ReplicaBooks: Sendable {
    /// Replicas that the controller wants.
    public private(set) var wanted: LevelSeries
    /// Replicas that were started and are not gone: what is paid for.
    public private(set) var started: LevelSeries
    /// Those of them that have booted.
    public private(set) var present: LevelSeries
    /// Those of them that work and are not going.
    public private(set) var ready: LevelSeries
    /// Replicas that the controller started.
    public internal(set) var starts: CounterSeries
    /// Changes of what it wants against the direction of the change before.
    public private(set) var reversals: CounterSeries
    /// How well the number followed the load.
    public internal(set) var elasticity: ElasticityMeter
    private var lastDirection = 0

    init(count: Int, duration: Duration, demandWindow: Duration, isDemandKnown: Bool) {
        var level = LedgerSeries.level(over: duration)
        level.add(count, at: .start)
        wanted = level
        started = level
        present = level
        ready = level
        starts = LedgerSeries.counter(over: duration)
        reversals = starts
        elasticity = ElasticityMeter(supply: count, window: demandWindow, isDemandKnown: isDemandKnown)
    }

    /// The controller wants so many from now on.
    mutating func want(_ count: Int, at now: Instant) {
        let step = count - wanted.gauge.level
        if step == 0 { return }
        wanted.add(step, at: now)
        if step.signum() == -lastDirection { reversals.add(at: now) }
        lastDirection = step.signum()
    }

    /// There are so many from now on.
    mutating func count(_ tally: ReplicaTally, at now: Instant) {
        started.set(tally.started, at: now)
        present.set(tally.present, at: now)
        ready.set(tally.ready, at: now)
        elasticity.supply(tally.ready, at: now)
    }

    mutating func restart(at now: Instant) {
        wanted.restart(at: now)
        started.restart(at: now)
        present.restart(at: now)
        ready.restart(at: now)
        starts.restart()
        reversals.restart()
        elasticity.restart(at: now)
    }

    mutating func close(at end: Instant) {
        wanted.close(at: end)
        started.close(at: end)
        present.close(at: end)
        ready.close(at: end)
        elasticity.close(at: end)
    }
}

extension LevelSeries {
    /// The level is so much from now on.
    fileprivate mutating func set(_ level: Int, at now: Instant) {
        if level != gauge.level { add(level - gauge.level, at: now) }
    }
}

public import OrreryKernel

/// What happened over time, from the start of the run, warm-up included, in a bounded number of bins.
public struct LedgerSeries: Sendable {
    /// Items that came into being.
    public internal(set) var produced: CountSeries
    /// Items that reached the archive.
    public internal(set) var delivered: CountSeries
    /// Items on their way.
    public internal(set) var inFlight: LevelSeries
    /// Items in each stage.
    public var occupancy: ContiguousArray<LevelSeries> { Stage.array { levels[$0.rawValue] } }
    private var levels: StageTable<LevelSeries>
    /// Latency of what was delivered, in coarser bins.
    public private(set) var latency: ContiguousArray<Histogram>
    /// The width of a bin of the latency.
    public let latencyBinWidth: Duration

    /// Bins of a series: a week has bins of 20 minutes.
    static let points = 504
    /// Bins of the latency, which need enough items each: a week has bins of two hours.
    static let latencyPoints = 84

    /// A counter over a run of this length.
    static func counter(over duration: Duration) -> CounterSeries { CounterSeries(horizon: duration, points: points) }

    /// A level over a run of this length.
    static func level(over duration: Duration) -> LevelSeries { LevelSeries(horizon: duration, points: points) }

    init(duration: Duration) {
        produced = CountSeries(horizon: duration, points: LedgerSeries.points)
        delivered = produced
        inFlight = LedgerSeries.level(over: duration)
        levels = InlineArray(repeating: inFlight)
        let grid = CountSeries(horizon: duration, points: LedgerSeries.latencyPoints)
        latency = ContiguousArray(repeating: Histogram(precision: 5), count: grid.bins.count)
        latencyBinWidth = grid.binWidth
    }

    mutating func recordLatency(_ sojourn: Duration, at now: Instant) {
        let bin = Int(now.nanoseconds / latencyBinWidth.nanoseconds)
        latency[min(bin, latency.count - 1)].record(sojourn)
    }

    /// Items enter a stage or leave it.
    mutating func occupy(_ stage: Stage, _ step: Int, at now: Instant) {
        levels[stage.rawValue].add(step, at: now)
    }

    /// Items in one stage.
    func level(in stage: Stage) -> LevelSeries { levels[stage.rawValue] }

    mutating func restart(at now: Instant) {
        inFlight.restart(at: now)
        for stage in levels.indices { levels[stage].restart(at: now) }
    }

    mutating func close(at end: Instant) {
        inFlight.close(at: end)
        for stage in levels.indices { levels[stage].close(at: end) }
    }
}

import OrreryKernel
public import OrreryModel

/// The facts of one run that findings are made of: small enough to keep for every seed.
public struct RunFacts: Sendable {
    /// Items that came into being since the start.
    public let produced: Int64
    /// Exposures that a closing dome cut short, since the start.
    public let abortedExposures: Int64
    /// Items that wait at the end: how many in each stage in which items only wait.
    public let waiting: [(stage: Stage, count: Int64)]
    /// Losses since the start, by reason, in the order of `LossReason`; reasons without losses are absent.
    public let lost: [(reason: LossReason, count: Int64)]
    /// The most items that waited in the broker at once, since the warm-up.
    public let brokerDepthHighest: Int
    /// Busy shares since the warm-up, from 0 to 1: each part that has a limit, by name.
    public let utilisations: [(part: String, share: Double)]
    /// The share of time since the warm-up, from 0 to 1, in which the store stopped because its hot tier was full.
    public let storeFull: Double
    /// Items delivered since the warm-up: those whose latency was measured.
    public let measured: Int64
    /// How long all of them together spent in each stage, in nanoseconds.
    public let stageTimes: [(stage: Stage, nanoseconds: Int128)]

    /// Reads the facts off a recording.
    public init(_ recording: Recording) {
        let ledger = recording.ledger
        produced = ledger.produced.total
        abortedExposures = recording.abortedExposures.total
        waiting = Stage.allCases.filter(\.isWaiting).map { ($0, Int64(ledger.occupancy[$0.rawValue].level)) }
        lost = LossReason.allCases.compactMap { reason in
            let count = ledger.lost[reason.rawValue].total
            return count > 0 ? (reason, count) : nil
        }
        brokerDepthHighest = recording.brokerDepth.highest
        utilisations = RunFacts.utilisations(of: recording)
        storeFull = recording.blockedStore.mean(at: recording.end) ?? 0
        measured = ledger.latency.count
        stageTimes = Stage.allCases.map { ($0, ledger.stageTimes[$0.rawValue].sum) }
    }

    private static func utilisations(of recording: Recording) -> [(part: String, share: Double)] {
        var list: [(part: String, share: Double)] = []
        if let busiest = recording.busiestUplink { list.append(("the uplink of \(busiest.site)", busiest.utilisation)) }
        if let busy = recording.busyWorkers.gauge.mean(at: recording.end) {
            list.append(("the worker pool", busy / Double(recording.plan.workers.count)))
        }
        if recording.plan.store != nil, let busy = recording.busyStore.gauge.mean(at: recording.end) {
            list.append(("the store", busy))
        }
        return list
    }
}

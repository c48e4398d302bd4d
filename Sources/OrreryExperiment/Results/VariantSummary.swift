import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics

/// What is kept of a variant's recordings: added up one seed at a time, so that memory does not grow with the seeds'
/// histograms.
struct VariantSummary {
    private let plan: NetworkPlan
    private(set) var replications: [ReplicationResult] = []
    private(set) var fingerprint = Fingerprint()
    private(set) var facts: [RunFacts] = []
    private(set) var observations: [MetricObservation]
    private(set) var judges: [ThresholdJudge]
    private(set) var series: SeriesSum
    private(set) var groups: [GroupSum]
    private(set) var highestOccupancy = Stage.allCases.map { _ in 0 }
    /// The runs that were given up because too many items were on their way, in sentences.
    private(set) var overwhelmed: [String] = []
    private var meanOccupancy = Stage.allCases.map { _ in 0.0 }

    init(plan: NetworkPlan, thresholds: [Threshold]) {
        self.plan = plan
        judges = thresholds.map(ThresholdJudge.init)
        observations = MetricCatalog.metrics.map(MetricObservation.init)
        series = SeriesSum(plan: plan)
        groups = (plan.fleet.map(\.name) + plan.arrivals.map(\.name)).map { _ in GroupSum() }
    }

    /// Adds what became of the next seed's run.
    mutating func add(_ outcome: Run.Outcome, seed: UInt64) {
        switch outcome {
        case .finished(let recording): add(recording)
        case .overwhelmed(let instant, let items):
            overwhelmed.append(
                "The run with seed \(seed) was given up \(Quantity.text(instant.seconds, unit: .seconds)) after its start: "
                    + "\(Words.grouped(Int64(items))) items were on their way, more than memory should hold.")
        case .abandoned: break
        }
    }

    private mutating func add(_ recording: Recording) {
        fingerprint.absorb(recording.fingerprint)
        replications.append(ReplicationResult(recording))
        facts.append(RunFacts(recording))
        for index in observations.indices { observations[index].add(recording) }
        for index in judges.indices { judges[index].add(recording) }
        series.add(recording)
        for index in groups.indices { groups[index].add(recording.ledger.groups[index]) }
        for stage in Stage.allCases {
            let gauge = recording.ledger.occupancy[stage.rawValue]
            highestOccupancy[stage.rawValue] = max(highestOccupancy[stage.rawValue], gauge.highest)
            meanOccupancy[stage.rawValue] += gauge.mean(at: recording.end) ?? 0
        }
    }

    /// The mean number of items in a stage, over the seeds.
    func meanOccupancy(of stage: Stage) -> Double {
        replications.isEmpty ? 0 : meanOccupancy[stage.rawValue] / Double(replications.count)
    }
}

extension ReplicationResult {
    /// The totals of a recording.
    fileprivate init(_ recording: Recording) {
        let ledger = recording.ledger
        var lost: [String: Int64] = [:]
        for reason in LossReason.allCases where ledger.lost[reason.rawValue].total > 0 {
            lost[reason.name] = ledger.lost[reason.rawValue].total
        }
        self.init(
            seed: recording.seed, fingerprint: recording.fingerprint.description, events: recording.eventCount,
            produced: ledger.produced.total, delivered: ledger.delivered.total, lost: lost,
            inFlight: Int64(ledger.inFlight.level))
    }
}

/// The books of a group, added up over the seeds.
struct GroupSum {
    private var produced: Int64 = 0
    private var delivered: Int64 = 0
    private var lost: Int64 = 0
    private var latency = Histogram(precision: 6)
    private var seeds = 0

    mutating func add(_ group: GroupLedger) {
        produced += group.produced.observed
        delivered += group.delivered.observed
        lost += group.lost.observed
        latency.merge(group.latency)
        seeds += 1
    }

    func result(name: String, site: String?, telescopes: Int?, size: ByteCount) -> GroupResult {
        func mean(_ sum: Int64) -> Double { seeds == 0 ? 0 : Double(sum) / Double(seeds) }
        return GroupResult(
            name: name, site: site, telescopes: telescopes, itemBytes: size.bytes, produced: mean(produced),
            delivered: mean(delivered), lost: mean(lost), latencyMean: latency.mean, latencyP99: latency.quantile(0.99))
    }
}

import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics

/// What is kept of a variant's records: added up one seed at a time, so that memory does not grow with the seeds'
/// histograms.
struct VariantSummary {
    private let plan: NetworkPlan
    private(set) var replications: [ReplicationResult] = []
    private(set) var fingerprint = Fingerprint()
    private(set) var facts: [RunFacts] = []
    /// What became of each run.
    private(set) var classes: [RunClass?] = []
    private(set) var observations: [MetricObservation]
    private(set) var judges: [ThresholdJudge]
    private(set) var series: SeriesSum
    private(set) var groups: [GroupSum]
    private(set) var highestOccupancy = Stage.allCases.map { _ in 0 }
    /// The runs that were given up because too many items were on their way, in sentences.
    private(set) var overwhelmed: [String] = []
    private var meanOccupancy = Stage.allCases.map { _ in 0.0 }

    /// Why the runs went as they did.
    private(set) var diagnosis: DiagnosisSum

    /// A summary of no run yet; `baselines` has what thresholds that are relative to a stored result need.
    init(plan: NetworkPlan, thresholds: [Threshold], baselines: [Double?] = []) {
        self.plan = plan
        diagnosis = DiagnosisSum(plan: plan)
        judges = thresholds.enumerated().map { index, threshold in
            ThresholdJudge(threshold, baseline: index < baselines.count ? baselines[index] : nil)
        }
        observations = MetricCatalog.measured.map(MetricObservation.init)
        series = SeriesSum(plan: plan)
        groups = (plan.fleet.map(\.name) + plan.arrivals.map(\.name)).map { _ in GroupSum() }
    }

    /// Adds what became of the next seed's run.
    mutating func add(_ outcome: RunOutcome, seed: UInt64) {
        switch outcome {
        case .finished(let record): add(record)
        case .overwhelmed(let elapsed, let items):
            overwhelmed.append(
                "The run with seed \(seed) was given up \(Quantity.text(elapsed.seconds, unit: .seconds)) after its start: "
                    + "\(Words.grouped(Int64(items))) items were on their way, more than memory should hold.")
        case .abandoned: break
        }
    }

    /// Adds the next seed's run.
    mutating func add(_ record: RunRecord) {
        fingerprint.absorb(record.fingerprint)
        replications.append(ReplicationResult(record))
        facts.append(record.facts)
        classes.append(record.runClass)
        for index in observations.indices { observations[index].add(record) }
        for index in judges.indices { judges[index].add(record) }
        series.add(record.series)
        diagnosis.add(record)
        for index in groups.indices { groups[index].add(record.groups[index]) }
        for (stage, occupancy) in record.stages.enumerated() {
            highestOccupancy[stage] = max(highestOccupancy[stage], occupancy.highest)
            meanOccupancy[stage] += occupancy.mean
        }
    }

    /// The mean number of items in a stage, over the seeds.
    func meanOccupancy(of stage: Stage) -> Double {
        replications.isEmpty ? 0 : meanOccupancy[stage.rawValue] / Double(replications.count)
    }
}

extension ReplicationResult {
    /// The totals of a run.
    fileprivate init(_ record: RunRecord) {
        var lost: [String: Int64] = [:]
        for loss in record.facts.lost { lost[loss.reason.name] = loss.count }
        self.init(
            seed: record.seed, class: record.runClass?.rawValue, fingerprint: record.fingerprint.description,
            events: record.eventCount,
            produced: record.facts.produced, delivered: record.delivered, lost: lost, inFlight: record.inFlight)
    }
}

/// The books of a group, added up over the seeds.
struct GroupSum {
    private var produced: Int64 = 0
    private var delivered: Int64 = 0
    private var lost: Int64 = 0
    private var latency = Histogram(precision: 6)
    private var seeds = 0

    mutating func add(_ group: RunRecord.GroupRecord) {
        produced += group.produced
        delivered += group.delivered
        lost += group.lost
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

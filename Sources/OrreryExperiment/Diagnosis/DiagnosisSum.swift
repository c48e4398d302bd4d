import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics

/// What is kept of the diagnoses of a variant's runs: added up one seed at a time.
struct DiagnosisSum {
    private let plan: NetworkPlan
    private var runs = 0
    private var firstCauses: [String: Int] = [:]
    private var seen: [String: Int] = [:]
    /// For each class and first cause how often it was, and the first run of it.
    private var kinds: [(runClass: RunClass?, cause: String?, count: Int, first: Example)] = []
    private var utilisations: [(part: String, sum: Double)] = []
    private var stageTimes: [(stage: Stage, time: Int128)] = []
    /// When the first cause began, and what it was, seed by seed.
    private var onsets: [(cause: String, seconds: Double)] = []

    /// A run that may stand for the others.
    private struct Example {
        let seed: UInt64
        let diagnosis: Diagnosis
        let places: [PlaceSeriesResult]
    }

    /// A sum of no run yet.
    init(plan: NetworkPlan) { self.plan = plan }

    /// Adds the next seed's run.
    mutating func add(_ record: RunRecord) {
        let diagnosis = Diagnosis(record, plan: plan)
        runs += 1
        let cause = diagnosis.firstCause.map { diagnosis.findings[$0].symptom }
        if let cause {
            firstCauses[cause.kind.name, default: 0] += 1
            onsets.append((cause.kind.name, cause.start.seconds))
        }
        for kind in SymptomCatalog.kinds where diagnosis.findings.contains(where: { $0.symptom.kind == kind }) {
            seen[kind.name, default: 0] += 1
        }
        if let place = kinds.firstIndex(where: { $0.runClass == record.runClass && $0.cause == cause?.kind.name }) {
            kinds[place].count += 1
        } else {
            let places = record.series.places.map(PlaceSeriesResult.init)
            kinds.append(
                (
                    record.runClass, cause?.kind.name, 1,
                    Example(seed: record.seed, diagnosis: diagnosis, places: places)
                ))
        }
        for part in record.facts.utilisations {
            let name = part.part.hasPrefix("the uplink of ") ? "the busiest uplink" : part.part
            if let place = utilisations.firstIndex(where: { $0.part == name }) {
                utilisations[place].sum += part.share
            } else {
                utilisations.append((name, part.share))
            }
        }
        for (place, time) in record.facts.stageTimes.enumerated() {
            if place == stageTimes.count { stageTimes.append((time.stage, 0)) }
            stageTimes[place].time += time.nanoseconds
        }
    }

    /// The first cause that most runs have, and whether it is the first in any.
    var commonestCause: String? { causes.first { $0.runs > 0 }?.symptom }

    /// What is found, without what only a comparison tells.
    var result: DiagnosisResult {
        let example = self.example
        return DiagnosisResult(
            causes: causes.filter { $0.runs > 0 }, runs: runs, example: example.map(ExampleResult.init),
            bottleneck: bottleneck, reliefs: [], sentences: [])
    }

    /// When the first cause began, in the middle of the runs that have it.
    func medianOnset(of cause: String) -> Double? {
        let times = onsets.filter { $0.cause == cause }.map(\.seconds).sorted()
        return times.isEmpty ? nil : times[times.count / 2]
    }

    private var causes: [CauseResult] {
        SymptomCatalog.kinds.enumerated().filter { !$0.element.isTrigger && !$0.element.isOutcome }
            .map { order, kind in
                let proportion = Proportion(successes: firstCauses[kind.name] ?? 0, trials: runs)
                let interval = proportion.interval()
                return (
                    order,
                    CauseResult(
                        symptom: kind.name, summary: kind.summary, runs: proportion.successes,
                        seen: seen[kind.name] ?? 0,
                        lower: interval.map { Quantity.rounded($0.lowerBound, digits: 9) },
                        upper: interval.map { Quantity.rounded($0.upperBound, digits: 9) })
                )
            }
            .sorted { ($0.1.runs, $0.1.seen, -$0.0) > ($1.1.runs, $1.1.seen, -$1.0) }.map(\.1)
    }

    /// The first run of the commonest class, of two equally common ones the worse, with the cause that is commonest
    /// there.
    private var example:
        (
            runClass: RunClass?, cause: String?, seed: UInt64, diagnosis: Diagnosis,
            places: [PlaceSeriesResult]
        )?
    {
        let order: [RunClass?] = [nil] + RunClass.allCases
        func count(_ runClass: RunClass?) -> Int {
            kinds.filter { $0.runClass == runClass }.reduce(0) { $0 + $1.count }
        }
        guard let commonest = order.indices.max(by: { (count(order[$0]), $0) < (count(order[$1]), $1) }) else {
            return nil
        }
        // A run with a cause says more than one without, where both are as common.
        let best = kinds.filter { $0.runClass == order[commonest] }
            .max { ($0.count, $0.cause == nil ? 0 : 1) < ($1.count, $1.cause == nil ? 0 : 1) }
        return best.map { ($0.runClass, $0.cause, $0.first.seed, $0.first.diagnosis, $0.first.places) }
    }

    /// The busiest part by the utilisation law, U = X × D: of parts that all items pass, the one that they demand most
    /// of.
    private var bottleneck: BottleneckResult? {
        guard runs > 0 else { return nil }
        let busiest = utilisations.max { $0.sum < $1.sum }
        let total = stageTimes.reduce(Int128(0)) { $0 + $1.time }
        let slowest = total > 0 ? stageTimes.max { $0.time < $1.time } : nil
        guard busiest != nil || slowest != nil else { return nil }
        return BottleneckResult(
            busiestPart: busiest?.part,
            utilisation: busiest.map { min(1, Quantity.rounded($0.sum / Double(runs), digits: 9)) },
            slowestStage: slowest?.stage.name,
            latencyShare: slowest.map { Quantity.rounded(Double($0.time) / Double(total), digits: 9) })
    }
}

extension ExampleResult {
    /// A run with its diagnosis.
    fileprivate init(
        _ example: (
            runClass: RunClass?, cause: String?, seed: UInt64, diagnosis: Diagnosis, places: [PlaceSeriesResult]
        )
    ) {
        let reason =
            example.runClass.map { "the first seed of the commonest class, \($0.rawValue)" } ?? "the first seed"
        self.init(
            seed: example.seed,
            reason: reason + (example.cause.map { ", with the commonest first cause, \($0)" } ?? ""),
            class: example.runClass?.rawValue, symptoms: example.diagnosis.findings.map(SymptomResult.init),
            places: example.places)
    }
}

extension SymptomResult {
    /// A finding of a diagnosis.
    fileprivate init(_ finding: Diagnosis.Finding) {
        let symptom = finding.symptom
        self.init(
            symptom: symptom.kind.name, summary: symptom.kind.summary, role: finding.role.rawValue,
            fromSeconds: symptom.start.seconds, toSeconds: symptom.end.seconds, place: symptom.place,
            evidence: symptom.evidence, follows: finding.follows)
    }
}

import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics

/// What is known of one value of a capacity search: for every seed, what each threshold saw of its run alone.
struct CapacityPoint {
    /// What a threshold saw of one seed's run.
    private enum Sight {
        /// A figure, and whether it meets the condition by itself.
        case figure(Double, holds: Bool)
        /// There was nothing to judge.
        case noData
        /// The run was given up, because it drowned.
        case overwhelmed
    }

    private let thresholds: [Threshold]
    /// One entry for each threshold, in it one for each seed.
    private var seen: [[Sight]]
    private(set) var fingerprint = Fingerprint()
    private(set) var replications = 0
    private(set) var overwhelmed = 0
    private(set) var classes: [RunClass?] = []

    init(thresholds: [Threshold]) {
        self.thresholds = thresholds
        seen = thresholds.map { _ in [] }
    }

    /// Adds what became of the next seed's run.
    mutating func add(_ outcome: RunOutcome) {
        switch outcome {
        case .finished(let record): add(record)
        case .overwhelmed:
            for index in seen.indices { seen[index].append(.overwhelmed) }
            (replications, overwhelmed) = (replications + 1, overwhelmed + 1)
        case .abandoned: break
        }
    }

    private mutating func add(_ record: RunRecord) {
        replications += 1
        fingerprint.absorb(record.fingerprint)
        classes.append(record.runClass)
        for (index, threshold) in thresholds.enumerated() {
            var judge = ThresholdJudge(threshold)
            judge.add(record)
            let judgement = judge.judgement
            seen[index].append(
                judgement.observed.map { .figure($0, holds: judgement.seedsHolding > 0) } ?? .noData)
        }
    }

    /// What each threshold's test says, and all of them together; each may err with its share of the point's error.
    func judged(
        error: Double, looks: LookSchedule
    ) -> (together: CapacitySearch.Outcome, single: [ThresholdTestResult]) {
        let share = error / Double(max(1, thresholds.count))
        let single = zip(thresholds, seen).map { CapacityPoint.judged($0, $1, error: share, looks: looks) }
        return (.all(single.map(\.outcome)), single.map(\.result))
    }

    private typealias Judged = (outcome: CapacitySearch.Outcome, result: ThresholdTestResult)

    /// What the test of one threshold says.
    ///
    /// A seed without data leaves the value open: that nothing was there to judge shows neither that it passes nor that
    /// it fails. A run that was given up counts as one that breaks the condition; it has no figure of which there
    /// could be a mean, so a mean fails with it.
    private static func judged(
        _ threshold: Threshold, _ seen: [Sight], error: Double, looks: LookSchedule
    ) -> Judged {
        if seen.contains(where: { if case .noData = $0 { true } else { false } }) {
            var result = ThresholdTestResult(threshold, nil, .undecided(leansToPassing: false))
            result.outcome = .noData
            return (.undecided(leansToPassing: false), result)
        }
        let question = CapacityQuestion(threshold)
        let test = SequentialTest(limit: question.limit, error: error, looks: looks)
        let figures = seen.compactMap { if case .figure(let value, _) = $0 { value } else { nil } }
        let holds = seen.map { if case .figure(_, let holds) = $0 { holds } else { false } }
        let verdict: SequentialTest.Verdict
        switch question.tested {
        case .meanOverSeeds:
            guard figures.count == seen.count else { return (.fails, ThresholdTestResult(threshold, nil, .fails)) }
            verdict = test.decide(values: figures)
        case .shareBreaking: verdict = test.decide(events: holds.map { !$0 })
        case .shareMeeting: verdict = test.decide(events: holds)
        case .shareOfClass:
            verdict = test.decide(
                events: seen.map { if case .figure(let value, _) = $0 { value > 0 } else { !question.isFromAbove } })
        }
        let outcome = CapacitySearch.Outcome(verdict, of: test, passing: question.isFromAbove ? .above : .below)
        return (outcome, ThresholdTestResult(threshold, verdict.evidence, outcome))
    }
}

/// What a threshold comes to when every seed has one value: the limit, the side on which it passes, what is compared.
struct CapacityQuestion {
    let tested: ThresholdTestResult.Tested
    let limit: Double
    /// Whether it passes above the limit.
    let isFromAbove: Bool

    /// A condition with an equal sign is tested by how often it is broken: no mean says whether all seeds are equal.
    private static let shareBreakingMax = 0.05

    /// The question that a threshold asks; one that is relative to a baseline must have been refused before.
    init(_ threshold: Threshold) {
        guard case .value(let value) = threshold.limit else {
            violation("a capacity search was asked for a threshold that is relative to a baseline: \(threshold.text)")
        }
        if threshold.aggregation == .probability {
            (tested, limit, isFromAbove) = (.shareOfClass, value, threshold.comparison.isLower)
        } else if let share = threshold.scope.seeds {
            (tested, limit, isFromAbove) = (.shareMeeting, share, true)
        } else if threshold.comparison.isUpper || threshold.comparison.isLower {
            (tested, limit, isFromAbove) = (.meanOverSeeds, value, threshold.comparison.isLower)
        } else {
            (tested, limit, isFromAbove) = (.shareBreaking, CapacityQuestion.shareBreakingMax, false)
        }
    }

    /// How many seeds show that it passes if none speaks against it, of an error that each value may have; nil if no
    /// number of them does, and 0 for a mean, which so many seeds show as its spread allows.
    func seedsToPass(error: Double) -> Int? {
        guard tested != .meanOverSeeds else { return 0 }
        // The fewer looks there are, the fewer seeds suffice; each ceiling is tried with the looks that it has.
        var most = CapacityExperiment.seedsMin
        while most <= CapacityExperiment.seedsLimit {
            let test = SequentialTest(limit: limit, error: error, looks: CapacityExperiment.looks(seedsMax: most))
            switch test.decide(events: Array(repeating: isFromAbove, count: most)) {
            case .above where isFromAbove, .below where !isFromAbove: return most
            default: most += 1 + most / 20
            }
        }
        return nil
    }
}

extension SequentialTest.Verdict {
    /// What was seen at the look that ended the test; nil before its end.
    fileprivate var evidence: SequentialTest.Evidence? {
        switch self {
        case .more: nil
        case .below(let evidence), .above(let evidence), .undecided(let evidence): evidence
        }
    }
}

extension ThresholdTestResult {
    fileprivate init(
        _ threshold: Threshold, _ evidence: SequentialTest.Evidence?, _ outcome: CapacitySearch.Outcome
    ) {
        let question = CapacityQuestion(threshold)
        let metric = MetricCatalog[threshold.metric]
        let isCountOfItems = threshold.aggregation == .count && metric?.form == .distribution
        let unit = question.tested == .meanOverSeeds ? isCountOfItems ? .items : metric?.unit ?? .items : .share
        func rounded(_ value: Double?) -> Double? { value.map { Quantity.rounded($0, digits: 9) } }
        self.init(
            metric: threshold.metric, condition: threshold.text,
            scope: threshold.scope.text.isEmpty ? nil : threshold.scope.text, unit: unit.rawValue,
            tested: question.tested, limit: question.limit,
            estimate: rounded(evidence?.estimate), lower: rounded(evidence?.interval.lowerBound),
            upper: rounded(evidence?.interval.upperBound), outcome: CapacityPointResult.Outcome(outcome))
    }
}

extension CapacityPointResult.Outcome {
    /// What a search knows of a candidate; nothing known is open.
    init(_ outcome: CapacitySearch.Outcome?) {
        self =
            switch outcome {
            case .passes: .passes
            case .fails: .fails
            case .undecided(leansToPassing: true): .leansToPassing
            case .undecided(leansToPassing: false): .leansToFailing
            case .more, nil: .open
            }
    }
}

import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryScenario
import OrreryStatistics

extension CapacityResult {
    /// What a search knows at its end.
    ///
    /// The points are those of the sweep; nil where none was tested.
    init(_ experiment: CapacityExperiment, _ search: CapacitySearch, _ tested: [CapacityPoint?]) {
        let capacity = search.capacity
        let sweep = experiment.sweep
        let points = tested.enumerated().compactMap { index, point in point.map { (index: index, point: $0) } }
        func value(_ index: Int?) -> String? { index.map { sweep.points[$0].values[0].text } }
        var fingerprint = Fingerprint()
        for (_, point) in points { fingerprint.absorb(point.fingerprint) }
        let variant = sweep.scenario.variants.first { $0.name == sweep.points[0].variants[0].name }
        self.init(
            orreryVersion: Experiment.version, samplerVersion: RandomStream.version, command: experiment.command,
            scenario: sweep.scenario.name, summary: sweep.scenario.summary, variant: variant?.name ?? "",
            scenarioText: variant?.text ?? "", startDate: variant?.plan.startDate.description,
            durationSeconds: variant?.plan.duration.seconds, parameter: SweptParameterResult(sweep.parameters[0]),
            find: experiment.find, confidence: experiment.confidence, seedBase: experiment.seedBase,
            seedsMax: experiment.seedsMax, interrupted: search.next != nil, answer: value(capacity.answer),
            isAtEnd: capacity.isAtEnd, proven: value(capacity.proven), possible: value(capacity.possible),
            contradictions: capacity.contradictions.map {
                ContradictionResult(passing: value($0.passing) ?? "", failing: value($0.failing) ?? "")
            },
            points: points.map { index, point in
                CapacityPointResult(sweep.points[index].values[0], point, error: search.pointError, experiment.looks)
            },
            runs: points.reduce(0) { $0 + $1.point.replications }, gridRunsMax: capacity.gridRunsMax,
            gridRunsMin: capacity.gridRunsMin, statements: [], fingerprint: fingerprint.description,
            verdict: ExperimentResult.Verdict(outcome: .invalid, sentence: ""))
        let words = CapacityWords(result: self)
        statements = words.statements
        verdict = words.verdict
    }
}

extension CapacityPointResult {
    fileprivate init(_ value: SweptValue, _ point: CapacityPoint, error: Double, _ looks: LookSchedule) {
        let judged = point.judged(error: error, looks: looks)
        let isWithoutData =
            if case .undecided = judged.together { judged.single.contains { $0.outcome == .noData } } else { false }
        self.init(
            value: value.text, number: value.number ?? 0, replications: point.replications,
            overwhelmed: point.overwhelmed,
            outcome: isWithoutData ? .noData : Outcome(point.replications == 0 ? nil : judged.together),
            thresholds: judged.single, collapse: ProbabilityResult(collapsesIn: point.classes))
    }
}

public import OrreryExperiment

extension CapacityResult {
    /// A suite for the answer, and one for each value that was tested, with a test for each threshold.
    ///
    /// A value that fails fails its tests, as it would by itself: whether the search found its answer is another test.
    public var junit: String {
        let answer = JUnitSuite(
            name: "\(scenario).\(variant)", properties: [("fingerprint", fingerprint)] + properties,
            cases: [
                JUnitSuite.Case(name: "the \(find.rawValue) \(parameter.path) that passes is found", fault: fault)
            ])
        return JUnitSuite.document(name: scenario, [answer] + points.map(suite))
    }

    private var fault: JUnitSuite.Fault? {
        guard verdict.outcome != .passed else { return nil }
        return JUnitSuite.Fault(
            isBroken: verdict.outcome == .failed, kind: verdict.outcome == .failed ? "threshold" : "inconclusive",
            message: verdict.sentence, details: statements)
    }

    private func suite(_ point: CapacityPointResult) -> JUnitSuite {
        let given = point.overwhelmed == 0 ? [] : ["\(point.overwhelmed) of the runs were given up"]
        return JUnitSuite(
            name: "\(scenario).\(variant) \(parameter.path)=\(point.value)",
            properties: [("runs", String(point.replications))] + properties,
            cases: point.thresholds.map { JUnitSuite.Case($0, details: given) })
    }

    private var properties: [(name: String, value: String)] {
        [
            ("command", command), ("seeds", "up to \(seedsMax) from \(seedBase)"), ("orrery", orreryVersion),
        ]
    }
}

extension JUnitSuite.Case {
    /// What a search says of a threshold at one value.
    fileprivate init(_ test: ThresholdTestResult, details: [String]) {
        name = "\(test.metric): \(test.condition)" + (test.scope.map { ", \($0)" } ?? "")
        guard test.outcome != .passes else { return }
        let kind =
            switch test.outcome {
            case .fails: "threshold"
            case .noData: "no-data"
            default: "inconclusive"
            }
        fault = JUnitSuite.Fault(
            isBroken: test.outcome == .fails, kind: kind,
            message: "\(CapacityTable.words(test.outcome)): \(CapacityTable.words(test, isOnly: true))",
            details: details)
    }
}

public import OrreryExperiment

extension SweepResult {
    /// A suite for each variant at each point, with a test for each threshold.
    public var junit: String {
        let suites = variants.flatMap { variant in variant.points.map { suite($0, of: variant) } }
        let isWhole = !suites.isEmpty && !interrupted
        return JUnitSuite.document(name: scenario, isWhole ? suites : [unfinished] + suites)
    }

    private func suite(_ point: SweepPointResult, of variant: SweptVariantResult) -> JUnitSuite {
        let place = zip(parameters, point.values).map { "\($0.path)=\($1)" }.joined(separator: ", ")
        let produced = point.metric("items.produced")?.mean ?? 0
        let given = point.overwhelmed == 0 ? [] : ["\(point.overwhelmed) given up: too many items were on their way"]
        let completion = JUnitSuite.Case(
            finished: point.replications, of: seeds.count, isEmpty: produced == 0, details: given)
        return JUnitSuite(
            name: "\(scenario).\(variant.name) \(place)",
            properties: [("fingerprint", point.fingerprint)] + properties,
            cases: point.thresholds.map(JUnitSuite.Case.init).after(completion))
    }

    /// What stands before the points that have runs, if others have none.
    private var unfinished: JUnitSuite {
        let fault = JUnitSuite.Fault(isBroken: false, kind: "unfinished", message: verdict.sentence)
        return JUnitSuite(
            name: scenario, properties: [("fingerprint", fingerprint)] + properties,
            cases: [JUnitSuite.Case(name: "every run of every point comes to its end", fault: fault)])
    }

    private var properties: [(name: String, value: String)] {
        [("command", command), ("seeds", SeedText.words(seeds)), ("orrery", orreryVersion)]
    }
}

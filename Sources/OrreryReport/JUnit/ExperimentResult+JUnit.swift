public import OrreryExperiment

extension ExperimentResult {
    /// A suite for each variant, with a test for each of its thresholds.
    public var junit: String {
        JUnitSuite.document(name: scenario, variants.map(suite))
    }

    private func suite(_ variant: VariantResult) -> JUnitSuite {
        let known = precision?.variants.first { $0.name == variant.name }
        let tests = variant.thresholds.map(JUnitSuite.Case.init) + (known.map { [test(of: $0)] } ?? [])
        let completion = JUnitSuite.Case(
            finished: variant.replications.count, of: seeds.count,
            isEmpty: variant.replications.allSatisfy { $0.produced == 0 }, details: variant.sentences)
        return JUnitSuite(
            name: "\(scenario).\(variant.name)",
            properties: [
                ("fingerprint", variant.fingerprint), ("command", command), ("seeds", SeedText.words(seeds)),
                ("orrery", orreryVersion),
            ], cases: tests.after(completion))
    }

    /// Whether a metric is known as precisely as was asked.
    private func test(of known: PrecisionResult.Variant) -> JUnitSuite.Case {
        let (key, share) = (precision?.key ?? "", Quantity.share(precision?.relativeHalfWidth))
        let fault = JUnitSuite.Fault(
            isBroken: false, kind: "inconclusive", message: "not so precise after \(known.seeds) seeds")
        return JUnitSuite.Case(name: "\(key) is known to ± \(share)", fault: known.isReached ? nil : fault)
    }
}

import OrreryDiagnosis
import OrreryModel
import OrreryStatistics

/// Compares a measurement with a baseline of the same scenario, variants and seeds.
///
/// Where every event is the same there is nothing to compare. Otherwise each figure is compared seed by seed, all of
/// them together with how runs end (Holm); what is not shown to be worse must be shown not to be, within its tolerance.
public struct GateComparison {
    private let baseline: GateBaseline
    private let measurement: GateMeasurement

    /// Why a measurement cannot be compared with a baseline.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        /// It is of another scenario.
        case otherScenario(base: String, head: String)
        /// It has other seeds.
        case otherSeeds(base: String, head: String)
        /// It has other variants.
        case otherVariants(missing: [String], new: [String])

        /// What is wrong, in words.
        public var description: String {
            switch self {
            case .otherScenario(let base, let head):
                return "the baseline is of the scenario '\(base)', not of '\(head)'"
            case .otherSeeds(let base, let head):
                return "the baseline has \(base), not \(head)"
            case .otherVariants(let missing, let new):
                let lost =
                    missing.isEmpty ? nil : "the scenario has no variant \(missing.joined(separator: ", ")) any more"
                let added = new.isEmpty ? nil : "the baseline has no variant \(new.joined(separator: ", "))"
                return [lost, added].compactMap(\.self).joined(separator: "; ")
            }
        }
    }

    /// A comparison.
    public init(_ measurement: GateMeasurement, with baseline: GateBaseline) throws(Problem) {
        let result = measurement.result
        try GateComparison.check(
            scenario: result.scenario, seeds: result.seeds, variants: result.variants.map(\.name), against: baseline)
        self.baseline = baseline
        self.measurement = measurement
    }

    /// Stops on what cannot be compared with a baseline, before anything is run.
    public static func check(
        scenario: String, seeds: [UInt64], variants: [String], against baseline: GateBaseline
    ) throws(Problem) {
        guard scenario == baseline.scenario else {
            throw .otherScenario(base: baseline.scenario, head: scenario)
        }
        guard seeds == baseline.seeds else { throw .otherSeeds(base: words(baseline.seeds), head: words(seeds)) }
        let known = baseline.variants.map(\.name)
        let (missing, new) = (known.filter { !variants.contains($0) }, variants.filter { !known.contains($0) })
        guard missing.isEmpty && new.isEmpty else { throw .otherVariants(missing: missing, new: new) }
    }

    private static func words(_ seeds: [UInt64]) -> String {
        guard let first = seeds.first, let last = seeds.last else { return "no seeds" }
        return first == last ? "the seed \(first)" : "the seeds \(first) to \(last)"
    }

    /// What became of the scenario; `file` is where the baseline lies.
    public func result(file: String) -> GateScenarioResult {
        let comparisons = baseline.variants.compactMap { base in
            measurement.result.variants.firstIndex { $0.name == base.name }.map { index in
                GateVariantComparison(base, seeds: baseline.seeds, head: measurement, index)
            }
        }
        let adjusted = HolmCorrection.adjusted(comparisons.flatMap(\.pValues))
        var rest = adjusted[...]
        let variants = comparisons.map { comparison in
            let own = Array(rest.prefix(comparison.pValues.count))
            rest = rest.dropFirst(own.count)
            return comparison.result(adjusted: own, judged: adjusted.count)
        }
        let capacities = zip(baseline.capacities, measurement.capacities).map { base, head in
            GateCapacityResult(base, head.answer, values: head.values)
        }
        return GateScenarioResult(
            scenario: baseline.scenario, path: baseline.path, baseline: file, seedCount: baseline.seedCount,
            variants: variants, capacities: capacities,
            verdict: (variants.map(\.verdict) + capacities.map(\.verdict)).max() ?? .identical)
    }
}

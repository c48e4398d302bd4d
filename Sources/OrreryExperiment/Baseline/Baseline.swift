public import OrreryModel

/// A stored result with which thresholds such as `mean <= @baseline + 5%` compare.
///
/// It must be of the same scenario, by name; variants are found by name as well.
public struct Baseline: Sendable {
    private let result: ExperimentResult

    /// A baseline from a result.
    public init(_ result: ExperimentResult) {
        self.result = result
    }

    /// Why a stored result is no baseline for a scenario.
    public enum Problem: Error, Equatable, CustomStringConvertible {
        /// It is of another scenario.
        case otherScenario(found: String, expected: String)
        /// It has no variant of this name.
        case missingVariant(String, known: [String])
        /// It does not hold this figure.
        case missingFigure(metric: String, condition: String, variant: String)

        /// What is wrong, in words.
        public var description: String {
            switch self {
            case .otherScenario(let found, let expected):
                "the baseline is of the scenario '\(found)', not of '\(expected)'"
            case .missingVariant(let name, let known):
                "the baseline has no variant '\(name)'; it has \(known.joined(separator: ", "))"
            case .missingFigure(let metric, let condition, let variant):
                "the baseline does not hold what '\(metric): \(condition)' compares with, in variant '\(variant)'"
            }
        }
    }

    /// Throws unless this is a result of the scenario of this name.
    public func check(scenario: String) throws(Problem) {
        guard result.scenario == scenario else {
            throw .otherScenario(found: result.scenario, expected: scenario)
        }
    }

    /// What a threshold of a variant is compared with, before its factor; nil if it needs no baseline.
    ///
    /// Of a count it is the mean of a seed, so that results of different numbers of seeds can be compared.
    public func value(for threshold: Threshold, variant name: String) throws(Problem) -> Double? {
        guard case .baseline = threshold.limit else { return nil }
        guard let variant = result.variants.first(where: { $0.name == name }) else {
            throw .missingVariant(name, known: result.variants.map(\.name))
        }
        guard let value = Baseline.figure(threshold.metric, threshold.aggregation, of: variant) else {
            throw .missingFigure(metric: threshold.metric, condition: threshold.text, variant: name)
        }
        return value
    }

    private static func figure(
        _ key: String, _ aggregation: Threshold.Aggregation, of variant: VariantResult
    ) -> Double? {
        if key == "delivery.latency" { return figure(aggregation, of: variant) }
        if let stage = variant.stages.first(where: { "stage.\($0.name)" == key }) {
            switch aggregation {
            case .mean: return stage.mean
            case .maximum: return stage.largest
            case .percentile(let share): return share == 0.95 ? stage.p95 : share == 1 ? stage.largest : nil
            case .minimum, .count, .probability: return nil
            }
        }
        guard let metric = variant.metrics.first(where: { $0.key == key }) else { return nil }
        switch aggregation {
        case .mean, .count: return metric.mean
        case .maximum: return metric.perSeed.max()
        case .minimum: return metric.perSeed.min()
        case .percentile, .probability: return nil
        }
    }

    private static func figure(_ aggregation: Threshold.Aggregation, of variant: VariantResult) -> Double? {
        let latency = variant.latency
        switch aggregation {
        case .mean: return latency.mean
        case .maximum: return latency.largest
        case .minimum: return latency.smallest
        case .percentile(let share):
            return latency.quantiles.first { ($0.share - share).magnitude < 1e-12 }?.seconds
        case .count:
            let runs = variant.replications.count
            return runs > 0 ? Double(latency.count) / Double(runs) : nil
        case .probability: return nil
        }
    }
}

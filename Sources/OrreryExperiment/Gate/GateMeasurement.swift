import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics

/// What runs of a scenario gave, with every figure that a baseline may hold.
///
/// A baseline is what is kept of it; a later measurement with the same seeds is compared with that.
public struct GateMeasurement: Sendable {
    /// The scenario's result.
    public let result: ExperimentResult
    /// The answers to the questions of capacity, in the order of the questions, each with the values that could be one.
    var capacities: [(answer: GateCapacity, values: [String])] = []
    /// For each variant the figures that may be watched.
    let figures: [[MeasuredFigure]]

    /// Runs that were given up, by variant.
    func givenUp(_ variant: VariantResult) -> Int { result.seeds.count - variant.replications.count }

    /// A variant as a baseline keeps it; its figures are those that every seed has.
    func kept(_ index: Int) -> GateVariant {
        let variant = result.variants[index]
        let whole = figures[index].filter { $0.isWhole && $0.seeds == result.seeds }
        let busiest = whole.filter(\.figure.isUtilisation).max { $0.mean < $1.mean }?.figure.name
        let tails = whole.filter(\.figure.isTail).map(\.figure.name)
        let chosen = whole.filter { measured in
            let figure = measured.figure
            if figure.isUtilisation { return figure.name == busiest }
            if figure.isOfPart { return measured.inOrder.contains { $0 != 0 } }
            return !figure.isTail || figure.name == tails.last
        }
        return GateVariant(
            name: variant.name, fingerprint: variant.fingerprint,
            classes: variant.replications.map { $0.class ?? GateMeasurement.unclassed },
            thresholds: GateThreshold.all(of: variant), figures: chosen.compactMap(\.kept))
    }

    /// What stands for the class of a run of which nothing can be said.
    static let unclassed = "unclassed"
}

/// A figure with its value in every run.
struct MeasuredFigure: Sendable {
    let figure: HeadlineFigure
    /// The seeds of the runs, in their order.
    private(set) var seeds: [UInt64] = []
    /// The values of those that have one.
    private(set) var values: [UInt64: Double] = [:]
    /// Whether every run has a value, and enough behind it.
    private(set) var isWhole = true

    init(_ figure: HeadlineFigure) {
        self.figure = figure
    }

    /// The mean over the runs that have a value.
    var mean: Double { Estimate(inOrder).mean ?? 0 }

    /// The values in the order of the seeds.
    var inOrder: [Double] { seeds.compactMap { values[$0] } }

    /// Looks at the next seed's run.
    mutating func add(_ record: RunRecord) {
        let value = figure.value(in: record).flatMap { $0.isFinite ? $0 : nil }
        seeds.append(record.seed)
        values[record.seed] = value.map { Quantity.rounded($0, digits: GateRules.digits) }
        isWhole = isWhole && value != nil && figure.isSupported(by: record)
    }

    /// As a baseline keeps it.
    var kept: GateFigure? {
        let values = inOrder
        guard let mean = Estimate(values).mean else { return nil }
        let tolerance = figure.better == .neither ? nil : GateRules.tolerance(of: values, figure)
        return GateFigure(
            figure: figure.name, unit: figure.unit.rawValue, better: figure.better.rawValue,
            mean: Quantity.rounded(mean, digits: GateRules.digits), tolerance: tolerance,
            note: tolerance == nil ? GateRules.note(figure, seeds: values.count) : nil, values: values)
    }
}

extension HeadlineFigure {
    /// Whether it is a tail of the latency that no threshold judges; of these the furthest that has enough items is
    /// kept.
    fileprivate var isTail: Bool {
        guard case .percentile = part else { return false }
        return !isJudged
    }
}

extension GateThreshold {
    /// The thresholds of a variant; one that a scenario states twice is one.
    fileprivate static func all(of variant: VariantResult) -> [GateThreshold] {
        var known: Set<String> = []
        return variant.thresholds.map(GateThreshold.init).filter { known.insert($0.condition).inserted }
    }

    fileprivate init(_ threshold: ThresholdResult) {
        self.init(
            condition: "\(threshold.metric): \(threshold.condition)" + (threshold.scope.map { ", \($0)" } ?? ""),
            verdict: threshold.verdict,
            observed: threshold.observed.map { Quantity.rounded($0, digits: GateRules.digits) }, unit: threshold.unit)
    }
}

extension GateBaseline {
    /// What is to be kept of a measurement.
    public init(_ measurement: GateMeasurement, path: String, settings: [String]) {
        let result = measurement.result
        let variants = result.variants.indices.map(measurement.kept)
        self.init(
            orreryVersion: result.orreryVersion, samplerVersion: result.samplerVersion, scenario: result.scenario,
            path: path, settings: settings, seedBase: result.seeds.first ?? 0, seedCount: result.seeds.count,
            statement: GateRules.statement(seeds: result.seeds.count, variants),
            variants: variants, capacities: measurement.capacities.map(\.answer))
    }
}

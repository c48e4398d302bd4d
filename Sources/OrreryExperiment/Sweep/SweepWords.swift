import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryStatistics

/// What the points of one variant say, in plain sentences.
struct SweepWords {
    let parameters: [SweptParameterResult]
    let points: [SweepPointResult]
    let scaling: ScalingResult?

    /// The sentences, the most important first.
    var statements: [String] {
        [thresholds, collapse, knee, law].compactMap(\.self)
    }

    /// The name of a point: its values alone where one parameter is swept.
    private func name(_ point: SweepPointResult) -> String {
        parameters.count == 1
            ? point.values[0]
            : zip(parameters, point.values).map { "\($0.path) = \($1)" }.joined(separator: ", ")
    }

    /// The only parameter, if it is on an axis.
    private var axis: SweptParameterResult? {
        parameters.count == 1 && parameters[0].unit != nil ? parameters[0] : nil
    }

    /// Where the thresholds hold.
    private var thresholds: String? {
        guard let first = points.first, !first.thresholds.isEmpty else { return nil }
        let subject = first.thresholds.count == 1 ? "The threshold holds" : "All thresholds hold"
        let held = points.filter { $0.outcome == .passed }
        if held.isEmpty { return "\(subject) at none of the \(points.count) points." }
        if held.count == points.count { return "\(subject) at all \(points.count) points." }
        guard let axis, let last = held.last, let start = held.first else {
            return "\(subject) at \(held.count) of \(points.count) points."
        }
        let isRun = points.drop { $0.outcome != .passed }.prefix { $0.outcome == .passed }.count == held.count
        guard isRun else {
            let list = held.prefix(8).map(name).joined(separator: ", ") + (held.count > 8 ? " and others" : "")
            return
                "\(subject) at \(held.count) of \(points.count) values of \(axis.path), which are no single range: \(list)."
        }
        if held.count == 1 {
            return "\(subject) at \(name(start)) of \(axis.path) alone, of \(points.count) values."
        }
        return "\(subject) from \(name(start)) to \(name(last)) of \(axis.path), "
            + "\(held.count) of \(points.count) values, and at no other."
    }

    /// Between which points collapses become more or less probable, beyond what chance explains.
    private var collapse: String? {
        let known = points.compactMap { point in point.collapse.map { (point: point, probability: $0) } }
        guard !known.isEmpty else { return nil }
        let runs = known.reduce(0) { $0 + $1.probability.runs }
        if runs == 0 {
            // One-sided, as thresholds judge a probability; the intervals of the table have two sides and are wider.
            let bounds = known.compactMap { Proportion(successes: 0, trials: $0.probability.of).upperBound() }
            return
                "No run collapsed at any point: P(collapse) is at most \(Words.percent(bounds.max() ?? 1)) at each, with 95 % "
                + "confidence (one-sided, as thresholds are judged)."
        }
        guard let axis else {
            return "Collapses were seen at \(known.count { $0.probability.runs > 0 }) of \(known.count) points."
        }
        guard let (before, after) = SweepWords.nearestChange(known) else {
            let shares = known.map(\.probability.share)
            return "P(collapse) lies between \(Words.percent(shares.min() ?? 0)) and "
                + "\(Words.percent(shares.max() ?? 0)); no difference between two values of \(axis.path) is beyond chance."
        }
        let verb = before.probability.share < after.probability.share ? "rises" : "falls"
        return "From \(name(before.point)) to \(name(after.point)) of \(axis.path), P(collapse) \(verb) from "
            + "\(SweepWords.text(before.probability)) to \(SweepWords.text(after.probability))."
    }

    private typealias Known = (point: SweepPointResult, probability: ProbabilityResult)

    /// The nearest points whose intervals exclude each other, of equally near ones those that differ most; nil if none.
    private static func nearestChange(_ known: [Known]) -> (Known, Known)? {
        for distance in 1..<max(2, known.count) {
            let pairs = zip(known, known.dropFirst(distance)).filter { before, after in
                before.probability.upper < after.probability.lower || after.probability.upper < before.probability.lower
            }
            let most = pairs.max { left, right in change(left) < change(right) }
            if let most { return most }
        }
        return nil
    }

    private static func change(_ step: (Known, Known)) -> Double {
        (step.1.probability.share - step.0.probability.share).magnitude
    }

    /// A probability with its interval: `2.5 % (0.1 % to 13.2 %)`.
    private static func text(_ probability: ProbabilityResult) -> String {
        "\(Words.percent(probability.share)) (\(Words.percent(probability.lower)) to \(Words.percent(probability.upper)))"
    }

    private var knee: String? {
        guard let axis, let knee = scaling?.knee else { return nil }
        let unit = axis.unit.map { $0.isEmpty ? "1" : "1\($0)" } ?? "1"
        return "The throughput bends at \(axis.path) = \(DecimalText.trimmed(knee.position))\(axis.unit ?? ""): "
            + "up to there \(unit) more brings \(SweepWords.rate(knee.slopeBefore)), behind it \(SweepWords.rate(knee.slopeAfter))."
    }

    private var law: String? { scaling?.statement }

    /// A change of throughput in four digits.
    static func rate(_ value: Double) -> String { Quantity.text(value, unit: .itemsPerSecond) }
}

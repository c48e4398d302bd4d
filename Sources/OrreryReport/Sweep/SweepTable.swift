import OrreryExperiment

/// The points of a variant as rows of figures, the same in the page and in the terminal.
struct SweepTable {
    let result: SweepResult
    let variant: SweptVariantResult

    /// The headings behind those of the parameters.
    static let headings = ["throughput", "latency p99", "lost", "P(collapse)", "thresholds"]

    /// One row for each point: the values of the parameters, then the figures.
    var rows: [(values: [String], figures: [String], outcome: ExperimentResult.Outcome)] {
        variant.points.map { ($0.values, figures($0), $0.outcome) }
    }

    private func figures(_ point: SweepPointResult) -> [String] {
        [
            SweepTable.text(point.metric("delivery.throughput"), unit: "items/s"),
            Quantity.seconds(point.metric("delivery.latency")?.quantile(0.99)),
            Quantity.share(point.metric("items.loss-share")?.mean), SweepTable.text(point.collapse),
            SweepTable.thresholds(point),
        ]
    }

    private static func text(_ metric: PointMetric?, unit: String) -> String {
        Quantity.text(metric?.mean, plusMinus: metric?.halfWidth, unit: unit)
    }

    /// A probability with its interval: `5 % (0.6 % … 17 %)`.
    static func text(_ probability: ProbabilityResult?) -> String {
        guard let probability else { return Numerals.absent }
        let ends = [probability.lower, probability.upper].map { Numerals.significant($0 * 100, digits: 2) }
        return "\(Quantity.share(probability.share)) (\(ends[0]) … \(ends[1]) %)"
    }

    /// How many thresholds hold, as a sign and words.
    private static func thresholds(_ point: SweepPointResult) -> String {
        let given = point.overwhelmed == 0 ? "" : ", \(point.overwhelmed) given up"
        guard !point.thresholds.isEmpty else { return "none stated" + given }
        let count = point.thresholds.count
        let broken = point.thresholds.count(where: \.isBroken)
        let unclear = point.thresholds.count { !$0.holds } - broken
        let parts = [
            broken == 0 ? nil : "\(broken) of \(count) broken", unclear == 0 ? nil : "\(unclear) of \(count) unclear",
        ]
        let words = parts.compactMap(\.self).joined(separator: ", ")
        return "\(point.outcome.sign) \(words.isEmpty ? "hold" : words)\(given)"
    }
}

import OrreryExperiment

/// The points of a capacity search as rows, the same in the page and in the terminal.
struct CapacityTable {
    let result: CapacityResult

    /// The headings behind that of the parameter.
    static let headings = ["seeds", "P(collapse)", "outcome", "estimate (interval)"]

    /// One row for each point: the value, then the figures.
    var rows: [[String]] {
        result.points.map { point in
            [
                point.value, String(point.replications), SweepTable.text(point.collapse),
                CapacityTable.words(point.outcome),
                point.closest.map { CapacityTable.words($0, isOnly: point.thresholds.count == 1) } ?? Numerals.absent,
            ]
        }
    }

    /// What is known of a value, with a sign.
    static func words(_ outcome: CapacityPointResult.Outcome) -> String {
        switch outcome {
        case .passes: "✓ passes"
        case .fails: "✗ fails"
        case .leansToPassing: "? leans to passing"
        case .leansToFailing: "? leans to failing"
        case .noData: "? no data"
        case .open: "? not finished"
        }
    }

    /// What the thresholds demand, and what is compared with their limits.
    static func demands(of result: CapacityResult) -> [String] {
        (result.points.first?.thresholds ?? []).map { threshold in
            let limit = Quantity.share(threshold.limit)
            let tested =
                switch threshold.tested {
                case .meanOverSeeds: "tested is the mean of the seeds' own figures"
                case .shareBreaking: "tested is whether at most \(limit) of the seeds break it"
                case .shareMeeting: "tested is whether at least \(limit) of the seeds meet it"
                case .shareOfClass: "tested is how probable such a run is"
                }
            return "\(words(threshold)); \(tested)."
        }
    }

    private static func words(_ threshold: ThresholdTestResult) -> String {
        "\(threshold.metric): \(threshold.condition)" + (threshold.scope.map { ", \($0)" } ?? "")
    }

    /// A threshold's estimate and the interval that decided; with its condition where there are several.
    static func words(_ threshold: ThresholdTestResult, isOnly: Bool) -> String {
        let condition = isOnly ? "" : " · \(words(threshold))"
        guard let estimate = threshold.estimate else {
            let words =
                switch threshold.outcome {
                case .noData: "a seed without data"
                case .fails: "a run was given up"
                default: Numerals.absent
                }
            return words + condition
        }
        let shown = Quantity.text(estimate, unit: threshold.unit)
        guard let lower = threshold.lower, let upper = threshold.upper else { return shown + condition }
        let (low, high) = (Quantity.text(lower, unit: threshold.unit), Quantity.text(upper, unit: threshold.unit))
        return "\(shown) (\(low) … \(high))" + condition
    }
}

extension CapacityPointResult {
    /// The threshold that decides: one that does not pass, or else the one with the least room.
    var closest: ThresholdTestResult? {
        if let first = thresholds.first(where: { $0.outcome != .passes }) { return first }
        return thresholds.min { $0.room < $1.room }
    }
}

extension ThresholdTestResult {
    /// How far the estimate lies from the limit, in half widths of its interval.
    fileprivate var room: Double {
        guard let estimate, let lower, let upper, upper > lower else { return .infinity }
        return abs(estimate - limit) / (upper - lower)
    }
}

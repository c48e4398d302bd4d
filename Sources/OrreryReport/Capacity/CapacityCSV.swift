public import OrreryExperiment
import OrreryKernel

/// The points of a capacity search as comma-separated values, one threshold of one value a line.
///
/// Columns: the parameter by its path, seeds, outcome, metric, condition, unit, limit, estimate, lower, upper, and the
/// threshold's own outcome. The ends are those of the interval that decided. Lines end as RFC 4180 wants it.
struct CapacityCSV {
    let result: CapacityResult

    /// The whole text, heading included.
    var text: String {
        let heading = [
            result.parameter.path, "seeds", "outcome", "metric", "condition", "unit", "limit", "estimate", "lower",
            "upper", "threshold",
        ]
        let rows = result.points.flatMap { point in
            point.thresholds.map { threshold in
                [
                    point.value, String(point.replications), point.outcome.rawValue, threshold.metric,
                    threshold.condition, threshold.unit, DecimalText.trimmed(threshold.limit),
                ]
                    + [threshold.estimate, threshold.lower, threshold.upper].map { $0.map(DecimalText.trimmed) ?? "" }
                    + [threshold.outcome.rawValue]
            }
        }
        return ([heading] + rows).map { $0.map(CSVReport.field).joined(separator: ",") + "\r\n" }.joined()
    }
}

extension CapacityResult: Reportable {
    /// The page with the answer and the values that were tested.
    public var page: String { CapacityPage(result: self).text }
    /// One line for each threshold of each value.
    public var table: String { CapacityCSV(result: self).text }
    /// The answer, and one row for each value.
    public func text(isColoured: Bool) -> String {
        CapacityText(result: self, report: TextReport(isColoured: isColoured)).text
    }
}

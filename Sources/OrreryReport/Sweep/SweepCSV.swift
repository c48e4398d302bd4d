public import OrreryExperiment
import OrreryKernel

/// The figures of a sweep as comma-separated values in the long form, one value a line.
///
/// Columns: variant, one for each parameter by its path, metric, figure, unit, value. Figures are `mean`, `half-width`
/// (of the 95 % interval), `p50` to `p99.9`; the probabilities of classes and of a collapse have `share`, `lower` and
/// `upper`. Values have all their digits. Lines end as RFC 4180 wants it.
struct SweepCSV {
    let result: SweepResult

    /// The whole text, heading included.
    var text: String {
        let units = Dictionary(result.metrics.map { ($0.key, $0.unit) }) { first, _ in first }
        var lines = [["variant"] + result.parameters.map(\.path) + ["metric", "figure", "unit", "value"]]
        for variant in result.variants {
            for point in variant.points {
                let place = [variant.name] + point.values
                for metric in point.metrics {
                    lines += figures(metric).map { place + [metric.key, $0.name, units[metric.key] ?? "", $0.value] }
                }
                for kind in point.classes {
                    let probability = ProbabilityFigures(share: kind.share, lower: kind.lower, upper: kind.upper)
                    lines += probability.named.map { place + ["outcome.\(kind.name)", $0.name, "share", $0.value] }
                }
                let collapse = point.collapse
                let probability = ProbabilityFigures(
                    share: collapse?.share, lower: collapse?.lower, upper: collapse?.upper)
                lines += probability.named.map { place + ["collapse", $0.name, "share", $0.value] }
                lines.append(place + ["runs", "finished", "runs", String(point.replications)])
            }
        }
        return lines.map { $0.map(CSVReport.field).joined(separator: ",") + "\r\n" }.joined()
    }

    private func figures(_ metric: PointMetric) -> [(name: String, value: String)] {
        [("mean", DecimalText.trimmed(metric.mean))]
            + (metric.halfWidth.map { [("half-width", DecimalText.trimmed($0))] } ?? [])
            + (metric.quantiles ?? []).map { quantile in
                ("p" + Numerals.significant(quantile.share * 100, digits: 5), DecimalText.trimmed(quantile.seconds))
            }
    }
}

/// A probability with the ends of its interval, as lines of a table; none of them if it is unknown.
private struct ProbabilityFigures {
    var share: Double?
    var lower: Double?
    var upper: Double?

    var named: [(name: String, value: String)] {
        [("share", share), ("lower", lower), ("upper", upper)].compactMap { name, value in
            value.map { (name, DecimalText.trimmed($0)) }
        }
    }
}

extension SweepResult: Reportable {
    /// The page with the scaling charts.
    public var page: String { SweepPage(result: self).text }
    /// One line for each figure of each point.
    public var table: String { SweepCSV(result: self).text }
    /// One row for each point.
    public func text(isColoured: Bool) -> String {
        SweepText(result: self, report: TextReport(isColoured: isColoured)).text
    }
}

import OrreryExperiment
import OrreryKernel

/// A chart of lines over simulated time, with its title, legend, and a table of the same figures.
struct TimeChart {
    /// Unique in the page.
    var id: String
    var title: String
    /// The unit or meaning of the vertical axis.
    var unitNote: String
    /// What the values are measured in, for the tooltip and the table: `s`, `share`, `items`, `items/h`.
    var unit: String
    var lines: [ChartLine]
    var binSeconds: Double
    var duration: Double
    /// The stretches of time that are tinted.
    var phases: [Plot.Band]
    var axis: ValueAxis
    var references: [Plot.Reference] = []
    /// Remarks under the chart.
    var remarks: [String] = []
    /// The most bins that are drawn.
    var binLimit = 600

    /// How many bins are joined: enough to stay within the limit, and whole bins of the spreads.
    private var factor: Int {
        let count = lines.map(\.values.count).max() ?? 0
        let spread = lines.compactMap { $0.band.map(bins) }.max() ?? 1
        return max(1, ((count + binLimit - 1) / binLimit + spread - 1) / spread) * spread
    }

    /// How many bins of the lines one bin of a spread covers.
    private func bins(of band: SeriesBandResult) -> Int {
        binSeconds > 0 ? max(1, Int((band.binSeconds / binSeconds).rounded())) : 1
    }

    /// The chart as a figure; a sentence where there is nothing to draw.
    var figure: Markup {
        element("figure", ["class": "chart"]) {
            element("figcaption") {
                element("h4") { title }
                element("span", ["class": "unit"]) { unitNote }
            }
            if isEmpty {
                element("p", ["class": "nothing"]) {
                    "Nothing was measured here: no item reached this point of the way."
                }
            } else {
                LineLook.legend(lines.map { ($0.label, $0.look) })
                element("div", ["class": "frame"]) { plot.drawing }
                if !remarks.isEmpty {
                    element("p", ["class": "remark"]) { remarks.joined(separator: " ") }
                }
                TimeTable(chart: self).twin
            }
        }
    }

    private var isEmpty: Bool {
        lines.allSatisfy { $0.values.allSatisfy { $0 == nil } }
    }

    private var plot: Plot {
        let drawn = lines.map { $0.merged(by: factor) }
        let step = binSeconds * Double(factor)
        let width = 1000 * step / TimeAxis(duration: duration).duration
        var plot = Plot(
            id: id, title: title, description: description, axis: axis, ticks: TimeAxis(duration: duration).ticks,
            references: references, strokes: [])
        let frame = plot
        plot.strokes = drawn.map { line in
            let spread = spread(of: line)
            return Plot.Stroke(
                label: line.label, look: line.look,
                path: PathText.stairs(line.values, binWidth: width, height: frame.drop),
                surface: spread.map { PathText.between($0.lower, $0.upper, binWidth: width, height: frame.drop) }
                    ?? (line.isArea && !hasSpread
                        ? PathText.surface(line.values, binWidth: width, floor: frame.height, height: frame.drop)
                        : nil),
                spread: spread.map { (shown($0.lower), shown($0.upper)) }, values: shown(line.values),
                marks: peak(of: line, binWidth: width / 1000).map { [$0] } ?? [],
                end: line.values.last { $0 != nil } ?? nil)
        }
        plot.bands = phases
        plot.script = [
            ("step", DecimalText.trimmed(step)), ("total", DecimalText.trimmed(duration)), ("unit", tooltipUnit),
        ]
        return plot
    }

    private var hasSpread: Bool { lines.contains { $0.band != nil } }

    /// Values in the unit that the tooltip shows.
    private func shown(_ values: [Double?]) -> [Double?] {
        unit == "share" ? values.map { value in value.map { $0 * 100 } } : values
    }

    /// The spread around a line, in the bins that are drawn; nil where none is known.
    private func spread(of line: ChartLine) -> (lower: [Double?], upper: [Double?])? {
        guard let band = line.band else { return nil }
        func joined(_ values: [Double?]) -> [Double?] {
            ChartLine(label: "", values: values, look: 1).merged(by: factor / bins(of: band)).values
        }
        return (joined(band.lower), joined(band.upper))
    }

    /// The middle of the highest bin; nil where nothing was measured or everything is zero.
    private func peak(of line: ChartLine, binWidth: Double) -> (position: Double, value: Double)? {
        let highest = line.highest
        guard highest > 0, let index = line.values.firstIndex(of: highest) else { return nil }
        return (min(1, (Double(index) + 0.5) * binWidth), highest)
    }

    private var tooltipUnit: String { unit == "share" ? "%" : unit }

    private var description: String {
        let parts = lines.map { line in
            let values = line.values.compactMap { $0 }.filter(\.isFinite)
            guard let lowest = values.min(), let highest = values.max() else { return "\(line.label): not measured" }
            let range = Quantity.text(lowest, unit: unit) + " to " + Quantity.text(highest, unit: unit)
            return "\(line.label): \(range)"
        }
        return "\(unitNote), over \(Quantity.seconds(duration)) of simulated time. " + parts.joined(separator: "; ")
            + "."
    }
}

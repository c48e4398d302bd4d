import OrreryExperiment

/// A figure of every point against the swept parameter, with its interval as a surface.
struct SweepChart {
    /// A value and the interval that belongs to it.
    typealias Figure = (value: Double, interval: ClosedRange<Double>?)

    /// Unique in the page.
    var id: String
    var title: String
    /// The unit or meaning of the vertical axis.
    var unitNote: String
    /// What the values are measured in: `s`, `share`, `items/s`.
    var unit: String
    var result: SweepResult
    var axis: ParameterAxis
    /// The figure of a point; nil where it was not measured.
    var figure: (SweepPointResult) -> Figure?
    /// A curve beside the points, by its name and formula.
    var curve: (label: String, value: (Double) -> Double)?
    /// Where the curve bends; nil where that is not known.
    var knee: Double?

    /// As many lines as there are looks; the table has all of them.
    private static let lineLimit = 4

    private var all: [SweepLine] {
        SweepLine.lines(of: result).filter { $0.points.contains { figure($0.point) != nil } }
    }

    private var drawn: [SweepLine] { Array(all.prefix(SweepChart.lineLimit - (curve == nil ? 0 : 1))) }

    /// The chart; a sentence where nothing was measured.
    var markup: Markup {
        element("figure", ["class": "chart"]) {
            element("figcaption") {
                element("h4") { title }
                element("span", ["class": "unit"]) { unitNote }
            }
            if drawn.isEmpty {
                element("p", ["class": "nothing"]) { "Not measured at any point." }
            } else {
                LineLook.legend(legend)
                element("div", ["class": "frame"]) { plot.drawing }
                if all.count > drawn.count {
                    element("p", ["class": "remark"]) {
                        "Drawn are the first \(drawn.count) of \(all.count) lines; the table of all points has the others."
                    }
                }
            }
        }
    }

    private var legend: [(label: String, look: Int)] {
        drawn.enumerated().map { ($0.element.label, $0.offset + 1) }
            + (curve.map { [($0.label, SweepChart.lineLimit)] } ?? [])
    }

    private var plot: Plot {
        let figures = drawn.map { line in line.points.map { ($0.number, figure($0.point)) } }
        var plot = Plot(
            id: id, title: title, description: description, height: 200,
            axis: valueAxis(figures.flatMap { $0.compactMap(\.1) }), ticks: axis.ticks, strokes: [])
        let frame = plot
        plot.strokes = drawn.enumerated().map { index, line in
            stroke(line.label, look: index + 1, figures[index], in: frame)
        }
        if let curve { plot.strokes.append(stroke(curve, in: frame)) }
        if let knee {
            let place = axis.position(knee)
            plot.bands = [
                Plot.Band(from: place, to: min(1, place + 0.0015), label: "knee at \(axis.label(knee))", isFault: true)
            ]
        }
        plot.script = [
            ("at", axis.values.map { Numerals.compact((axis.position($0) * 1000).rounded()) }.joined(separator: " ")),
            ("names", axis.values.map(axis.label).joined(separator: "|")), ("unit", unit == "share" ? "%" : unit),
        ]
        return plot
    }

    private func valueAxis(_ figures: [Figure]) -> ValueAxis {
        switch unit {
        case "share": .shares
        case "s": .durations(figures.flatMap { [$0.value, $0.interval?.upperBound ?? $0.value] })
        default:
            .counts(
                highest: (figures.map { max($0.value, $0.interval?.upperBound ?? 0) }
                    + axis.values.compactMap { number in curve?.value(number) }).max() ?? 0)
        }
    }

    private func stroke(_ label: String, look: Int, _ points: [(Double, Figure?)], in frame: Plot) -> Plot.Stroke {
        let measured = points.compactMap { number, figure in figure.map { (x: 1000 * axis.position(number), $0) } }
        var path = PathText()
        for (index, (x, figure)) in measured.enumerated() {
            let y = frame.drop(figure.value)
            if index == 0 { path.move(to: x, y) } else { path.draw(to: x, y) }
        }
        return Plot.Stroke(
            label: label, look: look, path: path.text, surface: surface(measured, in: frame),
            values: axis.values.map { value in
                points.first { $0.0 == value }?.1.map { unit == "share" ? $0.value * 100 : $0.value }
            },
            marks: measured.map { ($0.x / 1000, $0.1.value) }, end: measured.last?.1.value)
    }

    /// What lies between the ends of the intervals; nil if a point has none.
    private func surface(_ measured: [(x: Double, Figure)], in frame: Plot) -> String? {
        let ends = measured.compactMap { x, figure in figure.interval.map { (x, $0) } }
        guard ends.count == measured.count, ends.count > 1 else { return nil }
        var path = PathText()
        for (index, (x, interval)) in ends.enumerated() {
            let y = frame.drop(interval.upperBound)
            if index == 0 { path.move(to: x, y) } else { path.draw(to: x, y) }
        }
        for (x, interval) in ends.reversed() { path.draw(to: x, frame.drop(interval.lowerBound)) }
        path.close()
        return path.text
    }

    private func stroke(_ curve: (label: String, value: (Double) -> Double), in frame: Plot) -> Plot.Stroke {
        var path = PathText()
        for (index, number) in axis.samples(80).enumerated() {
            let (x, y) = (1000 * axis.position(number), frame.drop(curve.value(number)))
            if index == 0 { path.move(to: x, y) } else { path.draw(to: x, y) }
        }
        return Plot.Stroke(
            label: curve.label, look: SweepChart.lineLimit, path: path.text, values: axis.values.map(curve.value))
    }

    private var description: String {
        let parts = drawn.map { line in
            let values = line.points.compactMap { figure($0.point)?.value }
            let range =
                Quantity.text(values.min(), unit: unit) + " to " + Quantity.text(values.max(), unit: unit)
            return "\(line.label): \(range)"
        }
        return "\(unitNote). " + parts.joined(separator: "; ") + "."
    }
}

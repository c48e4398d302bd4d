import OrreryExperiment

/// What was measured at every tested value, with the interval that decided, beside the limit.
struct CapacityChart {
    /// A value and the interval that belongs to it.
    typealias Figure = (value: Double, interval: ClosedRange<Double>?)

    /// Unique in the page.
    var id: String
    var title: String
    var unitNote: String
    var unit: String
    var limit: Double?
    var limitName: String
    var result: CapacityResult
    /// The figure of a point; nil where it was not measured.
    var figure: (CapacityPointResult) -> Figure?

    private var measured: [(point: CapacityPointResult, figure: Figure)] {
        result.points.compactMap { point in figure(point).map { (point, $0) } }.sorted { $0.0.number < $1.0.number }
    }

    /// The chart; a sentence where nothing was measured.
    var markup: Markup {
        element("figure", ["class": "chart"]) {
            element("figcaption") {
                element("h4") { title }
                element("span", ["class": "unit"]) { unitNote }
            }
            if measured.isEmpty {
                element("p", ["class": "nothing"]) { "Not measured at any value." }
            } else {
                element("div", ["class": "frame"]) { plot.drawing }
            }
        }
    }

    private var plot: Plot {
        let measured = measured
        let axis = ParameterAxis(values: measured.map(\.point.number), unit: result.parameter.unit ?? "")
        var plot = Plot(
            id: id, title: title, description: description, height: 200, axis: valueAxis, ticks: axis.ticks,
            strokes: [])
        let frame = plot
        var path = PathText()
        for (index, (point, figure)) in measured.enumerated() {
            let (x, y) = (1000 * axis.position(point.number), frame.drop(figure.value))
            if index == 0 { path.move(to: x, y) } else { path.draw(to: x, y) }
        }
        let ends = measured.compactMap { point, figure in
            figure.interval.map { (x: 1000 * axis.position(point.number), interval: $0) }
        }
        var surface = PathText()
        for (index, end) in ends.enumerated() {
            let y = frame.drop(end.interval.upperBound)
            if index == 0 { surface.move(to: end.x, y) } else { surface.draw(to: end.x, y) }
        }
        for end in ends.reversed() { surface.draw(to: end.x, frame.drop(end.interval.lowerBound)) }
        surface.close()
        func shown(_ value: Double?) -> Double? { value.map { unit == "share" ? $0 * 100 : $0 } }
        plot.strokes = [
            Plot.Stroke(
                label: "estimate", look: 1, path: path.text, surface: ends.count > 1 ? surface.text : nil,
                spread: (
                    measured.map { shown($0.figure.interval?.lowerBound) },
                    measured.map { shown($0.figure.interval?.upperBound) }
                ),
                values: measured.map { shown($0.figure.value) },
                marks: measured.map { (axis.position($0.point.number), $0.figure.value) })
        ]
        if let limit, limit >= plot.axis.lower, limit <= plot.axis.upper {
            plot.references = [Plot.Reference(value: limit, label: limitName)]
        }
        plot.script = [
            (
                "at",
                measured.map { Numerals.compact((axis.position($0.point.number) * 1000).rounded()) }
                    .joined(separator: " ")
            ),
            (
                "names",
                measured.map { "\(axis.label($0.point.number)): \(CapacityTable.words($0.point.outcome))" }
                    .joined(separator: "|")
            ),
            ("unit", unit == "share" ? "%" : unit),
        ]
        return plot
    }

    private var valueAxis: ValueAxis {
        let values = measured.flatMap { [$0.figure.value, $0.figure.interval?.upperBound ?? $0.figure.value] }
        switch unit {
        case "share": return .shares
        case "s": return .durations(values + (limit.map { [$0] } ?? []))
        default: return .counts(highest: max(values.max() ?? 0, limit ?? 0))
        }
    }

    private var description: String {
        let parts = measured.map { point, figure in
            "\(point.value): \(Quantity.text(figure.value, unit: unit)), \(CapacityTable.words(point.outcome))"
        }
        return "\(unitNote). " + parts.joined(separator: "; ") + "."
    }
}

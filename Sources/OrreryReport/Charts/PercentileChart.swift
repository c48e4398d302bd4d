import OrreryExperiment

/// The percentile curve: how long the fastest half, nine tenths, ninety-nine hundredths … of all items took at most.
///
/// The horizontal axis is logarithmic in 1/(1 − share), which gives every further nine the same room; a mean hides
/// exactly that.
struct PercentileChart {
    /// One curve.
    struct Curve {
        var label: String
        var distribution: DistributionResult
    }

    /// Unique in the page.
    var id: String
    var curves: [Curve]

    /// The share behind which fewer than this many items lie is marked as uncertain.
    private static let fewItems = 10.0
    /// Shares that are labelled, in decades of 1/(1 − share).
    private static let landmarks: [(share: Double, label: String)] = [
        (0, "0 %"), (0.5, "50 %"), (0.9, "90 %"), (0.99, "99 %"), (0.999, "99.9 %"), (0.9999, "99.99 %"),
        (0.99999, "99.999 %"), (0.999999, "99.9999 %"),
    ]

    /// The curve as a figure; a sentence where nothing was delivered.
    var figure: Markup {
        element("figure", ["class": "chart"]) {
            element("figcaption") {
                element("h4") { "Percentiles of the latency" }
                element("span", ["class": "unit"]) {
                    "share of the items that took at most so long; each decade of the tail has the same width"
                }
            }
            if drawable.isEmpty {
                element("p", ["class": "nothing"]) { "Not measured: nothing was delivered after the warm-up." }
            } else {
                LineLook.legend(drawable.enumerated().map { ($0.element.label, $0.offset % 4 + 1) })
                element("div", ["class": "frame"]) { plot.drawing }
                if listed.count > drawable.count {
                    element("p", ["class": "remark"]) {
                        "Drawn are the first \(drawable.count); the table has all \(listed.count)."
                    }
                }
                if isUncertain {
                    element("p", ["class": "remark"]) {
                        "In the tinted part fewer than ten items lie beyond the curve: read it as an example, not as a rate."
                    }
                }
                twin
            }
        }
    }

    /// The curves that have points.
    private var listed: [Curve] { curves.filter { !points($0).isEmpty } }

    /// The curves that are drawn: as many as there are looks.
    ///
    /// The table has all of them.
    private var drawable: [Curve] { Array(listed.prefix(4)) }

    private func points(_ curve: Curve) -> [DistributionResult.Quantile] {
        curve.distribution.quantiles.filter { $0.share >= 0 && $0.share < 1 && $0.seconds.isFinite }
            .sorted { $0.share < $1.share }
    }

    /// The points that are drawn: without the shortest item, which would stretch the axis over empty decades.
    private func drawn(_ curve: Curve) -> [DistributionResult.Quantile] {
        let points = points(curve)
        let others = points.filter { $0.share > 0 }
        return others.isEmpty ? points : others
    }

    /// How many nines a share has: 0 for none, 1 for 90 %, 2 for 99 %.
    private func nines(_ share: Double) -> Double {
        Numerals.decimalLogarithm(1 / max(1e-12, 1 - share))
    }

    private var right: Double {
        max(1, drawable.flatMap(points).map { nines($0.share) }.max() ?? 1)
    }

    private var uncertainFrom: Double {
        let count = drawable.map(\.distribution.count).max() ?? 0
        return count > 0 ? max(0, Numerals.decimalLogarithm(Double(count) / PercentileChart.fewItems)) / right : 0
    }

    private var isUncertain: Bool { uncertainFrom < 0.999 }

    private var plot: Plot {
        let values = drawable.flatMap(drawn).map(\.seconds)
        let ticks = PercentileChart.landmarks.filter {
            nines($0.share) <= right * 1.001 && ($0.share > 0 || right < 4.5)
        }.map { landmark in
            TimeAxis.Tick(
                position: nines(landmark.share) / right, label: landmark.label,
                isMinor: right > 3.5 && (landmark.share == 0.5 || landmark.share == 0.999 || landmark.share == 0.99999))
        }
        var plot = Plot(
            id: id, title: "Percentiles of the latency", description: description, height: 220,
            axis: .durations(values), ticks: ticks, strokes: [])
        let frame = plot
        plot.strokes = drawable.enumerated().map { offset, curve in
            let points = drawn(curve)
            var path = PathText()
            for (index, point) in points.enumerated() {
                let (x, y) = (1000 * nines(point.share) / right, frame.drop(point.seconds))
                if index == 0 { path.move(to: x, y) } else { path.draw(to: x, y) }
            }
            return Plot.Stroke(
                label: curve.label, look: offset % 4 + 1, path: path.text, values: points.map(\.seconds),
                marks: points.last.map { [(nines($0.share) / right, $0.seconds)] } ?? [], end: points.last?.seconds)
        }
        if isUncertain { plot.bands = [Plot.Band(from: uncertainFrom, to: 1, label: "few items", isNamedBelow: true)] }
        plot.script = [
            (
                "at",
                drawn(drawable[0]).map { Numerals.compact((nines($0.share) / right * 1000).rounded()) }.joined(
                    separator: " ")
            ),
            ("names", drawn(drawable[0]).map { shareText($0.share) }.joined(separator: "|")), ("unit", "s"),
        ]
        return plot
    }

    private func shareText(_ share: Double) -> String {
        Numerals.trimmed(Numerals.fixed(share * 100, decimals: 5)) + " %"
    }

    private var description: String {
        drawable.map { curve in
            let marks = points(curve).filter { [0.5, 0.9, 0.99, 0.999].contains($0.share) }
            return curve.label + ": "
                + marks.map { "\(shareText($0.share)) within \(Quantity.seconds($0.seconds))" }
                .joined(separator: ", ") + "."
        }.joined(separator: " ")
    }

    private var twin: Markup {
        element("details", ["class": "twin"]) {
            element("summary") { "The percentiles as a table" }
            element(
                "div",
                ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Percentiles of the latency"]
            ) {
                element("table") {
                    element("thead") {
                        element("tr") {
                            element("th", ["scope": "col"]) { "share of the items" }
                            for curve in listed {
                                element("th", ["scope": "col", "class": "number"]) { curve.label }
                            }
                        }
                    }
                    element("tbody") {
                        for share in tableShares {
                            element("tr") {
                                element("th", ["scope": "row"]) { shareText(share) }
                                for curve in listed {
                                    element("td", ["class": "number"]) {
                                        Quantity.seconds(points(curve).first { $0.share == share }?.seconds)
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// At most two dozen shares: the landmarks, or everything where that is little.
    private var tableShares: [Double] {
        let known = Set(listed.flatMap { points($0).map(\.share) }).sorted()
        guard known.count > 24 else { return known }
        let landmarks: [Double] = [
            0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.98, 0.99, 0.995, 0.999, 0.9995, 0.9999, 0.99999, 0.999999,
        ]
        return landmarks.filter { known.contains($0) }
    }
}

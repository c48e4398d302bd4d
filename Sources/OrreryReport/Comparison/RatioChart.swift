import OrreryExperiment

/// By how much each metric changes, as multiples of the base with their 95 % intervals, one metric a row.
struct RatioChart {
    /// Unique in the page.
    var id: String
    var rows: [MetricComparison]
    /// What a row says in figures.
    var words: (MetricComparison) -> String

    private static let rowHeight = 24.0
    private static let rowLimit = 30
    /// How far the axis can reach, as multiples.
    private static let reaches: [Double] = [1.1, 1.25, 1.5, 2, 4, 10, 100]

    /// The rows that have a multiple, as far as there is room.
    private var drawn: [MetricComparison] {
        Array(rows.filter { $0.ratio.map { $0 > 0 && $0.isFinite } ?? false }.prefix(RatioChart.rowLimit))
    }

    private var height: Double { RatioChart.rowHeight * Double(drawn.count) }

    private var reach: Double {
        let sizes = drawn.flatMap { [$0.ratio, $0.ratioLower, $0.ratioUpper] }.compactMap { ratio -> Double? in
            guard let ratio, ratio > 0, ratio.isFinite else { return nil }
            return max(ratio, 1 / ratio)
        }
        return RatioChart.reaches.first { $0 >= (sizes.max() ?? 1) } ?? 100
    }

    /// The chart; nothing where no metric has a multiple.
    @MarkupBuilder var figure: Markup {
        if !drawn.isEmpty {
            element("figure", ["class": "chart"]) {
                element("figcaption") {
                    element("h4") { "How many times the base" }
                    element("span", ["class": "unit"]) { "with the 95 % interval; logarithmic; 1: unchanged" }
                }
                element("ul", ["class": "legend"]) {
                    for (verdict, word) in RatioChart.legend where drawn.contains(where: { look($0) == verdict }) {
                        element("li") {
                            LineLook.sample(verdict)
                            word
                        }
                    }
                }
                element("div", ["class": "frame named"]) { drawing }
            }
        }
    }

    private static let legend = [(3, "worse"), (4, "better"), (6, "not shown, or not judged")]

    private func look(_ row: MetricComparison) -> Int {
        switch row.verdict {
        case .worse?: 3
        case .better?: 4
        default: 6
        }
    }

    private func place(_ ratio: Double) -> Double {
        let share = Numerals.decimalLogarithm(max(ratio, 1e-9)) / Numerals.decimalLogarithm(reach)
        return min(1, max(0, 0.5 + share / 2))
    }

    private var drawing: Markup {
        element(
            "svg",
            [
                "class": "plot ratios", "id": id, "role": "img", "tabindex": "0", "width": "100%",
                "height": Plot.pixels(height), "aria-labelledby": "\(id)-title \(id)-desc",
                "data-at": drawn.map { Plot.figures([(place($0.ratio ?? 1) * 1000).rounded()]) }
                    .joined(separator: " "),
                "data-names": drawn.map { HeatMap.plain($0.key) }.joined(separator: "|"),
                "data-texts": drawn.map { HeatMap.plain(words($0)) }.joined(separator: "|"),
            ]
        ) {
            element("title", ["id": "\(id)-title"]) { "How many times the base" }
            element("desc", ["id": "\(id)-desc"]) {
                drawn.map { "\($0.key): \(Numerals.significant($0.ratio ?? 1))." }.joined(separator: " ")
            }
            for place in [0, 0.25, 0.75, 1] {
                element("line", ["class": "grid", "x1": Plot.percent(place), "x2": Plot.percent(place), "y2": "100%"])
            }
            element("line", ["class": "nick", "x1": "50%", "x2": "50%", "y2": "100%"])
            for (index, row) in drawn.enumerated() { line(row, index) }
            Plot.upright(ticks, height: height)
        }
    }

    private var ticks: [TimeAxis.Tick] {
        let root = reach.squareRoot()
        return [(0, 1 / reach), (0.25, 1 / root), (0.5, 1), (0.75, root), (1, reach)].map { position, ratio in
            TimeAxis.Tick(
                position: position, label: "× " + Numerals.significant(ratio),
                isMinor: position == 0.25 || position == 0.75)
        }
    }

    private func line(_ row: MetricComparison, _ index: Int) -> Markup {
        let middle = Plot.pixels((Double(index) + 0.5) * RatioChart.rowHeight)
        let ratio = row.ratio ?? 1
        let (from, to) = (place(row.ratioLower ?? ratio), place(row.ratioUpper ?? ratio))
        return element("g") {
            element("text", ["class": "tick level", "x": "-10", "y": middle, "dy": "4"]) {
                HeatMap.short(row.key, to: 23)
            }
            element(
                "line",
                [
                    "class": "whisker look\(look(row))", "x1": Plot.percent(from), "x2": Plot.percent(to), "y1": middle,
                    "y2": middle,
                ])
            LineLook.marker(look(row), x: Plot.percent(place(ratio)), y: middle)
        }
    }
}

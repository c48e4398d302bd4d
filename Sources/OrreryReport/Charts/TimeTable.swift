/// The figures of a time chart as a table: at most two dozen stretches of time.
struct TimeTable {
    var chart: TimeChart

    /// Two dozen rows, or half as many where several variants share the page.
    private var binsPerRow: Int {
        let rows = chart.binLimit < 200 ? 12 : 24
        return max(1, ((chart.lines.map(\.values.count).max() ?? 0) + rows - 1) / rows)
    }

    /// The table behind a switch.
    var twin: Markup {
        element("details", ["class": "twin"]) {
            element("summary") { "The figures of “\(chart.title)” as a table" }
            element(
                "div",
                ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": "Figures of \(chart.title)"]
            ) {
                element("table", ["class": "figures"]) {
                    element("thead") {
                        element("tr") {
                            element("th", ["scope": "col"]) { "from" }
                            for line in chart.lines {
                                element("th", ["scope": "col"]) { heading(line) }
                            }
                        }
                    }
                    element("tbody") {
                        for row in rows { row }
                    }
                }
            }
        }
    }

    private func heading(_ line: ChartLine) -> String {
        guard binsPerRow > 1 else { return line.label }
        return line.label + (line.merging == .mean ? " (mean)" : " (highest)")
    }

    private var rows: [Markup] {
        let count = chart.lines.map(\.values.count).max() ?? 0
        return stride(from: 0, to: count, by: binsPerRow).map { start in
            element("tr") {
                element("th", ["scope": "row"]) {
                    TimeAxis.moment(Double(start) * chart.binSeconds, within: chart.duration)
                }
                for line in chart.lines {
                    element("td") { value(of: line, from: start) }
                }
            }
        }
    }

    private func value(of line: ChartLine, from start: Int) -> String {
        guard start < line.values.count else { return Numerals.absent }
        let bins = line.values[start..<min(line.values.count, start + binsPerRow)]
        return Quantity.text(line.combined(bins), unit: chart.unit)
    }
}

/// A table of a report, in a frame that scrolls by itself where the screen is too narrow.
struct ReportTable {
    /// A cell.
    struct Cell {
        var content: Markup
        var isNumber = false

        /// Words.
        static func words(_ text: String) -> Cell { Cell(content: Markup(text)) }

        /// A number; the exact value shows on hovering.
        static func number(_ text: String, exact: String? = nil) -> Cell {
            guard let exact, exact != text else { return Cell(content: Markup(text), isNumber: true) }
            return Cell(content: element("span", ["title": exact]) { text }, isNumber: true)
        }

        /// A key or a digest.
        static func code(_ text: String) -> Cell { Cell(content: element("code") { text }) }
    }

    /// What the table shows, for those who cannot see it.
    var label: String
    /// The headings; those over numbers end to the right.
    var columns: [(title: String, isNumber: Bool)]
    /// The rows; the first cell of each is its heading.
    var rows: [[Cell]]
    /// A last row that sums up.
    var footer: [Cell] = []
    /// Whether a narrow screen shows every row as a block of named values, so that nothing lies beyond its edge.
    var isStacked = false

    /// The table.
    var markup: Markup {
        element("div", ["class": "scroll", "tabindex": "0", "role": "group", "aria-label": label]) {
            element("table", ["class": isStacked ? "stacked" : nil]) {
                element("thead") {
                    element("tr") {
                        for column in columns {
                            element("th", ["scope": "col", "class": column.isNumber ? "number" : nil]) { column.title }
                        }
                    }
                }
                element("tbody") {
                    for row in rows { line(row) }
                }
                if !footer.isEmpty {
                    element("tfoot") { line(footer) }
                }
            }
        }
    }

    private func line(_ cells: [Cell]) -> Markup {
        element("tr") {
            for (index, cell) in cells.enumerated() {
                if index == 0 {
                    element("th", ["scope": "row"]) { cell.content }
                } else {
                    element(
                        "td",
                        [
                            "class": cell.isNumber ? "number" : nil,
                            "data-name": isStacked && index < columns.count ? columns[index].title : nil,
                        ]
                    ) { cell.content }
                }
            }
        }
    }
}

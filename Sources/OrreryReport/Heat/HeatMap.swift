import OrreryKernel

/// A picture of many alike parts: one row a part, one column a step of time or a seed, the colour says how much.
struct HeatMap {
    /// What the columns are.
    enum Columns {
        /// Steps of this width through a run of this length.
        case time(step: Double, duration: Double)
        /// Things with these names.
        case named([String], noun: String)
    }

    /// Unique in the page.
    var id: String
    var title: String
    /// What the colours mean, in words.
    var unitNote: String
    var unit: String
    /// One name a row, from above.
    var names: [String]
    /// One row a part; nil where nothing was measured.
    var rows: [[Double?]]
    var columns: Columns
    var scale: HeatScale
    /// What it shows, in a sentence for those who cannot see it.
    var description: String
    /// The same in figures.
    var twin: Markup
    var remark = ""
    /// Whether the names are long; then the map leaves them more room, and its axis is its own.
    var hasLongNames = false

    /// The map as a figure.
    var figure: Markup {
        element("figure", ["class": "chart"]) {
            element("figcaption") {
                element("h4") { title }
                element("span", ["class": "unit"]) { unitNote }
            }
            scale.legend
            element("div", ["class": hasLongNames ? "frame named" : "frame"]) { drawing }
            if !remark.isEmpty { element("p", ["class": "remark"]) { remark } }
            twin
        }
    }

    private var columnCount: Int { rows.map(\.count).max() ?? 0 }

    /// How high a row is: few rows are easy to tell apart, many must fit on a screen.
    private var rowHeight: Double {
        switch rows.count {
        case ...6: 22
        case ...16: 15
        case ...40: 9
        case ...80: 4
        default: max(1, (320 / Double(rows.count) * 2).rounded(.down) / 2)
        }
    }

    private var height: Double { rowHeight * Double(rows.count) }

    private var drawing: Markup {
        let image = PaletteImage(rows: rows.map { $0.map(scale.place) })
        return element(
            "svg",
            [
                "class": "plot heat", "id": id, "role": "img", "tabindex": "0", "width": "100%",
                "height": Plot.pixels(height), "aria-labelledby": "\(id)-title \(id)-desc",
                "data-rows": names.map(HeatMap.plain).joined(separator: "|"),
                "data-cells": rows.map(packed).joined(separator: ";"),
                "data-unit": unit == "share" ? "%" : unit, "data-step": step, "data-total": total,
                "data-names": columnNames,
            ]
        ) {
            element("title", ["id": "\(id)-title"]) { title }
            element("desc", ["id": "\(id)-desc"]) { description }
            element("rect", ["class": "ground", "width": "100%", "height": Plot.pixels(height)])
            element(
                "image",
                [
                    "class": "pixels", "width": "100%", "height": Plot.pixels(height), "preserveAspectRatio": "none",
                    "href": image.address,
                ])
            rowNames
            Plot.upright(ticks, height: height)
        }
    }

    private var rowNames: Markup {
        let every = max(1, Int((13 / rowHeight).rounded(.up)))
        let shared = hasLongNames || names.allSatisfy { $0.count <= 10 } ? 0 : HeatMap.sharedBeginning(of: names)
        return MarkupBuilder.buildArray(
            names.enumerated().filter { $0.offset.isMultiple(of: every) }.map { index, name in
                let middle = (Double(index) + 0.5) * rowHeight
                return element("text", ["class": "tick level", "x": "-8", "y": Plot.pixels(middle), "dy": "4"]) {
                    HeatMap.short(String(name.dropFirst(shared)), to: hasLongNames ? 23 : 10)
                }
            })
    }

    /// A name that fits beside the map: its beginning and its end, which holds the number.
    static func short(_ name: String, to length: Int = 10) -> String {
        name.count <= length ? name : name.prefix(length - 5) + "…" + name.suffix(4)
    }

    /// How many letters all names begin with alike, up to a space or a hyphen: the title says what the parts are.
    static func sharedBeginning(of names: [String]) -> Int {
        guard names.count > 1, let first = names.first else { return 0 }
        let alike = names.reduce(first) { String(zip($0, $1).prefix { $0 == $1 }.map(\.0)) }
        return alike.lastIndex { " -".contains($0) }.map { alike.distance(from: alike.startIndex, to: $0) + 1 } ?? 0
    }

    /// A name without the sign that separates names.
    static func plain(_ name: String) -> String { name.replacing("|", with: "¦") }

    private var ticks: [TimeAxis.Tick] {
        switch columns {
        case .time(_, let duration): return TimeAxis(duration: duration).ticks
        case .named(let names, _):
            let every = max(1, (names.count + 11) / 12)
            return names.enumerated().filter { $0.offset.isMultiple(of: every) }.map { index, name in
                TimeAxis.Tick(
                    position: (Double(index) + 0.5) / Double(max(1, names.count)), label: name,
                    isMinor: !(index / every).isMultiple(of: 2))
            }
        }
    }

    private var step: String? {
        guard case .time(let step, _) = columns else { return nil }
        return DecimalText.trimmed(step)
    }

    private var total: String? {
        guard case .time(_, let duration) = columns else { return nil }
        return DecimalText.trimmed(duration)
    }

    private var columnNames: String? {
        guard case .named(let names, let noun) = columns else { return nil }
        return names.map { "\(noun) \(HeatMap.plain($0))" }.joined(separator: "|")
    }

    /// The values of a row for the script: `0*12 3 4.5` is twelve times zero, then two values.
    static func packed(_ row: [Double?], unit: String) -> String {
        var runs: [(text: String, count: Int)] = []
        for value in row {
            let scaled = value.map { unit == "share" ? $0 * 100 : $0 }
            let text =
                scaled.flatMap {
                    $0.isFinite ? Numerals.significant($0, digits: unit == "share" ? 2 : 3) : nil
                } ?? ""
            let plain = text.replacing(",", with: "").replacing("−", with: "-")
            if runs.last?.text == plain {
                runs[runs.count - 1].count += 1
            } else {
                runs.append((plain, 1))
            }
        }
        return runs.map { $0.count == 1 ? $0.text : "\($0.text)*\($0.count)" }.joined(separator: " ")
    }

    private func packed(_ row: [Double?]) -> String { HeatMap.packed(row, unit: unit) }
}

/// The frame that all line charts share: grid, ticks, bands, reference lines, lines, and names at the ends of the
/// lines.
///
/// The outer drawing has the size of the plot in real pixels, so that its text stays readable at every width; the
/// lines are in a drawing inside it that stretches 1000 units over the whole width. Labels stand in the margins that
/// the style sheet leaves.
struct Plot {
    /// A stretch of the horizontal axis with a tint and a name.
    struct Band {
        var from: Double
        var to: Double
        var label: String
        /// Whether the name stands at the bottom, where the top is taken.
        var isNamedBelow = false
        /// Whether it is a time in which something is broken, which has a tint of its own.
        var isFault = false
    }

    /// A horizontal line at a value, such as a capacity.
    struct Reference {
        var value: Double
        var label: String
    }

    /// A finished line.
    struct Stroke {
        var label: String
        var look: Int
        var path: String
        var surface: String?
        /// The ends of the spread around each value, for the tooltip.
        var spread: (lower: [Double?], upper: [Double?])?
        /// The values for the tooltip, in the unit of the axis.
        var values: [Double?]
        /// The places where its markers stand: its highest one, or every point that was measured.
        var marks: [(position: Double, value: Double)] = []
        /// Its last value, where its name stands.
        var end: Double?
    }

    /// Unique in the page.
    var id: String
    var title: String
    /// What it shows, in a sentence for those who cannot see it.
    var description: String
    /// The height in pixels.
    var height = 168.0
    var axis: ValueAxis
    var ticks: [TimeAxis.Tick]
    var bands: [Band] = []
    var references: [Reference] = []
    var strokes: [Stroke]
    /// What the script needs to say where the reader points at; keys without `data-`.
    var script: [(key: String, value: String)] = []

    /// How far below the upper edge a value lies, in pixels.
    func drop(_ value: Double) -> Double {
        (1 - axis.position(value)) * height
    }

    /// The drawing.
    var drawing: Markup {
        let data = script.map { " data-\($0.key)=\"\(Markup.escaped($0.value))\"" }.joined()
        let opening =
            "<svg class=\"plot\" id=\"\(id)\" role=\"img\" tabindex=\"0\" width=\"100%\" height=\"\(pixels(height))\""
        let names = " aria-labelledby=\"\(id)-title \(id)-desc\"" + data + ">"
        let inside = MarkupBuilder.buildBlock(
            element("title", ["id": "\(id)-title"]) { title },
            element("desc", ["id": "\(id)-desc"]) { description },
            bandMarkup, grid, lines, referenceMarkup, markers, endNames)
        return Markup(trusted: opening + names + inside.source + "</svg>")
    }

    private var bandMarkup: Markup {
        MarkupBuilder.buildArray(
            bands.filter { $0.to > $0.from }.map { band in
                MarkupBuilder.buildBlock(
                    element(
                        "rect",
                        [
                            "class": band.isFault ? "band fault" : "band", "x": percent(band.from), "y": "0",
                            "width": percent(band.to - band.from), "height": pixels(height),
                        ]),
                    band.label.isEmpty ? .empty : name(of: band))
            })
    }

    private func name(of band: Band) -> Markup {
        let place: KeyValuePairs<String, String?> =
            band.isNamedBelow
            ? ["class": "note tail", "x": percent(band.to), "y": pixels(height - 7), "dx": "-5"]
            : ["class": "note", "x": percent(band.from), "y": band.isFault ? "26" : "12", "dx": "5"]
        return element("text", place) { band.label }
    }

    private var grid: Markup {
        let across = axis.ticks.map { tick in
            element("text", ["class": "tick level", "x": "-8", "y": pixels(drop(tick.value)), "dy": "4"]) {
                tick.label
            }
        }
        let levels = axis.ticks.map { "M0 \(pixels(drop($0.value)))h1000" }.joined()
        return MarkupBuilder.buildArray(
            [Plot.stretched(element("path", ["class": "grid", "d": levels]), height: height)] + across
                + [Plot.upright(ticks, height: height)])
    }

    /// A drawing whose 1000 units fill the whole width; its strokes keep their thickness.
    static func stretched(_ content: Markup, height: Double) -> Markup {
        element(
            "svg",
            [
                "width": "100%", "height": pixels(height), "viewBox": "0 0 1000 \(pixels(height))",
                "preserveAspectRatio": "none",
            ]
        ) { content }
    }

    /// The ticks of the horizontal axis below a drawing of this height.
    static func upright(_ ticks: [TimeAxis.Tick], height: Double) -> Markup {
        let nicks = ticks.map { "M\(pixels($0.position * 1000)) \(pixels(height))v4" }.joined()
        let names = ticks.map { tick in
            element(
                "text",
                [
                    "class": "tick" + (tick.position > 0.98 ? " last" : "") + (tick.isMinor ? " minor" : ""),
                    "x": percent(tick.position), "y": pixels(height + 18),
                ]
            ) { tick.label }
        }
        return MarkupBuilder.buildArray(
            [stretched(element("path", ["class": "nick", "d": nicks]), height: height)] + names)
    }

    private var lines: Markup {
        element(
            "svg",
            [
                "class": "lines", "width": "100%", "height": pixels(height), "viewBox": "0 0 1000 \(pixels(height))",
                "preserveAspectRatio": "none",
            ]
        ) {
            for stroke in strokes {
                if let surface = stroke.surface {
                    element("path", ["class": "fill look\(stroke.look)", "d": surface])
                }
            }
            for stroke in strokes {
                element(
                    "path",
                    [
                        "class": "line look\(stroke.look)", "d": stroke.path, "data-label": stroke.label,
                        "data-values": Plot.figures(stroke.values),
                        "data-low": stroke.spread.map { Plot.figures($0.lower) },
                        "data-high": stroke.spread.map { Plot.figures($0.upper) },
                    ])
            }
        }
    }

    private var referenceMarkup: Markup {
        MarkupBuilder.buildArray(
            references.enumerated().map { index, reference in
                let level = drop(reference.value)
                // Names of lines that lie close together stand above and below them.
                let isBelow = references[..<index].contains { abs(drop($0.value) - level) < 18 } && level < height - 20
                return MarkupBuilder.buildBlock(
                    element("line", ["class": "limit", "x2": "100%", "y1": pixels(level), "y2": pixels(level)]),
                    element(
                        "text",
                        ["class": "note limit-name", "x": "100%", "y": pixels(isBelow ? level + 13 : level - 5)]
                    ) { reference.label })
            })
    }

    /// The markers of all lines.
    private var markers: Markup {
        MarkupBuilder.buildArray(
            strokes.flatMap { stroke in
                stroke.marks.map { LineLook.marker(stroke.look, x: percent($0.position), y: pixels(drop($0.value))) }
            })
    }

    /// The names at the right ends of the lines.
    private var endNames: Markup {
        let named = strokes.compactMap { stroke in stroke.end.map { (stroke: stroke, level: drop($0)) } }
        let levels = Plot.spread(named.map(\.level), apart: 14, within: height)
        return element("g", ["class": "ends"]) {
            for (level, name) in zip(levels, named.map(\.stroke)) {
                element(
                    "text",
                    ["class": "end look\(name.look)", "x": "100%", "dx": "9", "y": pixels(level), "dy": "4"]
                ) {
                    name.label.count > 11 ? name.label.prefix(10) + "…" : name.label
                }
            }
        }
    }

    /// The levels moved so little that neighbours lie this far apart and none lies below the floor; their order stays.
    static func spread(_ levels: [Double], apart: Double, within floor: Double) -> [Double] {
        let order = levels.indices.sorted { (levels[$0], $0) < (levels[$1], $1) }
        var moved = levels
        for (upper, lower) in zip(order, order.dropFirst()) {
            moved[lower] = max(moved[lower], moved[upper] + apart)
        }
        var lowest = floor
        for index in order.reversed() {
            moved[index] = min(moved[index], lowest)
            lowest = moved[index] - apart
        }
        return moved
    }

    /// A length in pixels, in tenths.
    static func pixels(_ value: Double) -> String {
        Numerals.compact((value * 10).rounded() / 10)
    }

    /// A share of the width, in tenths of a percent.
    static func percent(_ share: Double) -> String {
        Numerals.trimmed(Numerals.fixed(share * 100, decimals: 1)) + "%"
    }

    /// Values for the script; nothing between two spaces where none was measured.
    static func figures(_ values: [Double?]) -> String {
        values.map { value in value.flatMap { $0.isFinite ? Numerals.compact($0) : nil } ?? "" }
            .joined(separator: " ")
    }

    private func pixels(_ value: Double) -> String { Plot.pixels(value) }
    private func percent(_ share: Double) -> String { Plot.percent(share) }
}

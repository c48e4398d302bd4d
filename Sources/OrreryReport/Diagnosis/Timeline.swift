import OrreryExperiment

/// The chain of events of one run: a lane for each, on the time axis of the charts, joined by what follows from what.
struct Timeline {
    /// Unique in the page.
    var id: String
    /// What went wrong, in the order in which it began.
    var symptoms: [SymptomResult]
    var duration: Double

    private static let lane = 38.0
    /// How far below the top of its lane a bar lies, and how thick it is.
    private static let bar = (top: 22.0, thickness: 8.0)
    /// The longest name that stands in a lane.
    private static let nameLimit = 26

    private var height: Double { Timeline.lane * Double(symptoms.count) + 4 }
    private var total: Double { TimeAxis(duration: duration).duration }

    /// The drawing.
    var drawing: Markup {
        element(
            "svg",
            [
                "class": "plot timeline", "id": id, "role": "img", "tabindex": "0", "width": "100%",
                "height": Plot.pixels(height), "aria-labelledby": "\(id)-title \(id)-desc",
                "data-total": Plot.figures([total]),
                "data-at": symptoms.map { Plot.figures([(place($0.fromSeconds) * 1000).rounded()]) }
                    .joined(separator: " "),
                "data-names": symptoms.map { HeatMap.plain("\(moment($0.fromSeconds)) · \($0.symptom)") }
                    .joined(separator: "|"),
                "data-texts": symptoms.map { HeatMap.plain("\(SymptomRole($0).word): \($0.evidence)") }
                    .joined(separator: "|"),
            ]
        ) {
            element("title", ["id": "\(id)-title"]) { "What happened, in order" }
            element("desc", ["id": "\(id)-desc"]) { description }
            for tick in TimeAxis(duration: duration).ticks {
                let x = Plot.percent(tick.position)
                element("line", ["class": "grid", "x1": x, "x2": x, "y2": Plot.pixels(height)])
            }
            Plot.upright(TimeAxis(duration: duration).ticks, height: height)
            for index in symptoms.indices { link(to: index) }
            for index in symptoms.indices { lane(index) }
        }
    }

    private var description: String {
        symptoms.enumerated().map { index, symptom in
            "\(index + 1), \(SymptomRole(symptom).word): \(symptom.symptom) at \(moment(symptom.fromSeconds))."
        }.joined(separator: " ")
    }

    /// The list below the drawing: what was seen, and from what it follows.
    var list: Markup {
        element("ol", ["class": "chain"]) {
            for (index, symptom) in symptoms.enumerated() {
                element("li", ["id": "\(id)-\(index + 1)"]) {
                    element("p") {
                        SymptomRole(symptom).sample
                        element("b") { "\(index + 1) \(symptom.symptom)" }
                        " · "
                        element("span", ["class": "role-word \(SymptomRole(symptom).rawValue)"]) {
                            SymptomRole(symptom).word
                        }
                        " at \(symptom.place) · \(span(symptom))"
                    }
                    element("p") { Timeline.sentence(symptom.evidence) }
                    element("p", ["class": "meaning"]) {
                        Timeline.sentence(symptom.summary)
                        if let cause = cause(of: index) {
                            " Follows from "
                            element("a", ["href": "#\(id)-\(cause + 1)"]) { "\(cause + 1) \(symptoms[cause].symptom)" }
                            "."
                        }
                    }
                }
            }
        }
    }

    /// The place of the symptom that this one follows from; nil where nothing explains it.
    private func cause(of index: Int) -> Int? {
        symptoms[index].follows.flatMap { symptoms.indices.contains($0) && $0 != index ? $0 : nil }
    }

    /// A text as a sentence, however it was written.
    static func sentence(_ text: String) -> String {
        guard let first = text.first else { return "" }
        return first.uppercased() + text.dropFirst() + (text.hasSuffix(".") ? "" : ".")
    }

    private func span(_ symptom: SymptomResult) -> String {
        let isOpen = symptom.toSeconds >= duration * 0.9999
        if symptom.toSeconds <= symptom.fromSeconds { return "at \(moment(symptom.fromSeconds))" }
        return "from \(moment(symptom.fromSeconds)) to \(isOpen ? "the end" : moment(symptom.toSeconds))"
    }

    private func moment(_ seconds: Double) -> String { TimeAxis.moment(seconds, within: duration) }

    private func place(_ seconds: Double) -> Double { min(1, max(0, seconds / total)) }

    private func middle(of index: Int) -> Double {
        Double(index) * Timeline.lane + Timeline.bar.top + Timeline.bar.thickness / 2
    }

    private func lane(_ index: Int) -> Markup {
        let symptom = symptoms[index]
        let (from, to) = (place(symptom.fromSeconds), place(max(symptom.fromSeconds, symptom.toSeconds)))
        let role = SymptomRole(symptom)
        let isLate = from > 0.5
        let top = Double(index) * Timeline.lane
        return element("g", ["class": "lane"]) {
            element(
                "rect",
                [
                    "class": "span \(role.rawValue)", "x": Plot.percent(from), "y": Plot.pixels(top + Timeline.bar.top),
                    "width": Plot.percent(to - from), "height": Plot.pixels(Timeline.bar.thickness), "rx": "2",
                ])
            role.marker(x: Plot.percent(from), y: Plot.pixels(middle(of: index)))
            element(
                "text",
                [
                    "class": isLate ? "note lane-name late" : "note lane-name", "x": Plot.percent(from),
                    "dx": isLate ? "-9" : "9", "y": Plot.pixels(top + Timeline.bar.top - 7),
                ]
            ) {
                let name = symptom.symptom
                "\(index + 1) " + (name.count > Timeline.nameLimit ? name.prefix(Timeline.nameLimit - 1) + "…" : name)
            }
        }
    }

    /// The way from a cause to what follows from it: along the cause's lane where it is over by then, then down.
    @MarkupBuilder private func link(to index: Int) -> Markup {
        if let cause = cause(of: index) {
            let (start, end) = (middle(of: cause), middle(of: index))
            let x = Plot.percent(place(symptoms[index].fromSeconds))
            let over = place(symptoms[cause].toSeconds)
            if over < place(symptoms[index].fromSeconds) {
                element(
                    "line",
                    [
                        "class": "link", "x1": Plot.percent(over), "x2": x, "y1": Plot.pixels(start),
                        "y2": Plot.pixels(start),
                    ]
                )
            }
            let tip = end > start ? end - 7 : end + 7
            element("line", ["class": "link", "x1": x, "x2": x, "y1": Plot.pixels(start), "y2": Plot.pixels(tip)])
            element("svg", ["class": "marker", "x": x, "y": Plot.pixels(tip)]) {
                element("path", ["class": "tip-of-link", "d": end > start ? "M-4-6h8l-4 7z" : "M-4 6h8l-4-7z"])
            }
        }
    }
}

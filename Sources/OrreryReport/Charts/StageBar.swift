import OrreryExperiment

/// Where the time went: the mean latency as one bar, cut into the stages that items pass.
///
/// Waiting is hatched and working is plain. Every stage has a number, which also stands in the table below the bar.
struct StageBar {
    /// Unique in the page.
    var id: String
    var stages: [StageResult]

    private static let height = 46

    /// The sum of the mean times; nil if none was measured.
    var sum: Double? {
        let means = stages.compactMap(\.mean)
        return means.isEmpty ? nil : means.reduce(0, +)
    }

    /// The share of a stage in the whole; nil if there is none.
    func share(of stage: StageResult) -> Double? {
        guard let sum, sum > 0, let mean = stage.mean else { return nil }
        return mean / sum
    }

    /// The look of the stage at this place: colours repeat after six, numbers never.
    func look(_ index: Int) -> Int { index % 6 + 1 }

    /// The bar; nothing without deliveries.
    var drawing: Markup {
        guard let sum, sum > 0 else { return .empty }
        let words = stages.compactMap { stage in
            share(of: stage).map { "\(stage.name) \(Quantity.share($0))" }
        }
        return element("div", ["class": "bar"]) {
            element(
                "svg",
                [
                    "class": "plot stack", "id": id, "role": "img", "tabindex": "0", "width": "100%",
                    "height": "\(StageBar.height)", "aria-labelledby": "\(id)-title \(id)-desc",
                    "data-at": marks.map { Plot.figures([($0.middle * 1000).rounded()]) }.joined(separator: " "),
                    "data-names": marks.map { HeatMap.plain($0.name) }.joined(separator: "|"),
                    "data-texts": marks.map { HeatMap.plain($0.text) }.joined(separator: "|"),
                ]
            ) {
                element("title", ["id": "\(id)-title"]) { "Where the time went" }
                element("desc", ["id": "\(id)-desc"]) {
                    "The mean of \(Quantity.seconds(sum)) by stage: \(words.joined(separator: ", "))."
                }
                hatch
                for segment in segments { segment }
            }
        }
    }

    /// What the crosshair says at the middle of each stage.
    private var marks: [(middle: Double, name: String, text: String)] {
        var left = 0.0
        return stages.enumerated().compactMap { index, stage in
            guard let share = share(of: stage), share > 0 else { return nil }
            defer { left += share }
            return (
                left + share / 2, "\(index + 1) \(stage.name)",
                "\(Quantity.seconds(stage.mean)), \(Quantity.share(share)) of the whole"
            )
        }
    }

    private var hatch: Markup {
        element("defs") {
            element(
                "pattern",
                [
                    "id": "\(id)-hatch", "width": "7", "height": "7", "patternUnits": "userSpaceOnUse",
                    "patternTransform": "rotate(45)",
                ]
            ) {
                element("path", ["class": "hatch", "d": "M0 0v7"])
            }
        }
    }

    private var segments: [Markup] {
        var left = 0.0
        return stages.enumerated().compactMap { index, stage in
            guard let share = share(of: stage), share > 0 else { return nil }
            let (start, width) = (percent(left), percent(share))
            let middle = percent(left + share / 2)
            left += share
            return element("g") {
                element("rect", ["class": "segment look\(look(index))", "x": start, "width": width, "height": "100%"])
                if stage.isWaiting {
                    element("rect", ["x": start, "width": width, "height": "100%", "fill": "url(#\(id)-hatch)"])
                }
                if share > 0.035 {
                    element("circle", ["class": "disc", "cx": middle, "cy": "50%", "r": "11"])
                    element("text", ["class": "segment-name", "x": middle, "y": "50%", "dy": "4.5"]) { "\(index + 1)" }
                }
            }
        }
    }

    /// The number of a stage on its colour, for the table.
    func key(_ index: Int) -> Markup {
        element("svg", ["class": "key", "width": "26", "height": "20", "aria-hidden": "true"]) {
            element("rect", ["class": "segment look\(look(index))", "width": "26", "height": "20", "rx": "3"])
            if stages[index].isWaiting {
                element("rect", ["width": "26", "height": "20", "rx": "3", "fill": "url(#\(id)-hatch)"])
            }
            element("circle", ["class": "disc", "cx": "13", "cy": "10", "r": "8"])
            element("text", ["class": "segment-name", "x": "13", "y": "14"]) { "\(index + 1)" }
        }
    }

    private func percent(_ share: Double) -> String {
        Numerals.trimmed(Numerals.fixed(share * 100, decimals: 2)) + "%"
    }
}

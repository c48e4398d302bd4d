import OrreryExperiment

/// Where it happened: heat maps of nodes, partitions and lines, of the latency, and of the seeds.
struct PlaceSection {
    var result: ExperimentResult
    var variant: VariantResult
    var id: String

    /// The most parts that the table lists.
    private static let rowLimit = 60

    var markup: Markup {
        let maps = placeMaps + [latencyMap].compactMap(\.self)
        return element("div", ["class": "places"]) {
            if !maps.isEmpty || seedMap != nil {
                element("h3", ["id": "\(id)-places"]) { "Where and when" }
                if !placeMaps.isEmpty, let example = variant.diagnosis.example {
                    element("p", ["class": "note-line"]) {
                        "Parts are shown as they were in one run, seed \(example.seed) (\(example.reason)): "
                        "a mean over seeds would blur them. Paper means none."
                    }
                }
                for map in maps { map.figure }
                if let seedMap { seedMap.figure }
            }
        }
    }

    private var placeMaps: [HeatMap] {
        (variant.diagnosis.example?.places ?? []).filter { !$0.rows.isEmpty && !($0.rows.first ?? []).isEmpty }
            .map(map)
    }

    private func map(_ places: PlaceSeriesResult) -> HeatMap {
        // The maps of all variants have the same colours.
        let alike = result.variants.flatMap { $0.diagnosis.example?.places ?? [] }.filter { $0.kind == places.kind }
        let rows = zip(places.names, places.rows).map { PlaceRow(name: $0, values: $1, places: places) }
        let singular = String(places.kind.dropLast())
        let worst = rows.max { $0.highest < $1.highest }
        let words = worst.map { row in
            row.highest > 0
                ? "The highest was \(row.text(row.highest)) at \(row.name), \(moment(row.when))." : "All were zero."
        }
        return HeatMap(
            id: "\(id)-\(places.kind)",
            title: "\(places.kind.prefix(1).uppercased())\(places.kind.dropFirst()) over time",
            unitNote: places.quantity, unit: places.unit, names: places.names, rows: places.rows,
            columns: .time(step: places.intervalSeconds, duration: variant.durationSeconds),
            scale: HeatScale(of: alike.flatMap { $0.rows.joined() }, unit: places.unit),
            description: "\(places.names.count) \(places.kind): \(places.quantity). " + (words ?? ""),
            twin: table(rows, "Each \(singular) in figures", singular), remark: words ?? "")
    }

    private func table(_ rows: [PlaceRow], _ label: String, _ singular: String) -> Markup {
        let shown = rows.prefix(PlaceSection.rowLimit)
        return element("details", ["class": "twin", "open": rows.count <= 6 ? "open" : nil]) {
            element("summary") { label }
            ReportTable(
                label: label,
                columns: [(singular, false), ("mean", true), ("highest", true), ("when", true), ("at the end", true)],
                rows: shown.map { row in
                    [
                        .words(row.name), .number(row.text(row.mean)), .number(row.text(row.highest)),
                        .number(row.highest > 0 ? moment(row.when) : Numerals.absent),
                        .number(row.text(row.values.last ?? 0)),
                    ]
                }
            ).markup
            if rows.count > shown.count {
                element("p", ["class": "remark"]) { "… and \(rows.count - shown.count) more in the JSON result." }
            }
        }
    }

    private func moment(_ seconds: Double) -> String {
        TimeAxis.moment(min(seconds, variant.durationSeconds), within: variant.durationSeconds)
    }

    /// The distribution of the latency over time; nil where it was not kept or nothing was delivered.
    private var latencyMap: HeatMap? {
        guard let classes = variant.series.latencyClasses, classes.counts.count > 1,
            let bins = classes.counts.first?.count, bins > 1
        else { return nil }
        let totals = (0..<bins).map { bin in classes.counts.reduce(0) { $0 + $1[bin] } }
        let rows = classes.counts.map { row in
            zip(row, totals).map { count, total in total > 0 ? Double(count) / Double(total) : nil }
        }
        let names = classes.upperSeconds.map { "≤ " + Quantity.seconds($0) }
        let whole = Double(totals.reduce(0, +))
        let shares = classes.counts.map { Double($0.reduce(0, +)) / max(1, whole) }
        let twin = element("details", ["class": "twin"]) {
            element("summary") { "The classes of latency in figures" }
            ReportTable(
                label: "The classes of latency",
                columns: [("took at most", false), ("items", true), ("share", true)],
                rows: classes.upperSeconds.indices.map { place in
                    [
                        .words(Quantity.seconds(classes.upperSeconds[place])),
                        .number(Quantity.count(Double(classes.counts[place].reduce(0, +)))),
                        .number(Quantity.share(shares[place])),
                    ]
                }
            ).markup
        }
        return HeatMap(
            id: "\(id)-latencies", title: "How the latency is spread, over time",
            unitNote: "share of the items delivered in each step that took so long", unit: "share",
            names: names.reversed(), rows: rows.reversed(),
            columns: .time(step: variant.series.latencyBinSeconds, duration: variant.durationSeconds),
            scale: HeatScale(of: [1], unit: "share"),
            description: "The share of items in each class of latency, over time, all seeds together.", twin: twin,
            remark: "Two dark stripes above each other are two kinds of items, which a percentile would hide. "
                + "Grey: nothing was delivered.")
    }

    private var seedMap: HeatMap? { SeedMap(variant: variant, id: "\(id)-seeds").map }
}

/// A part of the network over time.
private struct PlaceRow {
    var name: String
    var values: [Double]
    var places: PlaceSeriesResult

    var mean: Double { values.isEmpty ? 0 : values.reduce(0, +) / Double(values.count) }
    var highest: Double { values.max() ?? 0 }
    /// When it was highest for the first time; each value stands for the end of its interval.
    var when: Double { Double((values.firstIndex(of: highest) ?? 0) + 1) * places.intervalSeconds }

    func text(_ value: Double) -> String { Quantity.text(value, unit: places.unit) }
}

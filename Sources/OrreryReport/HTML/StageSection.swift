import OrreryExperiment

/// Where the time went, stage by stage, and that the stages sum to the whole.
struct StageSection {
    var variant: VariantResult
    var id: String

    private var bar: StageBar { StageBar(id: "\(id)-stagebar", stages: variant.stages) }

    var markup: Markup {
        element("div", ["class": "stages"]) {
            element("h3", ["id": "\(id)-stages-title"]) { "Where the time went" }
            if bar.sum == nil {
                element("p", ["class": "nothing"]) { "Not measured: nothing was delivered after the warm-up." }
            } else {
                element("p", ["class": "note-line"]) {
                    "The mean latency, cut into the stages that an item passes. Hatched: the item only waits. Plain: something is done with it."
                }
                bar.drawing
            }
            if !variant.stages.isEmpty {
                ReportTable(label: "Where the time went", columns: columns, rows: rows, footer: footer).markup
                element("p", ["class": "remark"]) { check }
            }
        }
    }

    private var columns: [(title: String, isNumber: Bool)] {
        [
            ("Stage", false), ("An item …", false), ("Mean", true), ("Share", true), ("p95", true), ("Longest", true),
            ("Items there", true), ("Most items", true),
        ]
    }

    private var rows: [[ReportTable.Cell]] {
        variant.stages.enumerated().map { index, stage in
            [
                ReportTable.Cell(
                    content: MarkupBuilder.buildBlock(bar.key(index), Markup(" "), element("span") { stage.name })),
                .words(stage.summary), seconds(stage.mean), share(of: stage),
                seconds(stage.p95),
                seconds(stage.largest), .number(Quantity.count(stage.meanOccupancy)),
                .number(Quantity.count(Double(stage.highestOccupancy))),
            ]
        }
    }

    private var footer: [ReportTable.Cell] {
        let occupancy = variant.stages.reduce(0) { $0 + $1.meanOccupancy }
        return [
            .words("All stages"), .words("from shutter to archive"), seconds(bar.sum),
            .number(bar.sum == nil ? Numerals.absent : "100 %"), .words(""), .words(""),
            .number(Quantity.count(occupancy)),
            .words(""),
        ]
    }

    /// The sum beside the mean latency, which was measured by itself.
    private var check: String {
        guard let sum = bar.sum, let mean = variant.latency.mean else {
            return "There is no mean latency to compare with."
        }
        let gap = abs(sum - mean)
        let words =
            "The stages sum to \(Quantity.seconds(sum)); the mean latency, measured by itself, is \(Quantity.seconds(mean))."
        return gap <= 1e-6 * max(abs(mean), 1e-9)
            ? "✓ " + words
            : "✗ " + words + " They differ by \(Quantity.seconds(gap)), which is a fault of the measurement."
    }

    /// A share below a hundredth of a per cent is only said to be small.
    private func share(of stage: StageResult) -> ReportTable.Cell {
        guard let share = bar.share(of: stage), share > 0, share < 1e-4 else {
            return .number(Quantity.share(bar.share(of: stage)))
        }
        return .number("< 0.01 %", exact: Quantity.exact(share, unit: "share"))
    }

    private func seconds(_ value: Double?) -> ReportTable.Cell {
        .number(Quantity.seconds(value), exact: value.map { Quantity.exact($0, unit: "s") })
    }
}

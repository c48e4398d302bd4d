import OrreryExperiment

/// The stretches of a run in which something else holds: the warm-up, and the times in which a fault goes on.
struct TimePhases {
    var variant: VariantResult

    /// The most stretches that are drawn; more would only be stripes.
    private static let limit = 40

    /// The stretches as tints of a chart; only the first fault is named.
    var bands: [Plot.Band] {
        let duration = TimeAxis(duration: variant.durationSeconds).duration
        let warmUp = variant.warmUpSeconds
        let first = warmUp > 0 ? [Plot.Band(from: 0, to: min(1, warmUp / duration), label: "warm-up")] : []
        return first
            + faults.prefix(TimePhases.limit).enumerated().map { index, span in
                Plot.Band(
                    from: min(1, span.lowerBound / duration), to: min(1, span.upperBound / duration),
                    label: index == 0 ? "fault" : "", isNamedBelow: false, isFault: true)
            }
    }

    /// When a fault of the scenario went on in any seed.
    var faults: [ClosedRange<Double>] {
        var spans: [ClosedRange<Double>] = []
        let bins = (variant.series.faults ?? []).enumerated().filter { $0.element > 0 }.map(\.offset)
        for bin in bins {
            let (from, to) = (Double(bin), Double(bin + 1))
            if let last = spans.last, last.upperBound == from {
                spans[spans.count - 1] = last.lowerBound...to
            } else {
                spans.append(from...to)
            }
        }
        let width = variant.series.binSeconds
        return spans.map { $0.lowerBound * width...$0.upperBound * width }
    }

    /// What the tints mean, in a sentence; nil where there is none.
    var words: String? {
        guard let first = faults.first else { return nil }
        let count = faults.count == 1 ? "a fault of the scenario goes on" : "faults of the scenario go on"
        return "In the reddish time \(count), the first from "
            + TimeAxis.moment(first.lowerBound, within: variant.durationSeconds) + "."
    }
}

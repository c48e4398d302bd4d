import OrreryExperiment

/// One line of a chart: a value for each bin of time, and how it looks.
struct ChartLine: Sendable {
    /// How several bins become one when there are more than a chart can show.
    enum Merging: Sendable {
        case mean
        case highest
    }

    /// What it is called in the legend, at its end, and in the table.
    var label: String
    /// One value a bin; nil where nothing was measured, which leaves a gap.
    ///
    /// What is not a number counts as not measured.
    var values: [Double?] {
        didSet { values = ChartLine.finite(values) }
    }
    /// Colour, dash and marker: 1 to 4.
    var look: Int
    var merging: Merging
    /// Whether the surface below it is tinted; where the spread of the seeds is known, that is tinted instead.
    var isArea: Bool
    /// Between which values the seeds lie; nil for one seed.
    var band: SeriesBandResult?

    init(label: String, values: [Double?], look: Int, merging: Merging = .mean, isArea: Bool = false) {
        self.label = label
        self.values = ChartLine.finite(values)
        self.look = look
        self.merging = merging
        self.isArea = isArea
    }

    private static func finite(_ values: [Double?]) -> [Double?] {
        values.map { value in value.flatMap { $0.isFinite ? $0 : nil } }
    }

    /// The line with runs of this many bins made one.
    func merged(by factor: Int) -> ChartLine {
        guard factor > 1 else { return self }
        var copy = self
        copy.values = stride(from: 0, to: values.count, by: factor).map { start in
            combined(values[start..<min(values.count, start + factor)])
        }
        return copy
    }

    /// The line with its spread; nothing of it where none is known.
    func with(_ band: SeriesBandResult?, scale: Double = 1) -> ChartLine {
        var copy = self
        copy.band = band
        copy.band?.lower = band?.lower.map { value in value.map { $0 * scale } } ?? []
        copy.band?.upper = band?.upper.map { value in value.map { $0 * scale } } ?? []
        return copy
    }

    /// The highest value of the line and its spread.
    var reach: Double { max(highest, band?.upper.compactMap { $0 }.max() ?? 0) }

    /// One value for several bins; nil if none of them has one.
    func combined(_ bins: ArraySlice<Double?>) -> Double? {
        let present = bins.compactMap { $0 }
        guard !present.isEmpty else { return nil }
        switch merging {
        case .mean: return present.reduce(0, +) / Double(present.count)
        case .highest: return present.max()
        }
    }

    /// The highest value; zero if there is none.
    var highest: Double { values.compactMap { $0 }.max() ?? 0 }
}

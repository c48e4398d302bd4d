/// The vertical axis of a chart: its ends, its ticks, and where a value lies between the ends.
struct ValueAxis: Sendable {
    /// A labelled place on the axis.
    struct Tick: Sendable {
        var value: Double
        var label: String
    }

    /// The value at the lower end.
    var lower: Double
    /// The value at the upper end; greater than the lower.
    var upper: Double
    /// Whether equal distances are equal ratios.
    var isLogarithmic = false
    /// The ticks, from below.
    var ticks: [Tick]

    /// Where the value lies: 0 at the lower end, 1 at the upper; values beyond the ends lie on them.
    func position(_ value: Double) -> Double {
        let place: Double
        if isLogarithmic {
            guard value > 0 else { return 0 }
            let whole = Numerals.decimalLogarithm(upper / lower)
            place = Numerals.decimalLogarithm(value / lower) / whole
        } else {
            place = (value - lower) / (upper - lower)
        }
        return min(1, max(0, place))
    }

    /// A linear axis from zero to a round number not below the highest value.
    static func counts(highest: Double) -> ValueAxis {
        guard highest > 0, highest.isFinite else {
            return ValueAxis(lower: 0, upper: 1, ticks: [Tick(value: 0, label: "0"), Tick(value: 1, label: "1")])
        }
        let step = roundStep(highest, ticks: 4)
        let steps = max(1, (max(highest, step) / step - 1e-9).rounded(.up))
        let ticks = (0...Int(steps)).map { index in
            let value = Double(index) * step
            return Tick(value: value, label: shortCount(value))
        }
        return ValueAxis(lower: 0, upper: steps * step, ticks: ticks)
    }

    /// A linear axis from 0 to 100 %, for shares.
    static let shares = ValueAxis(
        lower: 0, upper: 1, ticks: [0, 0.25, 0.5, 0.75, 1].map { Tick(value: $0, label: Quantity.share($0)) })

    /// An axis for durations that span decades, labelled at 1 s, 10 s, 1 min, 10 min, 1 h and so on.
    static func durations(_ values: [Double]) -> ValueAxis {
        let positive = values.filter { $0 > 0 && $0.isFinite }
        guard let smallest = positive.min(), let largest = positive.max() else {
            return ValueAxis(lower: 0, upper: 1, ticks: [Tick(value: 0, label: "0 s"), Tick(value: 1, label: "1 s")])
        }
        let lower = landmarks(fine: true).last { $0 <= smallest * 1.0001 } ?? smallest
        var upper = landmarks(fine: true).first { $0 >= largest * 0.9999 } ?? largest
        if upper <= lower { upper = lower * 2 }
        let (lowest, highest) = (lower * 0.9999, upper * 1.0001)
        let coarse = landmarks(fine: false).filter { (lowest...highest).contains($0) }
        let fine = landmarks(fine: true).filter { (lowest...highest).contains($0) }
        let ticks = coarse.count >= 4 || fine.count > 16 ? coarse : fine
        let shown = ticks.count > 8 ? ticks.enumerated().filter { $0.offset.isMultiple(of: 2) }.map(\.element) : ticks
        return ValueAxis(
            lower: lower, upper: upper, isLogarithmic: true,
            ticks: shown.map { Tick(value: $0, label: landmarkLabel($0)) })
    }

    /// The round step that cuts a length into about this many parts: 1, 2 or 5 times a power of ten.
    static func roundStep(_ length: Double, ticks: Int) -> Double {
        let raw = length / Double(ticks)
        let power = Numerals.powerOfTen(Int(Numerals.decimalLogarithm(raw).rounded(.down)))
        return ([1, 2, 5, 10].first { $0 * power >= raw * 0.999 } ?? 10) * power
    }

    /// Durations at which people expect a tick, in seconds; the fine ones lie between the coarse ones.
    private static func landmarks(fine: Bool) -> [Double] {
        var marks: [Double] = []
        for exponent in -9...(-1) {
            let power = Numerals.powerOfTen(exponent)
            marks += fine ? [power, 2 * power, 5 * power] : [power]
        }
        marks += fine ? [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800] : [1, 10, 60, 600]
        marks += fine ? [3600, 7200, 18_000, 43_200, 86_400, 172_800, 432_000] : [3600, 36_000, 86_400]
        return marks + (fine ? [864_000, 1_728_000, 4_320_000, 8_640_000] : [864_000, 8_640_000])
    }

    /// The landmark in the unit that it is a multiple of.
    private static func landmarkLabel(_ seconds: Double) -> String {
        let units: [(size: Double, name: String)] = [(86_400, "d"), (3600, "h"), (60, "min"), (1, "s"), (1e-3, "ms")]
        for (size, name) in units where seconds >= size * 0.9999 {
            return Numerals.significant(seconds / size) + " " + name
        }
        return Quantity.seconds(seconds)
    }

    /// A count that fits beside an axis: `10,000`, `2.5 M`.
    private static func shortCount(_ value: Double) -> String {
        switch value {
        case 1e9...: Numerals.significant(value / 1e9) + " G"
        case 1e6...: Numerals.significant(value / 1e6) + " M"
        default: Numerals.trimmed(Numerals.fixed(value, decimals: value < 10 ? 3 : 0))
        }
    }
}

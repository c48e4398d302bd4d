/// The horizontal axis of a swept parameter: its values where they lie, or by their ratios if they span decades.
struct ParameterAxis {
    /// The values on the axis, rising, each once.
    let values: [Double]
    /// The unit that stands behind every value; may be empty.
    let unit: String

    /// An axis over values; there must be one.
    init(values: [Double], unit: String) {
        self.values = Set(values.filter(\.isFinite)).sorted()
        self.unit = unit
    }

    /// From this ratio of the largest to the smallest on, equal distances are equal ratios.
    private static let logarithmicFrom = 50.0

    private var isLogarithmic: Bool {
        guard let first = values.first, let last = values.last, first > 0 else { return false }
        return last / first >= ParameterAxis.logarithmicFrom
    }

    /// Where a value lies: 0 at the smallest, 1 at the largest.
    func position(_ value: Double) -> Double {
        guard let first = values.first, let last = values.last, last > first else { return 0.5 }
        return isLogarithmic
            ? Numerals.decimalLogarithm(max(value, first) / first) / Numerals.decimalLogarithm(last / first)
            : (value - first) / (last - first)
    }

    /// This many places from end to end, evenly apart on the paper.
    func samples(_ count: Int) -> [Double] {
        guard let first = values.first, let last = values.last, last > first, count > 1 else { return values }
        let shares = (0..<count).map { Double($0) / Double(count - 1) }
        guard isLogarithmic else { return shares.map { first + $0 * (last - first) } }
        // Between neighbours a straight line in the value is close enough, and needs no powers.
        return values
            + zip(values, values.dropFirst()).flatMap { left, right in
                [0.25, 0.5, 0.75].map { left + $0 * (right - left) }
            }.sorted()
    }

    /// The values themselves where they are few, else round ones between the ends.
    var ticks: [TimeAxis.Tick] {
        let places: [Double]
        if values.count <= 8 || isLogarithmic {
            let every = max(1, (values.count + 7) / 8)
            places = values.enumerated().filter { $0.offset.isMultiple(of: every) }.map(\.element)
        } else {
            let (first, last) = (values[0], values[values.count - 1])
            let step = ValueAxis.roundStep(last - first, ticks: 8)
            let from = Int((first / step - 1e-9).rounded(.up))
            let through = Int((last / step + 1e-9).rounded(.down))
            places = (from...max(from, through)).map { Double($0) * step }
        }
        return places.enumerated().map { index, value in
            TimeAxis.Tick(
                position: position(value), label: label(value), isMinor: places.count > 5 && !index.isMultiple(of: 2))
        }
    }

    /// A value with its unit.
    func label(_ value: Double) -> String { Numerals.significant(value, digits: 6) + (unit.isEmpty ? "" : " " + unit) }
}

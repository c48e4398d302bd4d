/// The horizontal axis of simulated time since the start of a run.
struct TimeAxis: Sendable {
    /// A labelled place on the axis.
    struct Tick: Sendable {
        /// From 0 at the left to 1 at the right.
        var position: Double
        var label: String
        /// Whether a narrow screen leaves it out.
        var isMinor: Bool
    }

    /// How long the axis is, in seconds; positive.
    let duration: Double

    /// An axis of this length; without any length it is a second long.
    init(duration: Double) {
        self.duration = duration > 0 && duration.isFinite ? duration : 1
    }

    private static let units: [(size: Double, name: String, steps: [Double])] = [
        (1, "s", [1, 2, 5, 10, 15, 30]), (60, "min", [1, 2, 5, 10, 15, 30]), (3600, "h", [1, 2, 3, 6, 12]),
        (86_400, "d", [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000]),
    ]

    /// At most eight steps, in whole seconds, minutes, hours or days.
    var ticks: [Tick] {
        for unit in TimeAxis.units {
            for step in unit.steps where duration / (step * unit.size) <= 8.001 {
                return ticks(every: step, of: unit.size, name: unit.name)
            }
        }
        return ticks(every: 10_000, of: 86_400, name: "d")
    }

    private func ticks(every step: Double, of size: Double, name: String) -> [Tick] {
        if duration < size * step {
            return [
                Tick(position: 0, label: "0", isMinor: false),
                Tick(position: 1, label: Quantity.seconds(duration), isMinor: false),
            ]
        }
        let count = Int((duration / (step * size) + 1e-9).rounded(.down))
        return (0...count).map { index in
            let value = Double(index) * step
            return Tick(
                position: min(1, value * size / duration), label: index == 0 ? "0" : "\(Int(value)) \(name)",
                isMinor: count > 4 && !index.isMultiple(of: 2))
        }
    }

    /// A moment of the run, such as `2 d 06:00` or `1:30:05`.
    static func moment(_ seconds: Double, within duration: Double) -> String {
        guard duration >= 60 else { return Quantity.seconds(seconds) }
        let whole = Int(max(0, seconds).rounded())
        let (day, hour, minute, second) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60)
        func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
        let clock = "\(padded(hour)):\(padded(minute))"
        if duration > 172_800 { return "\(day) d \(clock)" }
        return duration > 21_600 ? "\(whole / 3600):\(padded(minute)) h" : "\(clock):\(padded(second))"
    }
}

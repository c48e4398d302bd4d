import OrreryKernel
import OrreryModel

/// Observed values with their units, in four significant digits, the same on every machine.
enum Quantity {
    /// A value of a metric, for instance `1.234s`, `61.3%` or `12.5 items/s`.
    static func text(_ value: Double, unit: MetricUnit) -> String {
        switch unit {
        case .seconds: seconds(value)
        case .share: significant(value * 100) + "%"
        case .bytes: bytes(value)
        case .items, .copies, .exposures, .crashes, .nodes, .messages, .events, .requests, .sessions, .locks, .workers,
            .replicas, .replicaSeconds, .itemsPerSecond, .reads, .writes, .updates, .attempts, .tickets, .observations,
            .telescopes:
            significant(value) + " " + unit.rawValue
        case .perHour: significant(value) + unit.rawValue
        case .cost: significant(value)
        }
    }

    /// A whole number of things.
    static func count(_ value: Double) -> String { DecimalText.trimmed(value.rounded()) }

    private static func seconds(_ value: Double) -> String {
        let units: [(name: String, size: Double)] = [
            ("d", 86_400), ("h", 3600), ("m", 60), ("s", 1), ("ms", 1e-3), ("us", 1e-6),
        ]
        let unit = units.first { value.magnitude >= $0.size } ?? (name: "ns", size: 1e-9)
        return value == 0 ? "0s" : significant(value / unit.size) + unit.name
    }

    private static func bytes(_ value: Double) -> String {
        let units: [(name: String, size: Double)] = [("TB", 1e12), ("GB", 1e9), ("MB", 1e6), ("kB", 1e3)]
        let unit = units.first { value.magnitude >= $0.size } ?? (name: "B", size: 1)
        return significant(value / unit.size) + unit.name
    }

    /// The value in this many significant digits; whole numbers keep all of theirs.
    static func rounded(_ value: Double, digits: Int) -> Double {
        guard value != 0, value.isFinite else { return value }
        var floor = 1.0
        for _ in 1..<digits { floor *= 10 }
        var scale = 1.0
        while value.magnitude * scale < floor && scale < 1e30 { scale *= 10 }
        return (value * scale).rounded() / scale
    }

    private static func significant(_ value: Double) -> String { DecimalText.trimmed(rounded(value, digits: 4)) }
}

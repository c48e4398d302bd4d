import OrreryKernel

/// Samples of one meaning in the text format of OpenMetrics 1.0, which Prometheus reads back as it reads its own.
///
/// ```
///   # TYPE orrery_broker_depth_items gauge
///   # UNIT orrery_broker_depth_items items
///   # HELP orrery_broker_depth_items Items waiting in the broker.
///   orrery_broker_depth_items{scenario="first light",variant="as-written"} 3.5 1773966000
/// ```
///
/// Source: OpenMetrics 1.0, https://prometheus.io/docs/specs/om/open_metrics_spec/
struct MetricFamily {
    /// What a value is.
    enum Kind: String {
        /// A level, which goes up and down.
        case gauge
        /// What happened since the start of the run, which only grows.
        case counter
    }

    /// A name with a value.
    typealias Label = (name: String, value: String)

    /// The name, unit included; samples of a counter add `_total`.
    let name: String
    private let kind: Kind
    private let unit: String
    private let help: String
    private var lines: [String] = []

    /// A family without samples.
    ///
    /// `key` is any name of Orrery's, such as `broker.depth-highest`, and `unit` one of its units.
    init(_ key: String, unit: String = "", kind: Kind = .gauge, help: String) {
        self.unit = MetricFamily.word(unit)
        name = "orrery_" + MetricFamily.sanitised(key) + (self.unit.isEmpty ? "" : "_" + self.unit)
        self.kind = kind
        self.help = help
    }

    /// Adds a sample at an instant, in seconds since 1970; nil for one without a time.
    ///
    /// What is no number is left out.
    mutating func add(_ value: Double, _ labels: [Label], at seconds: Double?) {
        guard value.isFinite else { return }
        let text = labels.map { "\($0.name)=\"\(MetricFamily.escaped($0.value))\"" }.joined(separator: ",")
        let time = seconds.map { " " + DecimalText.trimmed($0) } ?? ""
        let suffix = kind == .counter ? "_total" : ""
        lines.append("\(name)\(suffix){\(text)} \(DecimalText.trimmed(value))\(time)\n")
    }

    /// A whole file: every family once, those without samples left out.
    static func document(_ families: [MetricFamily]) -> String {
        families.map(\.text).joined() + "# EOF\n"
    }

    private var text: String {
        guard !lines.isEmpty else { return "" }
        let unitLine = unit.isEmpty ? "" : "# UNIT \(name) \(unit)\n"
        let helpLine = "# HELP \(name) \(MetricFamily.escaped(help))\n"
        return "# TYPE \(name) \(kind.rawValue)\n" + unitLine + helpLine + lines.joined()
    }

    /// A unit as names have it: `share` is a ratio, `s` are seconds.
    private static func word(_ unit: String) -> String {
        switch unit {
        case "s": "seconds"
        case "B": "bytes"
        case "share": "ratio"
        case "/h": "per_hour"
        default: sanitised(unit.replacing("/s", with: "-per-second"))
        }
    }

    /// The name with nothing but letters, digits and underscores.
    static func sanitised(_ name: String) -> String {
        String(
            name.map { character in
                character.isASCII && (character.isLetter || character.isNumber) ? character : "_"
            })
    }

    /// A text as it stands between quotes, and in a line of help.
    private static func escaped(_ text: String) -> String {
        TextReport().plain(text).replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    }
}

/// When something was, in seconds since 1970: simulated time, counted from midnight of the scenario's first day.
struct SimulatedClock {
    private let start: Double
    private let duration: Double

    /// The clock of runs that begin on a day and last so many seconds; nil if there is no such day.
    init?(startDate: String?, durationSeconds: Double?) {
        guard let startDate, let durationSeconds, let day = CalendarDate(startDate) else { return nil }
        (start, duration) = (Double(day.daysSince1970) * 86_400, durationSeconds)
    }

    /// The end of the runs.
    var end: Double { start + duration }

    /// The end of a bin; the last one may be cut short by the end of the runs.
    func end(ofBin bin: Int, width: Double) -> Double { start + min(Double(bin + 1) * width, duration) }
}

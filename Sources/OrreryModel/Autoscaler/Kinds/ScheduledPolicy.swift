import OrreryKernel

/// A timetable: from each hour of the day on, so many replicas, whatever the load.
struct ScheduledPolicy: AutoscalerPolicy {
    let rhythm: AutoscalerRhythm
    /// By hour of the day, rising; before the first one, yesterday's last holds.
    private let entries: [(time: Duration, replicas: Int)]

    init(entries: [(time: Duration, replicas: Int)], evaluation: Duration) {
        self.entries = entries
        rhythm = AutoscalerRhythm(scrape: nil, evaluation: evaluation)
    }

    mutating func evaluate(_ view: AutoscalerView) -> Int {
        let time = Duration(nanoseconds: view.now.nanoseconds % Duration.days(1).nanoseconds)
        return (entries.last { $0.time <= time } ?? entries.last)?.replicas ?? view.current
    }
}

extension ScheduledPolicy {
    private static let hours = Parameter<[Double]>(
        "hours", summary: "the hours of the day, in universal time and rising, at which the number changes: [6, 18.5]")
    private static let replicas = Parameter<[Double]>(
        "replicas", summary: "how many replicas there are from each of these hours on: [4, 12]")
    private static let evaluation = Parameter<Duration>(
        "evaluation-interval", default: .minutes(1), range: .within(0.1...86_400),
        summary: "how often the controller looks at the clock", source: "the finest interval of cron")

    private static func conflict(_ values: ParameterValues) -> String? {
        let (hours, replicas) = (values[hours], values[replicas])
        if hours.isEmpty || hours.count != replicas.count {
            return "hours has \(hours.count) entries and replicas \(replicas.count); each hour needs its number"
        }
        if zip(hours, hours.dropFirst()).contains(where: >=) || hours[0] < 0 || hours[hours.count - 1] >= 24 {
            return "hours do not rise from 0 to less than 24"
        }
        let areWhole = replicas.allSatisfy { $0 >= 0 && $0 <= 1e6 && $0 == Double(Int($0)) }
        return areWhole ? nil : "replicas are not whole numbers from 0 to 1000000"
    }

    static let kind = AutoscalerPlan.kind(
        "scheduled", summary: "a timetable: from each hour of the day on, so many replicas", source: "",
        mayRemoveAll: true, parameters: [hours.spec, replicas.spec, evaluation.spec],
        conflict: conflict
    ) { values in
        ScheduledPolicy(
            entries: zip(values[hours], values[replicas]).map { (Duration(seconds: $0 * 3600), Int($1)) },
            evaluation: values[evaluation])
    }
}

import OrreryKernel

/// Items go out only between two times of the day, in local mean solar time; the hours may reach over midnight.
struct OffHoursUpload: UploadPolicy {
    /// When the hours begin, since midnight.
    private let start: Duration
    /// How long they are.
    private let length: Duration

    init(from start: Duration, to end: Duration) {
        self.start = OffHoursUpload.timeOfDay(start)
        length = OffHoursUpload.timeOfDay(end - self.start)
    }

    func advice(_ situation: UploadSituation) -> UploadAdvice {
        let elapsed = OffHoursUpload.timeOfDay(situation.localTime - start)
        return elapsed < length ? .send : .waitUntil(situation.now + (.days(1) - elapsed))
    }

    /// The time since the last midnight, from 0 to less than 24 h, of a time of at least minus one day.
    private static func timeOfDay(_ time: Duration) -> Duration {
        let day = Duration.days(1).nanoseconds
        return Duration(nanoseconds: (time.nanoseconds + day) % day)
    }

    private static let start = Parameter<Duration>(
        "from", default: .hours(9), range: .within(0...86_400), summary: "when the hours begin, since local midnight",
        source: "by day, when no telescope observes; ours")
    private static let end = Parameter<Duration>(
        "to", default: .hours(17), range: .within(0...86_400), summary: "when they end, since local midnight",
        source: "by day, when no telescope observes; ours")

    static let kind = Kind<any UploadPolicy>(
        "off-hours", summary: "items go out only between two times of the day, in local mean solar time",
        parameters: [start.spec, end.spec],
        conflict: { values in
            timeOfDay(values[start]) != timeOfDay(values[end])
                ? nil : "from \(values[start]) to \(values[end]) is no time of the day or all of it"
        },
        make: { OffHoursUpload(from: $0[start], to: $0[end]) })
}

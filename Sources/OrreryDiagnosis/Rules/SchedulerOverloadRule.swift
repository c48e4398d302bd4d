import OrreryKernel

/// A scheduler that cannot keep up: telescopes under open domes have nothing to do while its computer works without a
/// pause.
///
/// Source: the centre is a single server; when its utilisation is near one, those that it serves wait (Kingman's
/// formula); the shares are ours.
enum SchedulerOverloadRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "SchedulerOverload", summary: "telescopes stand idle because the scheduler does not come to them",
            rule: "for more than a twentieth of the run, more than a fifth of the telescopes under open domes are idle "
                + "while the scheduler's computer is busy for more than 80 % of the time, and requests, where there are any, "
                + "pile up for a fiftieth of the run",
            causes: ["Fault", "SilentTelescopes", "FalseAlarms"])
    ]

    /// From this share of idle telescopes on, the fleet is short of orders.
    static let idleShare = 0.2
    /// A computer that is busier than this is the reason.
    static let busyShare = 0.8

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let centre = course.scheduler else { return [] }
        let idle = course.share(centre.idle, of: centre.open)
        let window = course.windowed(Array(repeating: 1, count: course.count))
        let busy = zip(course.windowed(centre.busy), window).map { $0 / $1 }
        let ended = course.windowed(centre.ended)
        // Where telescopes observe what is asked for, they are idle for want of requests, unless those pile up.
        let limit = RunCourse.windowShare * Double(course.count)
        let holds = idle.indices.map { bin in
            idle[bin] > idleShare && busy[bin] > busyShare
                && (centre.pending.map { $0[bin] > limit * ended[bin] / window[bin] } ?? true)
        }
        let spells = course.spells(holds)
        guard let first = spells.first, let last = spells.last else { return [] }
        let all = first.lowerBound..<last.upperBound
        let loaded = all.filter { holds[$0] }
        let (idleSum, openSum) = loaded.reduce((0.0, 0.0)) { ($0.0 + centre.idle[$1], $0.1 + centre.open[$1]) }
        let busyMean = loaded.reduce(0) { $0 + centre.busy[$1] } / Double(max(1, loaded.count))
        return [
            Symptom(
                kinds[0], start: course.start(of: all.lowerBound), end: course.end(of: all), place: "the scheduler",
                evidence: "\(Words.percent(idleSum / max(1e-9, openSum))) of the telescopes under open domes had "
                    + "nothing to do, while the centre's computer was busy \(Words.percent(busyMean)) of the time")
        ]
    }
}

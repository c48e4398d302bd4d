import OrreryKernel

/// A failure detector that is too hasty: it marks telescopes offline that work.
///
/// Each false mark gives away what a telescope goes on doing, so it costs an observation. A detector that makes more
/// false marks than there are telescopes to be gone does more harm than the failures.
///
/// Source: T. D. Chandra, S. Toueg, "Unreliable Failure Detectors for Reliable Distributed Systems" (JACM 43, 1996),
/// for accuracy against completeness; the limits are ours.
enum FalseAlarmsRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "FalseAlarms", summary: "the failure detector marks telescopes offline that work",
            rule: "false marks amount to more than 5 % of all observations that ended",
            causes: ["Fault", "LinkSaturation"])
    ]

    /// Below this share of observations, false marks are noise.
    static let alarmShare = 0.05

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let centre = course.scheduler, let extent = course.extent(of: centre.falseOffline) else { return [] }
        let alarms = centre.falseOffline.sum
        guard alarms > alarmShare * centre.ended.sum else { return [] }
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent),
                place: "the scheduler's failure detector",
                evidence: "telescopes that worked were marked offline \(Words.grouped(alarms)) times, and "
                    + "\(Words.grouped(centre.requeued.sum)) observations were taken back")
        ]
    }
}

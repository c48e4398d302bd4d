import OrreryKernel

/// Telescopes that are gone and still get observations: nobody has noticed.
///
/// What is given to a dead telescope never begins. Observations that never begin for other reasons, such as clouds, are
/// told apart by comparing two shares: if the silent ones are at fault, they are about as many among the telescopes as
/// the lost observations are among all.
///
/// Source: the share of time that a telescope is down and unnoticed is the share of work that goes to it, by
/// conditional expectation; the limits are ours.
enum SilentTelescopesRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "SilentTelescopes", summary: "telescopes that are gone go on getting observations",
            rule: "more than 5 % of observations never began, and at least half as large a share of the telescopes was "
                + "down without being marked offline",
            causes: ["Fault"])
    ]

    /// Below this share of observations, what is lost to silence is noise.
    static let lostShare = 0.05
    /// The silent ones explain what never began if their share is at least so much of it.
    static let explainedShare = 0.5

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let centre = course.scheduler, let fleet = course.telescopes, centre.ended.sum > 0 else { return [] }
        let lost = centre.notAttempted.sum / centre.ended.sum
        let silent = zip(fleet.down, centre.offline).map { max(0, $0 - $1) }
        let share = silent.mean(0..<course.count) / fleet.count
        guard lost > lostShare, share >= explainedShare * lost else { return [] }
        let holds = silent.map { $0 >= 0.5 }
        guard let first = holds.firstIndex(of: true), let last = holds.lastIndex(of: true) else { return [] }
        let expired = centre.expired.sum
        return [
            Symptom(
                kinds[0], start: course.start(of: first), end: course.end(of: first..<last + 1),
                place: "the telescopes",
                evidence: "\(Words.percent(share)) of the telescopes were gone without anybody knowing, and "
                    + "\(Words.percent(lost)) of the observations never began"
                    + (expired > 0 ? "; \(Words.grouped(expired)) requests expired" : ""))
        ]
    }
}

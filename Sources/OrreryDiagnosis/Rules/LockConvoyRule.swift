import OrreryKernel

/// Workers that queue for locks: they count as busy and do nothing.
///
/// A lock that is held for a time S by λ workers a second is a queue of its own, with a utilisation of λS. Near one,
/// more workers make it longer and not faster; then waiting takes more of the workers than work.
///
/// Source: M. Blasgen, J. Gray, M. Mitoma, T. Price, "The Convoy Phenomenon" (Operating Systems Review 13, 1979); the
/// share is ours: beyond a half, the pool is a waiting room.
enum LockConvoyRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "LockConvoy", summary: "busy workers spend more time waiting for locks than working",
            rule: "at least half of the busy workers, and at least two, wait for a lock for more than a twentieth of "
                + "the run",
            causes: ["Fault"])
    ]

    /// From this share of busy workers on that wait, a pool waits more than it works.
    static let waitingShare = 0.5
    /// One who waits is not a convoy.
    static let waitersLeast = 2.0

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let locks = course.locks, let pool = course.pool else { return [] }
        let share = course.share(locks.waiting, of: pool.busy)
        let waiters = course.windowed(locks.waiting)
        let window = course.windowed(Array(repeating: 1, count: course.count))
        let holds = share.indices.map { share[$0] >= waitingShare && waiters[$0] >= waitersLeast * window[$0] }
        guard let spell = course.spells(holds).first, let last = course.spells(holds).last else { return [] }
        let all = spell.lowerBound..<last.upperBound
        return [
            Symptom(
                kinds[0], start: course.start(of: all.lowerBound), end: course.end(of: all),
                place: "the workers' locks",
                evidence: "\(Words.decimal(locks.waiting.mean(all))) of \(Words.decimal(pool.busy.mean(all))) busy "
                    + "workers waited for a lock, \(Words.percent(locks.waiting.sum(all) / pool.busy.sum(all))) of "
                    + "their time; the busiest coordination server was busy \(Words.percent(locks.serverUtilisation))")
        ]
    }
}

import OrreryKernel

/// Workers whose sessions end although they run, because the coordination service did not hear of them in time.
///
/// Each ended session is more work for the service that was too slow: a new session, a new place in every queue.
///
/// Source: ZooKeeper ends a session of which it hears nothing for its time-out (ZooKeeper programmer's guide,
/// "ZooKeeper sessions"); the share is ours.
enum SessionExpiryRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "SessionExpired", summary: "workers lose their sessions with the coordination service, and their locks",
            rule: "more sessions ended than a tenth of the workers have", causes: ["LockConvoy", "Fault"])
    ]

    /// So many ended sessions for each worker are more than bad luck.
    static let expiredShare = 0.1

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let locks = course.locks, let pool = course.pool, let extent = course.extent(of: locks.expired) else {
            return []
        }
        let expired = locks.expired.sum
        guard expired > expiredShare * (pool.present.max() ?? 0) else { return [] }
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent),
                place: "the coordination service",
                evidence:
                    "\(Words.grouped(expired)) sessions of \(Words.grouped(pool.present.max() ?? 0)) workers ended; "
                    + "the busiest server was busy \(Words.percent(locks.serverUtilisation))")
        ]
    }
}

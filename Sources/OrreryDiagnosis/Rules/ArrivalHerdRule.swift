import OrreryKernel
import OrreryModel

/// A herd: most of what a run has to carry comes at one moment, is too much for that moment, and too little to keep
/// anybody busy for the rest.
///
/// Poisson arrivals bring 2 % of a run's items in 2 % of its time, and a night's worth comes over hours. Where half
/// comes in a moment, somebody keeps step.
///
/// Source: S. Floyd, V. Jacobson, "The Synchronization of Periodic Routing Messages" (SIGCOMM 1993), for how what is
/// periodic falls into step; the shares are ours.
enum ArrivalHerdRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "ArrivalHerd", summary: "most items were sent at the same moment",
            rule: "half of all items are sent for the first time within 2 % of the run, and more than 1 % of all are "
                + "lost although the workers are idle for most of the run",
            causes: ["Fault"])
    ]

    /// So much of everything within a window is a herd: 25 times its share.
    static let herdShare = 0.5
    /// A herd that costs less than this share of all items is digested.
    static let lossShare = EventQueueOverflowRule.lossShare
    /// Workers that are busier than this are short of more than a moment.
    static let idleShare = 0.5

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let pool = course.pool, course.sent.sum > 0 else { return [] }
        let first = zip(course.sent, course.retried).map { $0 - $1 }
        let windows = course.windowed(first)
        guard let peak = windows.indices.max(by: { windows[$0] < windows[$1] }),
            windows[peak] >= herdShare * first.sum,
            course.losses(LossReason.allCases).sum > lossShare * course.produced.sum,
            pool.busy.sum < idleShare * pool.present.sum
        else { return [] }
        let bins = max(0, peak - course.window / 2)..<min(course.count, peak + course.window / 2 + 1)
        let dense = bins.filter { first[$0] > 0 }
        let spell = (dense.first ?? peak)..<(dense.last ?? peak) + 1
        return [
            Symptom(
                kinds[0], start: course.start(of: spell.lowerBound), end: course.end(of: spell), place: "the producers",
                evidence: "\(Words.grouped(first.sum(spell))) of \(Words.grouped(first.sum)) items were sent within "
                    + "\(Words.time(course.end(of: spell) - course.start(of: spell.lowerBound))), while the workers were busy "
                    + "\(Words.percent(pool.busy.sum / pool.present.sum)) of the run")
        ]
    }
}

import OrreryKernel
import OrreryModel

/// A network that is kept busy by what was sent before: most of what is sent is a repetition, and little is delivered.
///
/// Retries after a short failure are what retries are for; they are over soon. A storm keeps itself up: repetitions
/// take the capacity that would answer in time.
///
/// Source: N. Bronson, A. Aghayev, A. Charapko, T. Zhu, "Metastable Failures in Distributed Systems" (HotOS 2021),
/// where retries are the commonest sustaining effect; the shares are ours: beyond a half, more is repeated than is new.
enum RetryStormRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "RetryStorm", summary: "most of what is sent was sent before, and little of it is delivered",
            rule: "for more than a twentieth of the run, more than half of all copies are repetitions, and less than "
                + "95 % of what comes is delivered",
            causes: [
                "EventQueueOverflow", "ProvisionedThroughputExceeded", "ArrivalHerd", "AutoscalerThrash", "LockConvoy",
                "Saturation", "Fault",
            ])
    ]

    /// From this share of repetitions on, more is sent again than for the first time.
    static let retriedShare = 0.5
    /// A load is carried from this share on, as for the class of a run.
    static let carriedShare = RunClass.carriedShare

    static func symptoms(in course: RunCourse) -> [Symptom] {
        let share = course.share(course.retried, of: course.sent)
        let goodput = course.share(course.delivered, of: course.produced)
        let offered = course.windowed(course.produced)
        // Where nothing comes, nothing can be delivered, and that is no harm.
        let holds = share.indices.map { offered[$0] > 0 && share[$0] > retriedShare && goodput[$0] < carriedShare }
        guard let first = course.spells(holds).first, let last = course.spells(holds).last else { return [] }
        let spell = first.lowerBound..<last.upperBound
        guard course.produced.sum(spell) > 0, course.sent.sum(spell) > 0 else { return [] }
        // The windows look ahead: the storm begins with the first repetition.
        let start = spell.first { course.retried[$0] > 0 } ?? spell.lowerBound
        return [
            Symptom(
                kinds[0], start: course.start(of: start), end: course.end(of: spell), place: "the producers",
                evidence:
                    "\(Words.percent(course.retried.sum(spell) / course.sent.sum(spell))) of all copies sent were "
                    + "repetitions, and \(Words.percent(course.delivered.sum(spell) / course.produced.sum(spell))) of "
                    + "what came was delivered")
        ]
    }
}

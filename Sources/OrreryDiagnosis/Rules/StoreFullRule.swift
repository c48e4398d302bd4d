import OrreryKernel
import OrreryModel

/// A store that stops writing because its hot tier is full.
///
/// A store without room waits for the slower tier, so it is not busy, and no utilisation shows it.
///
/// Source: ours; a twentieth of the time is what counts as more than a moment everywhere here.
enum StoreFullRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "StoreFull", summary: "the store's hot tier was full, and nothing was written",
            rule: "the hot tier was full for more than a twentieth of the run, or more than 1 % of all items were lost "
                + "by it",
            causes: ["Fault"])
    ]

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let store = course.store else { return [] }
        let lost = course.losses([.storeFull])
        let share = store.blocked.mean(0..<course.count)
        guard share > RunCourse.momentShare || lost.sum > EventQueueOverflowRule.lossShare * course.produced.sum,
            let extent = course.extent(of: zip(store.blocked, lost).map(+))
        else { return [] }
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent), place: "the store",
                evidence: "it wrote nothing for \(Words.percent(share)) of the run, because its hot tier was full"
                    + (lost.sum > 0 ? ", and \(Words.grouped(lost.sum)) items were lost" : ""))
        ]
    }
}

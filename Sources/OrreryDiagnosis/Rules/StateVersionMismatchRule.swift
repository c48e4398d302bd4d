import OrreryKernel
import OrreryModel

/// Writes that do not match the version of the state that they read: too much work is done twice, or more conflicts
/// remain than people can reconcile.
///
/// A conflict by itself is how optimistic concurrency works. It is a symptom where a tenth of the writes are in vain,
/// or where those that are given up keep the operators busy without a pause.
///
/// Source: H. T. Kung, J. T. Robinson, "On Optimistic Methods for Concurrency Control" (TODS 6, 1981): it pays where
/// conflicts are rare; the share is ours.
enum StateVersionMismatchRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "StateVersionMismatch", summary: "writes do not match the version of the state that their worker read",
            rule: "more than a tenth of all writes conflict, or those that are given up overwhelm the operators",
            causes: ["Fault"])
    ]

    /// From this share of writes in vain on, conflicts are not rare.
    static let conflictShare = 0.1

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let state = course.state, let extent = course.extent(of: state.conflicts) else { return [] }
        let share = state.conflicts.sum / max(1, state.all.sum)
        let overwhelmed = OperatorsOverwhelmedRule.spell(in: course)
        guard share > conflictShare || overwhelmed != nil else { return [] }
        // Where conflicts are few, the harm begins with the first that is given up.
        let tickets = course.operators.flatMap { course.extent(of: $0.tickets) }
        let first = share > conflictShare ? extent.lowerBound : tickets?.lowerBound ?? extent.lowerBound
        let givenUp = course.operators?.tickets.sum ?? course.losses([.conflicted]).sum
        return [
            Symptom(
                kinds[0], start: course.start(of: first), end: course.end(of: extent), place: "the state",
                evidence: "\(Words.percent(share)) of \(Words.grouped(state.all.sum)) writes conflicted, and "
                    + "\(Words.grouped(givenUp)) items were given up after too many conflicts")
        ]
    }
}

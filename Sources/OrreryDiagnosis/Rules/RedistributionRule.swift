import OrreryKernel

/// Events that are handed from nodes that were declared dead to those that are left, which get busier by it.
///
/// Source: ours; a twentieth of all events is what a cluster notices.
enum RedistributionRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "EventRedistribution", summary: "events of dead nodes are handed to those that are left",
            rule: "events handed to another owner amount to more than 1 % of all",
            causes: ["NodeNotResponsive", "Fault"])
    ]

    /// Fewer are no load.
    static let movedShare = 0.01

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let cluster = course.cluster, let extent = course.extent(of: cluster.redistributed) else { return [] }
        let moved = cluster.redistributed.sum
        guard moved > movedShare * course.produced.sum else { return [] }
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent),
                place: "the nodes that are left",
                evidence: "\(Words.grouped(moved)) events were handed to another owner, beside "
                    + "\(Words.grouped(course.produced.sum)) that came")
        ]
    }
}

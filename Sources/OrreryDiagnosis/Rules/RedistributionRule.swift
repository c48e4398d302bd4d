import OrreryKernel

/// Events that are handed from nodes that were declared dead to those that are left, which get busier by it.
///
/// Source: ours; a node that had nothing hands nothing over, and does no harm.
enum RedistributionRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "EventRedistribution", summary: "events of dead nodes are handed to those that are left",
            rule: "at least one event for each node that is declared dead is handed to another owner",
            causes: ["NodeNotResponsive", "Fault"])
    ]

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let cluster = course.cluster, let extent = course.extent(of: cluster.redistributed) else { return [] }
        let moved = cluster.redistributed.sum
        guard moved >= cluster.declaredDead.sum else { return [] }
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent),
                place: "the nodes that are left",
                evidence: "\(Words.grouped(moved)) events were handed to another owner, beside "
                    + "\(Words.grouped(course.produced.sum)) that came")
        ]
    }
}

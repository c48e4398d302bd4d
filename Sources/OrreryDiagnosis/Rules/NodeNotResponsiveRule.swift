import OrreryKernel

/// Nodes that are declared dead although nothing of the scenario took them away.
///
/// A node that a fault takes away is rightly declared dead, and is no symptom. What else is declared dead was only
/// late: its heartbeat waited, or the node did.
///
/// Source: the name is the document's, NodeNotResponsiveError; a healthy cluster declares nobody dead.
enum NodeNotResponsiveRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "NodeNotResponsive", summary: "nodes were declared dead because nothing was heard of them",
            rule: "more nodes are declared dead than the scenario's faults hit",
            causes: ["EventQueueOverflow", "Saturation", "Fault"])
    ]

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let cluster = course.cluster, let extent = course.extent(of: cluster.declaredDead) else { return [] }
        let dead = cluster.declaredDead.sum
        guard dead > Double(course.faults.reduce(0) { $0 + $1.nodesHit }) else { return [] }
        let fewest = cluster.members.min() ?? 0
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent),
                place: "the nodes of the cluster",
                evidence:
                    "nodes were declared dead \(Words.grouped(dead)) times, \(Words.grouped(cluster.falseAlarms)) "
                    + "times although they ran, and at the worst \(Words.grouped(fewest)) of "
                    + "\(Words.grouped(cluster.count)) were left")
        ]
    }
}

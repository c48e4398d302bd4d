import OrreryKernel
import OrreryModel

/// What everything led to: the run's class, where it was in distress.
enum OutcomeRule: DiagnosisRule {
    static let kinds = [RunClass.recovered, .metastable, .collapsed].map { outcome in
        SymptomKind(
            name(of: outcome), summary: "the run is \(outcome.rawValue): runs of its class \(outcome.summary)",
            rule: "the class of the run; docs/decisions/0013-run-classes.md", isOutcome: true)
    }

    private static func name(of outcome: RunClass) -> String {
        switch outcome {
        case .stable: "Stability"
        case .recovered: "Distress"
        case .metastable: "MetastableFailure"
        case .collapsed: "Collapse"
        }
    }

    static func symptoms(in course: RunCourse) -> [Symptom] { symptom(in: course, since: .zero).map { [$0] } ?? [] }

    /// The outcome, of which what lies before the first cause is no part.
    static func symptom(in course: RunCourse, since cause: Duration) -> Symptom? {
        guard let outcome = course.runClass, let kind = kinds.first(where: { $0.name == name(of: outcome) }) else {
            return nil
        }
        let bad = course.distress.indices.filter { course.distress[$0] }
        let first = bad.first { course.start(of: $0) >= cause } ?? bad.first ?? 0
        let last = max(first, bad.last ?? course.count - 1)
        let share = Double(bad.count) / Double(course.count)
        return Symptom(
            kind, start: course.start(of: first), end: course.end(of: first..<last + 1), place: "the network",
            evidence: "it was in distress for \(Words.percent(share)) of the run, and "
                + "\(Words.percent(course.delivered.sum / max(1, course.produced.sum))) of what came was delivered")
    }
}

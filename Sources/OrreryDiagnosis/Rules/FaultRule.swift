import OrreryKernel

/// A fault that the scenario states was going on: a trigger, not a symptom of the network.
enum FaultRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "Fault", summary: "a fault of the scenario was going on",
            rule: "a fault that the scenario states was going on; it is the trigger of what it can have brought about",
            isTrigger: true)
    ]

    static func symptoms(in course: RunCourse) -> [Symptom] {
        course.faults.map { spell in
            Symptom(
                kinds[0], start: spell.start, end: spell.end, place: "the network",
                evidence: "\(spell.name) was going on for \(Words.time(spell.end - spell.start))")
        }
    }
}

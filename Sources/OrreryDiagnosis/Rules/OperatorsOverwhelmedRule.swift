import OrreryKernel

/// Operators who are never done: they work without a pause, and more and more waits for them.
///
/// Source: B. Beyer et al., "Site Reliability Engineering" (2016), chapter 11: who handles more than two incidents in a
/// shift has no time to do it well; here the limit is the time itself, by the utilisation law.
enum OperatorsOverwhelmedRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "OperatorsOverwhelmed", summary: "operators work without a pause, and more and more waits for them",
            rule:
                "for a quarter of the run, operators are busy for 90 % of the time, and at its end at least two items "
                + "wait for each of them",
            causes: ["StateVersionMismatch", "Fault"])
    ]

    /// People who are busier than this have no pause.
    static let busyShare = 0.9
    /// It lasts for this share of the run: tickets are few, and a short rush is a bad hour.
    static let timeShare = 0.25
    /// So many items for each operator wait at the end of it: with one, the next hour may still be quiet.
    static let waitingLeast = 2.0

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let people = course.operators, let spell = spell(in: course) else { return [] }
        return [
            Symptom(
                kinds[0], start: course.start(of: spell.lowerBound), end: course.end(of: spell), place: "the operators",
                evidence: "\(Words.grouped(people.tickets.sum)) items came to \(Words.grouped(people.count)) "
                    + "\(people.count == 1 ? "operator" : "operators"), busy "
                    + "\(Words.percent(people.busy.mean(spell) / people.count)), and up to "
                    + "\(Words.grouped(people.waiting.max() ?? 0)) waited")
        ]
    }

    /// The longest time in which the operators are busy without a pause and fall behind.
    static func spell(in course: RunCourse) -> Range<Int>? {
        guard let people = course.operators else { return nil }
        let busy = course.windowed(people.busy)
        let window = course.windowed(Array(repeating: people.count, count: course.count))
        return course.spells(busy.indices.map { busy[$0] >= busyShare * window[$0] })
            .filter { Double($0.count) >= timeShare * Double(course.count) }
            .first { spell in
                (people.waiting[spell].max() ?? 0) >= waitingLeast * people.count
                    && people.waiting[spell.upperBound - 1] > people.waiting[spell.lowerBound]
            }
    }
}

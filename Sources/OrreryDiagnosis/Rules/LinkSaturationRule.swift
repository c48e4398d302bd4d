import OrreryKernel
import OrreryModel

/// Lines that send without a pause while more and more waits for them.
///
/// A line that is busy for 90 % and keeps up is well used; one that never pauses and falls behind is too slow. One that
/// works off what was saved up for it is neither: what waits becomes less.
///
/// Source: the utilisation law, U = X × S ÷ rate, and stability: beyond U = 1 the backlog grows without end; the shares
/// are ours.
enum LinkSaturationRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "LinkSaturation", summary: "uplinks send without a pause, and more and more waits for them",
            rule: "a group's busiest line sends for more than 97 % of a tenth of the run, and at its end more waits on "
                + "disks and lines than 1.5 times what waited at its start",
            causes: ["Fault"])
    ]

    /// A line that is busier than this between two looks has no pause to speak of.
    static let busyShare = 0.97
    /// It lasts for this share of the run.
    static let timeShare = RunClass.stretchShare
    /// By so much what waits must grow meanwhile.
    static let growth = 1.5

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let lines = course.uplinks, let looks = lines.rows.first?.count, looks > 0 else { return [] }
        let waiting = course.items(in: [.disk, .uplink])
        let least = max(3, Int((timeShare * Double(looks)).rounded(.up)))
        func bin(_ look: Int) -> Int { min(course.count - 1, look * course.count / looks) }
        var names: [String] = []
        var extent: Range<Int>?
        for (name, row) in zip(lines.names, lines.rows) {
            guard let spell = longest(row.map { $0 > busyShare }), spell.count >= least else { continue }
            let (before, after) = (waiting[bin(spell.lowerBound)], waiting[bin(spell.upperBound)])
            guard after > growth * max(1, before) else { continue }
            names.append(name)
            extent = extent.map { min($0.lowerBound, spell.lowerBound)..<max($0.upperBound, spell.upperBound) } ?? spell
        }
        guard let extent else { return [] }
        let interval = course.duration.seconds / Double(looks)
        return [
            Symptom(
                kinds[0], start: Duration(seconds: Double(extent.lowerBound) * interval),
                end: min(course.duration, Duration(seconds: Double(extent.upperBound) * interval)),
                place: "the \(names.count == 1 ? "uplink" : "uplinks") of \(Words.list(names))",
                evidence:
                    "a line sent without a pause for \(Words.time(Duration(seconds: Double(extent.count) * interval))), "
                    + "while what waited on disks and lines grew from \(Words.grouped(waiting[bin(extent.lowerBound)])) "
                    + "to \(Words.grouped(waiting[bin(extent.upperBound)])) items")
        ]
    }

    /// The longest stretch in which something holds.
    private static func longest(_ holds: [Bool]) -> Range<Int>? {
        var best: Range<Int>?
        var start: Int?
        for place in 0...holds.count {
            if place < holds.count, holds[place] {
                start = start ?? place
            } else if let first = start {
                if place - first > best?.count ?? 0 { best = first..<place }
                start = nil
            }
        }
        return best
    }
}

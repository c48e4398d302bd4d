import OrreryKernel
import OrreryModel

/// Telescopes whose disks are full: they stop observing, or throw images away.
///
/// Source: ours; a disk that is full for a moment costs an exposure, not a night.
enum DiskFullRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "DiskFull", summary: "disks of telescopes were full, so that they stopped observing or lost images",
            rule:
                "more than 1 % of all images were lost for want of room, or more than 5 % of the telescopes stood "
                + "still for more than a twentieth of the run",
            causes: ["LinkSaturation", "StuckSubscriber", "EventQueueOverflow", "Saturation", "RetryStorm", "Fault"])
    ]

    /// From this share of telescopes on that stand still, the network is short of observers.
    static let stalledShare = 0.05

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let fleet = course.telescopes else { return [] }
        let lost = course.losses([.diskFull, .evicted])
        let stalled = course.spells(fleet.stalled.map { $0 > stalledShare * fleet.count })
        let isLossy = lost.sum > EventQueueOverflowRule.lossShare * course.produced.sum
        guard isLossy || !stalled.isEmpty,
            let extent = course.extent(of: zip(lost, fleet.stalled).map(+))
        else { return [] }
        let most = fleet.stalled.max() ?? 0
        return [
            Symptom(
                kinds[0], start: course.start(of: extent.lowerBound), end: course.end(of: extent),
                place: "the telescopes' disks",
                evidence: (isLossy ? "\(Words.grouped(lost.sum)) images were lost for want of room, and " : "")
                    + "up to \(Words.grouped(most)) of \(Words.grouped(fleet.count)) telescopes stood still")
        ]
    }
}

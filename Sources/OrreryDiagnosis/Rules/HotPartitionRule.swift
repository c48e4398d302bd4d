import OrreryKernel
import OrreryModel

/// One partition that has most of what waits, and falls further behind, while others are empty.
///
/// A partition that holds most of a short queue is luck; one whose backlog takes longer to clear than a moment, at all
/// that the network delivers, is not: it is served at most that fast.
///
/// Source: the definition of a hot partition or shard (Amazon Kinesis developer guide, "Strategies for resharding");
/// the shares are ours.
enum HotPartitionRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "HotPartition", summary: "one partition holds most of what waits while others are empty",
            rule: "for a tenth of the run, one partition holds more than half of all that waits, the median partition "
                + "less than a tenth of its fair share, and the backlog would take 1 % of the run to clear",
            causes: ["Fault"])
    ]

    /// One of many partitions with more than this share of all that waits is hot.
    static let hotShare = 0.5
    /// Where the middle one has less than this share of an even distribution, others are idle.
    static let idleShare = 0.1
    /// A backlog that the network as a whole clears in a shorter share of the run is no matter.
    static let backlogShare = 0.01
    /// It holds for this share of the run: what comes and goes is chance.
    static let timeShare = RunClass.stretchShare

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let places = course.partitions, places.rows.count >= 3, let looks = places.rows.first?.count, looks > 0
        else { return [] }
        let limit = backlogShare * course.delivered.sum
        let hot = (0..<looks).map { look -> Int? in
            let depths = places.rows.map { $0[look] }
            let all = depths.sum
            guard let most = depths.indices.max(by: { depths[$0] < depths[$1] }), depths[most] > hotShare * all,
                depths.sorted()[depths.count / 2] < idleShare * all / Double(depths.count), depths[most] > limit
            else { return nil }
            return most
        }
        var counts = [Int](repeating: 0, count: places.rows.count)
        for place in hot.compactMap(\.self) { counts[place] += 1 }
        guard let most = counts.indices.max(by: { counts[$0] < counts[$1] }),
            Double(counts[most]) >= timeShare * Double(looks),
            let first = hot.firstIndex(of: most), let last = hot.lastIndex(of: most)
        else { return [] }
        let interval = course.duration.seconds / Double(looks)
        let deepest = places.rows[most].max() ?? 0
        return [
            Symptom(
                kinds[0], start: Duration(seconds: Double(first) * interval),
                end: min(course.duration, Duration(seconds: Double(last + 1) * interval)), place: places.names[most],
                evidence: "up to \(Words.grouped(deepest)) copies waited in it, most of all that waited, while more "
                    + "than half of the \(places.rows.count) partitions were all but empty")
        ]
    }
}

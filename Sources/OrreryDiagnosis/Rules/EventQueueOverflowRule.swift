import OrreryKernel
import OrreryModel

/// A bounded queue that was full: the inbox of a node, or the queue of a broker.
///
/// A queue that overflows has been filling before: what waits in it is late from half full on, and does its harm then.
/// So the symptom begins when the queue that overflows later is half full, not with the first thing that it loses.
///
/// Source: the name is the document's, EventQueueOverflowException; for a finite queue, losses are what exceeds the
/// service rate (Erlang); the shares are ours.
enum EventQueueOverflowRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "EventQueueOverflow", summary: "a bounded queue was full, and what came on top was lost or turned away",
            rule: "more than 1 % of all items were lost at a broker's full queue, or more than 1 % of all messages at "
                + "nodes' full inboxes in a fiftieth of the run; it begins when the queue is half full",
            causes: [
                "ArrivalHerd", "AutoscalerThrash", "HotPartition", "LockConvoy", "RetryStorm", "NodeNotResponsive",
                "Fault",
            ])
    ]

    /// Losing fewer is what bounded queues are for.
    static let lossShare = 0.01
    /// From this share of its places on, a queue that overflows later is on its way to that.
    static let fullShare = 0.5

    static func symptoms(in course: RunCourse) -> [Symptom] {
        [course.pool.flatMap { broker($0, in: course) }, course.cluster.flatMap { inboxes($0, in: course) }]
            .compactMap(\.self)
    }

    private static func broker(_ pool: RunCourse.Pool, in course: RunCourse) -> Symptom? {
        let lost = course.losses([.brokerFull, .pushedOut]).sum
        let turnedAway = zip(course.overflowed, course.losses([.pushedOut])).map(+)
        guard lost > lossShare * course.produced.sum, let extent = course.extent(of: turnedAway) else { return nil }
        var start = extent.lowerBound
        if let capacity = pool.capacity {
            while start > 0, pool.depthHighest[start - 1] >= fullShare * capacity { start -= 1 }
        }
        let room = pool.capacity.map {
            "all \(Words.grouped($0)) places were taken, "
        }
        let spell = extent.lowerBound..<extent.upperBound
        let busy = pool.busy.sum(spell) / max(1e-9, pool.present.sum(spell))
        return Symptom(
            kinds[0], start: course.start(of: start), end: course.end(of: extent), place: "the broker's queue",
            evidence: "\(room ?? "")\(Words.grouped(turnedAway.sum)) copies were turned away and "
                + "\(Words.grouped(lost)) items lost, \(Words.percent(lost / course.produced.sum)) of all, while the "
                + "workers were busy \(Words.percent(busy))")
    }

    private static func inboxes(_ cluster: RunCourse.Nodes, in course: RunCourse) -> Symptom? {
        let share = course.share(cluster.overflows, of: zip(cluster.messages, cluster.overflows).map { max($0, $1) })
        guard share.contains(where: { $0 > lossShare }), let extent = course.extent(of: cluster.overflows) else {
            return nil
        }
        let deepest = cluster.inboxes.rows.first.map { row in
            row.indices.map { look in cluster.inboxes.rows.map { $0[look] }.max() ?? 0 }
        }
        // Back from the first loss to when the deepest inbox was last less than half full.
        let looks = deepest?.count ?? 0
        var start = course.start(of: extent.lowerBound)
        if let deepest, looks > 0 {
            let interval = course.duration.seconds / Double(looks)
            var look = min(looks, Int(start.seconds / interval))
            while look > 0, deepest[look - 1] >= fullShare * cluster.inbox { look -= 1 }
            start = min(start, Duration(seconds: Double(look + 1) * interval))
        }
        let busy = cluster.busy.mean(0..<max(1, extent.lowerBound)) / cluster.count
        let deep = cluster.inboxes.rows.indices.filter {
            cluster.inboxes.rows[$0].max() ?? 0 >= fullShare * cluster.inbox
        }
        return Symptom(
            kinds[0], start: start, end: course.end(of: extent), place: "the inboxes of the nodes",
            evidence: "\(deep.count) of \(Words.grouped(cluster.count)) inboxes were more than half full, the first "
                + "message was lost after \(Words.time(course.start(of: extent.lowerBound))), and "
                + "\(Words.grouped(cluster.overflows.sum)) in all; the nodes' loops were busy \(Words.percent(busy)) "
                + "until then")
    }
}

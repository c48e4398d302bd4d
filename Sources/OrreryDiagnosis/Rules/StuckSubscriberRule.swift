import OrreryKernel
import OrreryModel

/// A broker that listens to nobody although its workers have nothing to do: it waits for a reader who does not read.
///
/// A closed door by itself is no symptom: a broker whose memory is full closes it, too, and its workers are busy then.
///
/// Source: nats-server before 2.11 holds all producers while a subscriber's buffer is more than half full; the shares
/// are ours.
enum StuckSubscriberRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "StuckSubscriber", summary: "the broker let nobody in, because somebody did not read",
            rule: "copies wait at the broker's closed door while most workers have nothing to do and the queue is "
                + "all but empty",
            causes: ["Fault"])
    ]

    /// With more than a half of the workers free, it is not they who hold anything up.
    static let busyShare = 0.5
    /// So many more copies stand at the door than wait inside.
    static let doorFactor = 10.0

    static func symptoms(in course: RunCourse) -> [Symptom] {
        guard let pool = course.pool, let door = course.stages[.doorWait] else { return [] }
        let inside = course.items(in: [.brokerWait, .workerWait])
        let holds = door.indices.map { bin in
            door[bin] >= 1 && door[bin] > doorFactor * inside[bin] && pool.busy[bin] < busyShare * pool.present[bin]
        }
        guard let first = holds.firstIndex(of: true), let last = holds.lastIndex(of: true) else { return [] }
        let spell = first..<last + 1
        let time = Double(holds.count { $0 }) * course.binWidth.seconds
        return [
            Symptom(
                kinds[0], start: course.start(of: first), end: course.end(of: spell), place: "the broker's door",
                evidence: "up to \(Words.grouped(door.max() ?? 0)) copies stood at the door while "
                    + "\(Words.percent(pool.busy[first] / pool.present[first])) of the workers worked, for "
                    + "\(Words.time(Duration(seconds: time))) in all")
        ]
    }
}

import OrreryKernel
import OrreryModel

/// A part that works without a pause while what waits for it grows: it is too small for what it is given.
///
/// The utilisation law says how busy a part would have to be: U = X × D, arrivals times the service that each demands.
/// What workers spend on waiting for locks, on repetitions, and on conflicts where these are many is taken out, for
/// that is not the load's doing, and other rules name it.
///
/// Source: P. J. Denning, J. P. Buzen, "The Operational Analysis of Queueing Network Models" (Computing Surveys 10,
/// 1978), the utilisation law; the shares are ours.
enum SaturationRule: DiagnosisRule {
    static let kinds = [
        SymptomKind(
            "Saturation", summary: "a part works without a pause, and more comes than it can do",
            rule:
                "for more than a twentieth of the run, a part is busy for 95 % of the time, what comes would need 95 % "
                + "of it without repetitions and locks, and what waits would take it a fiftieth of the run",
            causes: ["AutoscalerThrash", "NodeNotResponsive", "EventRedistribution", "Fault"],
            saidBy: ["EventQueueOverflow", "ArrivalHerd", "HotPartition"])
    ]

    /// From here on a queue is at least nineteen services long (M/M/1), and hardly any pause is left.
    static let busyShare = 0.95
    /// So many wait on average in an M/M/1 queue at 95 %, ρ ÷ (1 − ρ); where more wait and they double, it is no
    /// chance.
    static let queueLength = 19.0
    /// By so much a backlog of messages must grow while loops are busy.
    static let growth = 2.0

    static func symptoms(in course: RunCourse) -> [Symptom] {
        [workers(in: course), loops(in: course), store(in: course)].compactMap(\.self)
    }

    private static func workers(in course: RunCourse) -> Symptom? {
        guard let pool = course.pool else { return nil }
        let locked = course.locks?.waiting ?? Array(repeating: 0, count: course.count)
        let conflicts = course.state.map { $0.conflicts.sum / max(1, $0.all.sum) } ?? 0
        let sound = conflicts > StateVersionMismatchRule.conflictShare ? 1 - conflicts : 1
        let work = zip(pool.busy, locked).map { max(0, $0 - $1) * sound }
        let done = zip(course.delivered, course.duplicates).map(+)
        let waiting = course.items(in: [.disk, .uplink, .backOff, .doorWait, .brokerWait, .workerWait])
        return saturated(
            course, busy: pool.busy, of: pool.present, work: work, done: done, offered: course.produced,
            waiting: waiting, place: "the worker pool", things: "items")
    }

    /// A node's loop has cheap heartbeats among its messages, so that their number says little about the time that they
    /// wait; what says more is that they are many and become more.
    private static func loops(in course: RunCourse) -> Symptom? {
        guard let cluster = course.cluster else { return nil }
        let all = Array(repeating: cluster.count, count: course.count)
        let spells = course.spells(course.share(cluster.busy, of: all).map { $0 >= busyShare }).filter { spell in
            let quarter = max(1, spell.count / 4)
            let (before, after) = (
                cluster.waiting.mean(spell.prefix(quarter)), cluster.waiting.mean(spell.suffix(quarter))
            )
            return after > growth * before && after > queueLength * cluster.count
        }
        guard let first = spells.first, let last = spells.last else { return nil }
        let most = spells.flatMap { cluster.waiting[$0] }.max() ?? 0
        return Symptom(
            kinds[0], start: course.start(of: first.lowerBound),
            end: course.end(of: first.lowerBound..<last.upperBound), place: "the nodes' loops",
            evidence: "they were busy \(Words.percent(cluster.busy.mean(first) / cluster.count)), and up to "
                + "\(Words.grouped(most)) messages waited in \(Words.grouped(cluster.count)) inboxes")
    }

    private static func store(in course: RunCourse) -> Symptom? {
        guard let store = course.store else { return nil }
        let all = Array(repeating: 1.0, count: course.count)
        return saturated(
            course, busy: store.busy, of: all, work: store.busy, done: course.delivered, offered: course.delivered,
            waiting: course.items(in: [.storeWait]), place: "the store", things: "items")
    }

    private static func saturated(
        _ course: RunCourse, busy: [Double], of present: [Double], work: [Double], done: [Double], offered: [Double],
        waiting: [Double], place: String, things: String
    ) -> Symptom? {
        let share = course.share(busy, of: present)
        let (working, finished) = (course.windowed(work), course.windowed(done))
        let (coming, there) = (course.windowed(offered), course.windowed(present))
        let limit = RunCourse.windowShare * Double(course.count)
        func demand(_ bin: Int) -> Double {
            finished[bin] > 0 && there[bin] > 0 ? coming[bin] * working[bin] / finished[bin] / there[bin] : 0
        }
        let isBusy = share.map { $0 >= busyShare }
        let span = Double(course.window + 1)
        let isBehind = waiting.indices.map { waiting[$0] > limit * finished[$0] / span }
        let spells = course.spells(isBusy).filter { spell in
            spell.contains { isBehind[$0] } && spell.count { demand($0) >= busyShare } >= course.moment
        }
        guard let first = spells.first, let last = spells.last else { return nil }
        let demands = first.map(demand).sorted()
        let most = spells.flatMap { $0.map { waiting[$0] } }.max() ?? 0
        return Symptom(
            kinds[0], start: course.start(of: first.lowerBound),
            end: course.end(of: first.lowerBound..<last.upperBound),
            place: place,
            evidence: "it was busy \(Words.percent(busy.sum(first) / max(1e-9, present.sum(first)))), what came needed "
                + "\(Words.percent(demands[demands.count / 2])) of it, and up to \(Words.grouped(most)) \(things) waited"
        )
    }
}

import OrreryKernel
public import OrreryModel

/// What a reader should know about the runs of one variant, in sentences; the most important first.
public enum Findings {
    /// A part this busy is near its limit: an M/M/1 queue at 90 % waits nine services long.
    static let highUtilisation = 0.9
    /// This share of everything produced still waiting at the end says that the network is behind.
    static let largeBacklog = 0.05

    /// The sentences for the runs of one variant, one entry a seed; without classes, nothing is said of them.
    public static func sentences(
        _ runs: [RunFacts], classes: [RunClass?] = [], plan: NetworkPlan
    ) -> [String] {
        guard !runs.isEmpty else { return ["No run was finished, so there is nothing to say."] }
        guard runs.contains(where: { $0.produced > 0 }) else { return [nothing(of: runs, plan)] }
        return [
            fate(of: runs, plan), outcomes(classes), emptyRuns(of: runs), backlog(of: runs), bottleneck(of: runs, plan),
            fullStore(of: runs, plan), wayOfTime(of: runs), broker(of: runs, plan), idleSites(of: plan),
        ]
        .compactMap(\.self)
    }

    private static func nothing(of runs: [RunFacts], _ plan: NetworkPlan) -> String {
        var reasons: [String] = []
        if !plan.fleet.isEmpty {
            let aborted = runs.reduce(0) { $0 + $1.abortedExposures }
            reasons.append(
                "no telescope finished an exposure"
                    + (aborted > 0 ? ", and closing domes cut \(Words.grouped(aborted)) short" : ""))
        }
        if !plan.arrivals.isEmpty { reasons.append("nothing arrived") }
        return "Nothing was produced: " + reasons.joined(separator: "; ") + "."
    }

    private static func fate(of runs: [RunFacts], _ plan: NetworkPlan) -> String {
        let produced = runs.reduce(0) { $0 + $1.produced }
        let losses = runs.flatMap(\.lost)
        let lost = losses.reduce(0) { $0 + $1.count }
        let scope =
            (runs.count == 1 ? "" : " in \(runs.count) runs") + (plan.warmUp > .zero ? ", warm-up included" : "")
        if lost == 0 { return "No item was lost, of \(Words.grouped(produced)) produced\(scope)." }
        let reasons = LossReason.allCases.compactMap { reason -> String? in
            let count = losses.filter { $0.reason == reason }.reduce(0) { $0 + $1.count }
            return count > 0 ? "\(Words.grouped(count)) \(reason.summary)" : nil
        }
        let affected = runs.count { !$0.lost.isEmpty }
        return
            "\(Words.percent(Double(lost) / Double(produced))) of the \(Words.grouped(produced)) items produced\(scope) were lost: "
            + reasons.joined(separator: ", ") + (runs.count == 1 ? "." : ", in \(affected) of \(runs.count) runs.")
    }

    /// What became of the runs, where not all were stable: a mean over runs of several classes says nothing of any.
    private static func outcomes(_ classes: [RunClass?]) -> String? {
        let counts = RunClass.allCases.map { kind in (kind, classes.count { $0 == kind }) }.filter { $0.1 > 0 }
        let total = classes.count
        if counts.count == 1, let (kind, count) = counts.first, count == total {
            if kind == .stable { return nil }
            return total == 1 ? "The run is \(kind.rawValue)." : "All \(total) runs are \(kind.rawValue)."
        }
        guard counts.count > 1 else { return nil }
        let words = counts.map { "\($0.1) \($0.0.rawValue)" }.joined(separator: ", ")
        return "Of \(total) runs, \(words): read means over all of them with care, for they describe no run."
    }

    /// Means over the seeds hide the seeds in which nothing happened.
    private static func emptyRuns(of runs: [RunFacts]) -> String? {
        let empty = runs.count { $0.produced == 0 }
        return empty > 0 ? "Nothing was produced in \(empty) of \(runs.count) runs." : nil
    }

    private static func backlog(of runs: [RunFacts]) -> String? {
        let behind = runs.filter { $0.waitingTotal > 10 && $0.waitingShare > largeBacklog }
        let largest = Stage.allCases.max { left, right in waiting(in: left, of: behind) < waiting(in: right, of: behind)
        }
        guard let worst = behind.map(\.waitingShare).max(), let largest else { return nil }
        return
            "The network was behind at the end of \(behind.count) of \(runs.count) runs: up to \(Words.percent(worst)) of "
            + "everything produced still waited, most of all in \(largest.name)."
    }

    private static func waiting(in stage: Stage, of runs: [RunFacts]) -> Int64 {
        runs.reduce(0) { sum, run in sum + run.waiting.reduce(0) { $0 + ($1.stage == stage ? $1.count : 0) } }
    }

    private static func bottleneck(of runs: [RunFacts], _ plan: NetworkPlan) -> String? {
        let all = runs.flatMap(\.utilisations)
        guard let busiest = all.max(by: { $0.share < $1.share }) else { return nil }
        let time = plan.warmUp > .zero ? "of the time after the warm-up" : "of the time"
        let scope = runs.count == 1 ? "" : " in the run in which it was busiest"
        let warning = busiest.share > highUtilisation ? ", near its limit: it has little room for more load" : ""
        return "The busiest part is \(busiest.part), busy \(Words.percent(busiest.share)) \(time)\(scope)\(warning)."
    }

    /// A store without room waits, so it is not busy, and no utilisation shows it.
    private static func fullStore(of runs: [RunFacts], _ plan: NetworkPlan) -> String? {
        guard let highest = runs.map(\.storeFull).max(), highest > 0 else { return nil }
        let time = plan.warmUp > .zero ? "of the time after the warm-up" : "of the time"
        let scope = runs.count == 1 ? "" : " in the run in which that was longest"
        return "The store wrote nothing for \(Words.percent(highest)) \(time)\(scope): its hot tier was full."
    }

    private static func wayOfTime(of runs: [RunFacts]) -> String? {
        guard runs.contains(where: { $0.measured > 0 }) else {
            return "No item was delivered while the network was observed, so no latency was measured."
        }
        let times = Stage.allCases.map { stage in
            let time = runs.reduce(Int128(0)) { sum, run in
                sum + run.stageTimes.reduce(0) { $0 + ($1.stage == stage ? $1.nanoseconds : 0) }
            }
            return (stage: stage, time: time)
        }
        let total = times.reduce(Int128(0)) { $0 + $1.time }
        guard total > 0, let largest = times.max(by: { $0.time < $1.time }) else { return nil }
        let share = Words.percent(Double(largest.time) / Double(total))
        return
            "\(share) of all delivered items' time passes while an item \(largest.stage.summary) (\(largest.stage.name))."
    }

    /// A site that nobody uses is probably a slip in the scenario.
    private static func idleSites(of plan: NetworkPlan) -> String? {
        let used = Set(plan.fleet.map(\.site))
        let idle = plan.sites.indices.filter { !used.contains($0) }.map { plan.sites[$0].name }
        guard !idle.isEmpty else { return nil }
        return "No telescope stands at \(idle.joined(separator: ", ")): the scenario names sites that nothing uses."
    }

    private static func broker(of runs: [RunFacts], _ plan: NetworkPlan) -> String? {
        guard plan.hasBroker else { return nil }
        let highest = Words.grouped(Int64(runs.map(\.brokerDepthHighest).max() ?? 0))
        let time = plan.warmUp > .zero ? " after the warm-up" : ""
        guard let capacity = plan.broker.capacity else {
            return "At most \(highest) copies of items waited in the broker\(time), which has no limit."
        }
        return
            "At most \(highest) copies of items waited in the broker\(time), which has room for \(Words.grouped(Int64(capacity)))."
    }
}

extension RunFacts {
    fileprivate var waitingTotal: Int64 { waiting.reduce(0) { $0 + $1.count } }

    /// What waits at the end as a share of everything produced.
    fileprivate var waitingShare: Double { Double(waitingTotal) / Double(max(1, produced)) }
}

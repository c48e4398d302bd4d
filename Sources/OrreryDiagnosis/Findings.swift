import OrreryKernel
public import OrreryModel

/// What a reader should know about the runs of one variant, in sentences; the most important first.
public enum Findings {
    /// A part this busy is near its limit: an M/M/1 queue at 90 % waits nine services long.
    static let highUtilisation = 0.9
    /// This share of everything produced still on its way at the end says that the network did not keep up.
    static let largeBacklog = 0.05

    /// The sentences for the runs of one variant, one entry a seed.
    public static func sentences(_ runs: [RunFacts], plan: NetworkPlan) -> [String] {
        guard !runs.isEmpty else { return ["No run was finished, so there is nothing to say."] }
        guard runs.contains(where: { $0.produced > 0 }) else {
            return [
                "Nothing was produced: no telescope saw a dark and clear sky, or nothing arrived, in the whole run."
            ]
        }
        return [fate(of: runs), backlog(of: runs), bottleneck(of: runs), wayOfTime(of: runs), broker(of: runs, plan)]
            .compactMap(\.self)
    }

    private static func fate(of runs: [RunFacts]) -> String {
        let produced = runs.reduce(0) { $0 + $1.produced }
        let losses = runs.flatMap(\.lost)
        let lost = losses.reduce(0) { $0 + $1.count }
        if lost == 0 { return "No item was lost, of \(Words.grouped(produced)) produced\(overRuns(runs.count))." }
        let affected = runs.count { !$0.lost.isEmpty }
        let reasons = LossReason.allCases.compactMap { reason -> String? in
            let count = losses.filter { $0.reason == reason }.reduce(0) { $0 + $1.count }
            return count > 0 ? "\(Words.grouped(count)) to \(reason.name)" : nil
        }
        return
            "\(Words.percent(Double(lost) / Double(produced))) of the \(Words.grouped(produced)) items produced were lost: "
            + reasons.joined(separator: ", ") + ", in \(affected) of \(runs.count) runs."
    }

    private static func overRuns(_ count: Int) -> String { count == 1 ? "" : " in \(count) runs" }

    private static func backlog(of runs: [RunFacts]) -> String? {
        let behind = runs.count { Double($0.inFlight) > largeBacklog * Double($0.produced) && $0.inFlight > 10 }
        guard behind > 0 else { return nil }
        let worst = runs.map { Double($0.inFlight) / Double(max(1, $0.produced)) }.max() ?? 0
        return
            "The network did not keep up in \(behind) of \(runs.count) runs: up to \(Words.percent(worst)) of everything produced "
            + "was still on its way at the end."
    }

    private static func bottleneck(of runs: [RunFacts]) -> String? {
        let all = runs.flatMap(\.utilisations)
        guard let busiest = all.max(by: { $0.share < $1.share }) else { return nil }
        let warning =
            busiest.share > highUtilisation ? ", near its limit: a little more load makes it wait much longer" : ""
        return "The busiest part is \(busiest.part), busy \(Words.percent(busiest.share)) of the time\(warning)."
    }

    private static func wayOfTime(of runs: [RunFacts]) -> String? {
        let measured = runs.filter { !$0.latencyShares.isEmpty }
        guard !measured.isEmpty else { return "No item was delivered after the warm-up, so no latency was measured." }
        let shares = Stage.allCases.map { stage in
            let sum = measured.reduce(0.0) { sum, run in
                sum + (run.latencyShares.first { $0.stage == stage }?.share ?? 0)
            }
            return (stage: stage, share: sum / Double(measured.count))
        }
        guard let largest = shares.max(by: { $0.share < $1.share }) else { return nil }
        return
            "\(Words.percent(largest.share)) of a delivered item's time passes while it \(largest.stage.summary) (\(largest.stage.name))."
    }

    private static func broker(of runs: [RunFacts], _ plan: NetworkPlan) -> String? {
        let highest = runs.map(\.brokerDepthHighest).max() ?? 0
        guard let capacity = plan.broker.capacity else {
            return "At most \(Words.grouped(Int64(highest))) items waited in the broker, which has no limit."
        }
        return
            "At most \(Words.grouped(Int64(highest))) items waited in the broker, which has room for \(Words.grouped(Int64(capacity)))."
    }
}

import OrreryDiagnosis
import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryScenario
import Synchronization

/// The runs of a scenario in the normal order of ties and in shuffled ones, with the same random numbers.
///
/// Every shuffled run checks conservation, the inventories of all parts and Little's law at its end, as all do.
struct TieShuffle {
    let experiment: Experiment
    let tieSeeds: Int

    /// How many shuffled orders are tried unless somebody says otherwise.
    static let usualTieSeeds = 5

    /// All runs: for every variant and seed the normal one, then the shuffled ones.
    var replications: [Replication] {
        experiment.replications.flatMap { usual in
            [usual]
                + (1...UInt64(tieSeeds)).map {
                    Replication(variant: usual.variant, plan: usual.plan, seed: usual.seed, tieSeed: $0)
                }
        }
    }

    /// Runs them; one report a variant.
    func run(
        jobs: Int, shouldStop: @escaping @Sendable () -> Bool,
        progress: @escaping @Sendable (_ index: Int, _ share: Double) -> Void
    ) async throws -> [TieReport] {
        var reports = experiment.scenario.variants.map { _ in TieReport() }
        let list = replications
        let counts = TieCounts(runs: list.count)
        let replicator = Replicator(
            jobs: jobs, shouldStop: shouldStop, shouldAbandon: shouldStop,
            progress: { index, share in
                progress(index, share)
                if share == 1 { BugTrap.end(index) }
            },
            watch: { index in
                BugTrap.begin(index, list[index], of: experiment.scenario)
                return list[index].tieSeed == nil ? counts.watch(index) : RunWatch()
            })
        var index = 0
        try await replicator.run(list) { replication, outcome in
            BugTrap.end(index)
            reports[replication.variant].add(
                outcome, isShuffled: replication.tieSeed != nil, ties: counts[index])
            index += 1
        }
        return reports
    }

    /// What the reports say, as tables and sentences.
    func text(_ reports: [TieReport]) -> String {
        let runs = experiment.replications.count
        let heading =
            "\(experiment.scenario.name): \(runs) run\(runs == 1 ? "" : "s"), each again with \(tieSeeds) shuffled "
            + "order\(tieSeeds == 1 ? "" : "s") of the events that happen at the same instant"
        return
            ([heading]
            + zip(experiment.scenario.variants, reports).flatMap { TieShuffle.lines($1, of: $0) })
            .joined(separator: "\n")
    }

    private static func lines(_ report: TieReport, of variant: ScenarioVariant) -> [String] {
        var table = TextTable(rightAligned: [1, 2])
        table.add(["  metric", "moved at most", "seeds lie apart", "in shuffled runs"])
        let measured = report.metrics.filter { !$0.values.isEmpty || $0.changedRuns > 0 }
        for metric in measured {
            table.add([
                "  " + metric.metric.key, metric.changedRuns == 0 ? "–" : percent(metric.moveLargest),
                metric.seedSpread.map(percent) ?? "–",
                metric.changedRuns == 0
                    ? "the same bits in all \(report.shuffledRuns)"
                    : "changed in \(metric.changedRuns) of \(report.shuffledRuns)",
            ])
        }
        return ["variant \(variant.name)"] + table.lines + ["  " + sentence(report, of: measured)]
    }

    private static func sentence(_ report: TieReport, of measured: [MetricTies]) -> String {
        let failed =
            report.failedRuns == 0 ? "" : " \(report.failedRuns) runs were given up and are not compared."
        let share = Double(report.ties.tied) / Double(max(1, report.ties.events))
        let tied = "\(Words.percent(share)) of the events happen at the same instant as the event before them. "
        let moved = measured.filter { $0.changedRuns > 0 }
        guard report.shuffledRuns > 0 else { return "No run could be compared.\(failed)" }
        guard let most = moved.max(by: { $0.moveLargest < $1.moveLargest }) else {
            return tied + "No metric depends on the order of ties.\(failed)"
        }
        let size = most.moveLargest.isFinite ? "by \(percent(most.moveLargest))" : "away from zero"
        let dependent = "\(moved.count) of \(measured.count) metrics depend on the order of ties; "
        let largest = "the largest move is that of \(most.metric.key), \(size). "
        let meaning =
            "Their values hold for the order that Orrery keeps (first put onto the agenda, first to happen). "
            + "A real network may keep any other, so a metric that moves further than seeds lie apart says more about "
            + "that order than about the network."
        return tied + dependent + largest + meaning + failed
    }

    /// A relative size as a percentage in two digits.
    private static func percent(_ value: Double) -> String {
        guard value.isFinite else { return "from 0" }
        if value == 0 { return "0 %" }
        let hundredths = value * 100
        if hundredths < 0.0001 { return "below 0.0001 %" }
        var scale = 1.0
        while hundredths * scale < 10, scale < 1e6 { scale *= 10 }
        return DecimalText.trimmed((hundredths * scale).rounded() / scale) + " %"
    }
}

/// How many events happen at the same instant as the one before them, counted on the way.
private final class TieCounts: Sendable {
    private let counts: Mutex<[TieCount]>

    init(runs: Int) {
        counts = Mutex(Array(repeating: TieCount(), count: runs))
    }

    subscript(run: Int) -> TieCount { counts.withLock { $0[run] } }

    func watch(_ run: Int) -> RunWatch {
        var watch = RunWatch()
        var count = TieCount()
        var last: Instant?
        watch.event = { event in
            count.events += 1
            if event.time == last { count.tied += 1 }
            last = event.time
        }
        watch.checkpoint = { _ in self.counts.withLock { $0[run] = count } }
        return watch
    }
}

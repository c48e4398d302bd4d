import ArgumentParser
import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryScenario
import OrreryStatistics

/// The options by which runs decide themselves how many they are, and how much of them is left out.
struct PrecisionOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "Add seeds until half the 95 % interval of a metric's mean is at most this share of it, in every variant: delivery.latency=5%.",
            valueName: "metric=share"))
    var precision: String?

    @Option(help: ArgumentHelp("With --precision, the most seeds to run (200 unless stated).", valueName: "count"))
    var seedsMax: Int?

    @Option(
        help: ArgumentHelp(
            "Leave so much of each run's beginning out, for instance 2h: short for --set time.warm-up=2h; auto finds it with MSER-5 (for steady states, not for bursts).",
            valueName: "duration|auto"))
    var warmUp: String?

    /// The seeds that are run at most, unless stated.
    static let usualSeedsMax = 200

    /// Whether nothing but the scenario says how much is run.
    var isFixed: Bool { precision == nil && warmUp != "auto" }

    /// The override that a stated warm-up is.
    var overrides: [String] { warmUp.flatMap { $0 == "auto" ? nil : ["time.warm-up=\($0)"] } ?? [] }

    /// The words that ask for the same again.
    var words: [String] {
        (precision.map { ["--precision", $0] } ?? []) + (seedsMax.map { ["--seeds-max", "\($0)"] } ?? [])
            + (warmUp.map { ["--warm-up", $0] } ?? [])
    }

    /// Stops on values that no run can have.
    func check(_ replication: ReplicationOptions, isSharded: Bool) throws {
        if let warmUp, let other = replication.set.first(where: { $0.hasPrefix("time.warm-up=") }) {
            throw ValidationError("--warm-up \(warmUp) and --set \(other) both state the warm-up")
        }
        if precision == nil, let seedsMax {
            throw ValidationError("--seeds-max \(seedsMax) goes with --precision only")
        }
        if isSharded && !isFixed {
            throw ValidationError(
                "--shard divides a fixed number of runs; it does not go with --precision or --warm-up auto")
        }
        guard precision != nil else { return }
        _ = try parsed()
        if replication.seed != nil {
            throw ValidationError("--seed names the only seed; it does not go with --precision")
        }
        if let seedsMax, !(2...100_000).contains(seedsMax) {
            throw ValidationError("--seeds-max \(seedsMax) is out of range: at least 2 and at most 100000")
        }
    }

    /// What is asked for, with a first look after so many seeds; nil without `--precision`.
    func rule(firstSeeds: Int) throws -> Precision? {
        guard let (metric, share) = try parsed() else { return nil }
        let most = seedsMax ?? max(firstSeeds, PrecisionOptions.usualSeedsMax)
        guard firstSeeds <= most else {
            throw CommandFailure(
                status: .usage, message: "the first look is after \(firstSeeds) seeds, but --seeds-max is \(most)")
        }
        let looks = LookSchedule(floor: max(2, firstSeeds), ceiling: max(2, most))
        return Precision(metric: metric, rule: PrecisionRule(relativeHalfWidth: share, looks: looks))
    }

    private func parsed() throws -> (metric: Metric, share: Double)? {
        guard let precision else { return nil }
        let parts = precision.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2 else {
            throw ValidationError(
                "--precision \(precision) is not of the form metric=share, for instance delivery.latency=5%")
        }
        guard let metric = MetricCatalog[parts[0]] else {
            let known = MetricCatalog.metrics.map(\.key)
            let hint =
                NearestName.find(parts[0], among: known).map { "did you mean \($0)?" } ?? "see orrery list metrics"
            throw ValidationError("--precision \(precision): there is no metric \(parts[0]); \(hint)")
        }
        guard !parts[0].hasPrefix("outcome.") else {
            throw ValidationError(
                "--precision \(precision): a probability of a class has no mean over seeds; state it as a threshold")
        }
        let number = parts[1].hasSuffix("%") ? Double(parts[1].dropLast()).map { $0 / 100 } : Double(parts[1])
        guard let share = number, share >= 0.0001, share <= 1 else {
            throw ValidationError(
                "--precision \(precision): \(parts[1]) is out of range: at least 0.01% and at most 100%")
        }
        return (metric, share)
    }
}

extension PrecisionOptions {
    /// The scenario with the warm-ups that MSER-5 finds, variant by variant; nil, and a complaint, where there is none.
    func settled(
        _ loaded: ScenarioLoader.Loaded, _ overrides: [Override], _ replication: ReplicationOptions,
        with replicator: Replicator
    ) async throws -> Scenario? {
        guard warmUp == "auto" else { return loaded.scenario }
        var scenario = loaded.scenario
        let seeds = replication.seeds(for: scenario)
        let warmUps = try await WarmUpPilot.warmUps(of: scenario, seeds: seeds, with: replicator)
        if replicator.shouldStop() { return scenario }
        for (index, warmUp) in warmUps.enumerated() {
            let name = scenario.variants[index].name
            guard let warmUp else {
                Terminal.complain(
                    "\(loaded.file.path): no warm-up was found for the variant \(name): the number of items on their way "
                        + "does not settle in the first half of \(scenario.variants[index].plan.duration); make the runs "
                        + "longer, or state the warm-up")
                return nil
            }
            let override = try Override.parse(["time.warm-up=\(DecimalText.trimmed(warmUp.seconds))s"])
            let again = try loaded.file.decode(overrides: overrides + override)
            guard let variant = again.variants.first(where: { $0.name == name }) else { continue }
            scenario.variants[index] = variant
        }
        return scenario
    }

    /// What is run beside the seeds that are sure, in lines of a plan; none if nothing is.
    func plan(for scenario: Scenario, _ replication: ReplicationOptions) throws -> [String] {
        let (variants, first) = (scenario.variants.count, replication.count(for: scenario))
        var lines: [String] = []
        if let rule = try rule(firstSeeds: first), let precision {
            lines.append(
                "  more seeds until \(precision) is reached in every variant: at most \(rule.seedsMax) seeds, "
                    + "\(rule.seedsMax * variants) runs")
        }
        if warmUp == "auto" {
            let runs = min(replication.seeds(for: scenario).count, WarmUpPilot.runsMax) * variants
            lines.append("  before them \(runs) runs without a warm-up, which find it")
        }
        return lines
    }
}

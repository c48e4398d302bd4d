import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryReport
import OrreryScenario

/// `orrery capacity`: search for the largest or smallest value of a parameter that meets all thresholds.
struct CapacityCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "capacity",
        abstract: "Find the largest (or smallest) value of a parameter that meets all thresholds, with its interval.",
        discussion: """
            Bisection, with seeds at each value until it is clear whether every threshold holds there. Exit codes: 0 found, 97 \
            open (more seeds are needed, or passing is not monotone), 99 no value passes, 64 usage, 65 bad scenario, 66 no such \
            scenario, 73 cannot write, 130 interrupted. See orrery explain exit-codes.
            """)

    @Argument(help: ArgumentHelp("A YAML file, or a folder that holds scenario.yaml.", valueName: "scenario"))
    var scenario: String

    @Option(
        help: ArgumentHelp(
            "The parameter and the values that could be the answer, rising: system.workers.count=5..60.",
            valueName: "path=values"))
    var vary: [String]

    @Option(help: "Which value is sought: the largest that passes (smaller ones pass too), or the smallest.")
    var find: End = .largest

    @Option(help: ArgumentHelp("How sure the whole search is to be.", valueName: "share"))
    var confidence = "95%"

    @Option(
        help: ArgumentHelp(
            "The most seeds that one value may have; more make close calls clearer.", valueName: "count"))
    var seedsMax = 200

    @Option(help: ArgumentHelp("The first seed, instead of the scenario's.", valueName: "seed"))
    var seedBase: UInt64?

    @Option(
        help: ArgumentHelp(
            "Set a value of the scenario, for instance time.duration=1h. Repeatable.", valueName: "path=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("The variant to search; needed if the scenario has several.", valueName: "name"))
    var variant: String?

    @OptionGroup var running: JobOptions

    @Flag(help: "Say what would be searched, and run nothing.")
    var dryRun = false

    @OptionGroup var output: OutputOptions
    @OptionGroup var keeping: StoreOptions

    /// The end of the values that is sought.
    enum End: String, CaseIterable, ExpressibleByArgument {
        case largest
        case smallest
    }

    private var share: Double? { CapacityCommand.share(confidence) }

    /// The share that a percentage states; nil for anything else.
    static func share(_ confidence: String) -> Double? {
        guard confidence.hasSuffix("%"), let percent = Double(confidence.dropLast()) else { return nil }
        return percent / 100
    }

    func validate() throws {
        guard let share, share >= 0.5, share <= 0.999 else {
            throw ValidationError("--confidence \(confidence) is no share from 50% to 99.9%; write for instance 95%")
        }
        let allowed = CapacityExperiment.seedsMin...CapacityExperiment.seedsLimit
        guard allowed.contains(seedsMax) else {
            throw ValidationError(
                "--seeds-max \(seedsMax) is out of range: at least \(allowed.lowerBound) and at most \(allowed.upperBound)"
            )
        }
        let base = seedBase ?? 0
        if base > ReplicationOptions.seedLimit - UInt64(seedsMax) {
            throw ValidationError("--seed-base \(base) and \(seedsMax) seeds go beyond \(ReplicationOptions.seedLimit)")
        }
        if vary.count != 1 {
            throw ValidationError("--vary names the one parameter that is varied, not \(vary.count)")
        }
        try output.check(scenarioCount: 1)
        try output.checkNoShards()
        try keeping.check()
    }

    func run() async throws {
        let file = try ScenarioFile(argument: scenario)
        let vary = try Override.parse(vary, option: "--vary", example: "system.workers.count=5..60")
        let sweep = try file.decodeSweep(
            overrides: Override.parse(set), options: vary, optionName: "--vary", variants: variant.map { [$0] } ?? [])
        let targets = try output.targets(for: file.name)
        try OutputOptions.checkDistinct(targets, from: [file.path])
        let experiment = try experiment(over: sweep)
        if dryRun {
            let values = experiment.sweep.parameters[0].values
            return try Terminal.print(
                "\(sweep.scenario.name): the \(find.rawValue) \(experiment.sweep.parameters[0].path) of \(values.count) values, "
                    + "\(values[0].text) to \(values[values.count - 1].text), with \(CapacityExperiment.seedsMin) to \(seedsMax) "
                    + "seeds at each that is tested, \(running.jobs) at a time")
        }
        for target in targets { try target.checkWritable() }
        let archive = try keeping.open(isUsual: true).map { RunArchive([$0]) }
        let interruption = Interruption()
        let (before, started) = (Effort.soFar, Date())
        let replicator = running.replicator(archive, interruption, ProgressBar(style: .none, runs: 0))
        let isSilent = output.quiet || output.progress == .none
        let result = try await experiment.run(with: replicator) { point, seeds in
            if !isSilent { Terminal.narrate("\(point.text): up to seed number \(seeds)\n") }
        }
        if !output.quiet {
            let elapsed = Date().timeIntervalSince(started)
            Terminal.narrate(
                Narration.effort(
                    runs: result.runs, kept: archive?.foundCount ?? 0, from: before, to: .soFar, elapsed: elapsed))
        }
        try output.emit(result, targets: targets, name: file.name)
        if let status = interruption.status { throw status.code }
        switch result.verdict.outcome {
        case .passed: return
        case .failed: throw ExitStatus.thresholdsBroken.code
        case .invalid: throw ExitStatus.invalid.code
        }
    }

    private func experiment(over sweep: Sweep) throws -> CapacityExperiment {
        let base = seedBase ?? sweep.scenario.seedBase
        do throws(CapacityExperiment.Unsuitable) {
            return try CapacityExperiment(
                sweep: sweep, find: find == .largest ? .largest : .smallest, confidence: share ?? 0.95,
                seedsMax: seedsMax, seedBase: base,
                command: words(base).map(ShellWord.quoted).joined(separator: " "))
        } catch {
            throw CommandFailure(status: .usage, message: CapacityCommand.message(for: error))
        }
    }

    private func words(_ base: UInt64) -> [String] {
        ["orrery", "capacity", (scenario.hasPrefix("-") ? "./" : "") + scenario]
            + [
                "--vary", vary[0], "--find", find.rawValue, "--confidence", confidence, "--seeds-max", "\(seedsMax)",
                "--seed-base", "\(base)",
            ]
            + set.flatMap { ["--set", $0] } + (variant.map { ["--variant=\($0)"] } ?? [])
    }

    /// Why there is nothing to search, in words.
    static func message(for unsuitable: CapacityExperiment.Unsuitable) -> String {
        switch unsuitable {
        case .severalParameters: "--vary names one parameter; orrery sweep takes several"
        case .notRising: "--vary needs numbers that rise and share a unit, for instance system.workers.count=5..60"
        case .severalVariants(let names):
            "the scenario has several variants; choose one with --variant: \(names.joined(separator: ", "))"
        case .relativeThreshold(let text):
            "the threshold '\(text)' is relative to a stored result; a search needs a number"
        case .neverShown(let text):
            "no number of seeds can show that '\(text)' holds: the next one could break it; state a share that leaves room, "
                + "for instance 95%"
        case .tooFewSeeds(let text, let needed):
            "even if no seed broke it, it would take about \(needed) seeds at a value to show that '\(text)' holds; allow "
                + "them with --seeds-max \(needed)"
        case .noThresholds: "the scenario states no thresholds, so there is nothing to meet"
        }
    }
}

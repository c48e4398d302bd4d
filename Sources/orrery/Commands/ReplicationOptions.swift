import ArgumentParser
import OrreryExperiment
import OrreryModel
import OrreryScenario

/// The options that say what is simulated: seeds, variants, overrides, how many runs at a time.
struct ReplicationOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "How many seeds to run every variant with, instead of the scenario's count.", valueName: "count"))
    var seeds: Int?

    @Option(help: ArgumentHelp("The first seed, instead of the scenario's.", valueName: "seed"))
    var seedBase: UInt64?

    @Option(help: ArgumentHelp("Run one seed only, this one.", valueName: "seed"))
    var seed: UInt64?

    @Option(
        help: ArgumentHelp(
            "Set a value of the scenario, for instance system.workers.count=8. Repeatable.", valueName: "path=value"))
    var set: [String] = []

    @Option(
        help: ArgumentHelp(
            "How long to simulate, for instance 1d: short for --set time.duration=1d.", valueName: "duration"))
    var duration: String?

    @Option(help: ArgumentHelp("Run this variant only. Repeatable.", valueName: "name"))
    var variant: [String] = []

    @OptionGroup var running: JobOptions

    @Flag(help: "Say what would be run, and run nothing.")
    var dryRun = false

    /// The largest seed: results hold seeds as whole numbers that every reader of JSON keeps exactly.
    static let seedLimit: UInt64 = (1 << 53) - 1

    /// Stops on values that no run can have.
    func check() throws {
        if let seeds, !(1...100_000).contains(seeds) {
            throw ValidationError("--seeds \(seeds) is out of range: at least 1 and at most 100000")
        }
        if seed != nil && (seeds != nil || seedBase != nil) {
            throw ValidationError("--seed names the only seed; it does not go with --seeds or --seed-base")
        }
        for (name, value) in [("--seed", seed), ("--seed-base", seedBase)] {
            if let value, value > ReplicationOptions.seedLimit {
                throw ValidationError("\(name) \(value) is out of range: at most \(ReplicationOptions.seedLimit)")
            }
        }
    }

    /// Stops on seeds of a scenario that would go beyond the largest.
    func checkSeeds(of scenario: Scenario, atMost precision: Precision? = nil) throws {
        let count = precision?.seedsMax ?? count(for: scenario)
        let base = seedBase ?? scenario.seedBase
        guard seed == nil, base + UInt64(count) - 1 > ReplicationOptions.seedLimit else { return }
        throw CommandFailure(
            status: .usage,
            message: "\(count) seeds from \(base) on go beyond the largest seed, \(ReplicationOptions.seedLimit)")
    }

    /// The overrides of `--set` and `--duration`.
    func overrides() throws -> [Override] {
        try Override.parse(set + (duration.map { ["time.duration=\($0)"] } ?? []))
    }

    /// How many seeds a scenario is run with.
    func count(for scenario: Scenario) -> Int { seed == nil ? seeds ?? scenario.seedCount : 1 }

    /// The seeds to run a scenario with; with a precision, the most.
    func seeds(for scenario: Scenario, precision: Precision? = nil) -> [UInt64] {
        if let seed { return [seed] }
        let base = seedBase ?? scenario.seedBase
        return (0..<(precision?.seedsMax ?? count(for: scenario))).map { base + UInt64($0) }
    }

    /// What is to be run of a scenario that an argument names.
    func experiment(_ scenario: Scenario, from argument: String) -> Experiment {
        Experiment(
            scenario: scenario, seeds: seeds(for: scenario), command: command(for: argument, scenario: scenario))
    }

    /// What is to be run of a scenario that an argument names, until it is known as precisely as is asked.
    func experiment(
        _ scenario: Scenario, from argument: String, _ adaptive: PrecisionOptions
    ) throws -> Experiment {
        let precision = try adaptive.rule(firstSeeds: count(for: scenario))
        return Experiment(
            scenario: scenario, seeds: seeds(for: scenario, precision: precision),
            command: command(for: argument, scenario: scenario, and: adaptive.words), precision: precision)
    }

    /// The command that makes the same result again.
    func command(_ verb: String = "run", for argument: String, scenario: Scenario, and more: [String] = []) -> String {
        (["orrery", verb] + words(for: argument, scenario: scenario) + more).map(ShellWord.quoted).joined(
            separator: " ")
    }

    /// The words that say what is simulated, whatever the scenario file says of seeds.
    func words(for argument: String, scenario: Scenario) -> [String] {
        // A word that begins with a dash would be read as an option.
        var words = [(argument.hasPrefix("-") ? "./" : "") + argument]
        if let seed {
            words += ["--seed", "\(seed)"]
        } else {
            words += ["--seeds", "\(seeds ?? scenario.seedCount)", "--seed-base", "\(seedBase ?? scenario.seedBase)"]
        }
        for text in set { words += ["--set", text] }
        if let duration { words += ["--duration", duration] }
        for name in variant { words += name.hasPrefix("-") ? ["--variant=\(name)"] : ["--variant", name] }
        return words
    }

    /// What a run would do, in words; with more lines that say what else is run.
    func plan(for scenario: Scenario, and more: [String] = []) -> String {
        let seeds = seeds(for: scenario)
        let range = seeds.count == 1 ? "seed \(seeds[0])" : "seeds \(seeds[0]) to \(seeds[seeds.count - 1])"
        let lines = scenario.variants.map { variant in
            "  \(variant.name): \(variant.plan.telescopeCount) telescopes at \(variant.plan.siteCount) sites, "
                + "\(variant.plan.arrivals.count) streams of arrivals, "
                + (variant.plan.cluster.map { "a cluster of \($0.nodes) nodes, " }
                    ?? "\(variant.plan.workers.count) workers, ")
                + "for \(variant.plan.duration), at most about \(Narration.large(variant.plan.itemBound)) items a run"
        }
        let runs = seeds.count * scenario.variants.count
        let heading = "\(scenario.name): \(runs) run\(runs == 1 ? "" : "s"), \(range), \(running.jobs) at a time"
        return ([heading] + more + lines).joined(separator: "\n")
    }
}

extension Override {
    /// The overrides that the texts of an option state; of two for one path only the last would act.
    static func parse(
        _ texts: [String], option: String = "--set", example: String = "system.workers.count=8"
    ) throws -> [Override] {
        var overrides: [Override] = []
        for text in texts {
            guard let override = Override(text) else {
                throw CommandFailure(
                    status: .usage, message: "\(option) \(text) is not of the form path=value, for instance \(example)")
            }
            if let twin = overrides.first(where: { $0.path == override.path }) {
                throw CommandFailure(
                    status: .usage, message: "\(override.path) is stated twice: by \(twin.text) and by \(text)")
            }
            overrides.append(override)
        }
        return overrides
    }
}

/// Words of a command line as a POSIX shell needs them.
enum ShellWord {
    /// The word, in quotes if the shell would take it apart.
    static func quoted(_ word: String) -> String {
        let harmless = word.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
                || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) || "-_./=,:%+@".utf8.contains(byte)
        }
        return harmless && !word.isEmpty ? word : "'" + word.replacing("'", with: "'\\''") + "'"
    }
}

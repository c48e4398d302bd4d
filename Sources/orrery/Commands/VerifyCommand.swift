import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryModel
import OrreryScenario

/// `orrery verify`: the same runs in several processes give the same, or the first differing event is named.
struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Run a scenario in several processes; the same fingerprints, or the first differing event.",
        discussion: """
            Every variation is a process of its own: further ones with the same settings, other numbers of runs at a time, \
            the C library without its variants for this processor, other languages and memory contents. Compared are the \
            digest of all events, taken every \(Run.slice) events, and the bytes of the result file. \
            --jobs says how many processors the processes may keep busy together; one that needs more runs alone.

            Exit codes: 0 identical, 96 different, 97 no answer, 64 usage, 65 bad scenario, 66 no such scenario, 70 a bug, \
            130 interrupted. See orrery explain exit-codes.
            """)

    @Argument(help: ArgumentHelp("YAML files, or folders that hold scenario.yaml.", valueName: "scenario"))
    var scenarios: [String]

    @OptionGroup var replication: ReplicationOptions

    @Flag(
        help: """
            Instead of comparing processes, shuffle the order of events that happen at the same instant, and say which \
            metrics depend on it.
            """)
    var shuffleTies = false

    @Option(help: ArgumentHelp("How many shuffled orders to try with every seed.", valueName: "count"))
    var tieSeeds: Int?

    @Option(help: "How to show progress on standard error: auto (a bar on a terminal), plain (lines), none.")
    var progress: ProgressBar.Style = .auto

    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    @OptionGroup var plant: PlantOption

    func validate() throws {
        try replication.check()
        if let tieSeeds {
            if !shuffleTies { throw ValidationError("--tie-seeds goes with --shuffle-ties") }
            if !(1...1000).contains(tieSeeds) {
                throw ValidationError("--tie-seeds \(tieSeeds) is out of range: at least 1 and at most 1000")
            }
        }
    }

    func run() async throws {
        let loaded = try ScenarioLoader.load(
            scenarios, overrides: replication.overrides(), variants: replication.variant)
        for (_, scenario) in loaded { try replication.checkSeeds(of: scenario) }
        if replication.dryRun {
            for (_, scenario) in loaded { try Terminal.print(plan(for: scenario)) }
            return
        }
        let children = ChildGroup()
        let interruption = Interruption(announcements: ["stopping; once more to end at once"]) { children.stop() }
        var isDifferent = false
        var failure: CommandFailure?
        for (index, (_, scenario)) in loaded.enumerated() where !interruption.isRaised {
            let experiment = replication.experiment(scenario, from: scenarios[index])
            if shuffleTies {
                if try await !shuffle(experiment, interruption) {
                    failure = CommandFailure(status: .invalid, message: "\(scenario.name): no run could be compared")
                }
            } else {
                let words = replication.words(for: scenarios[index], scenario: scenario) + plant.words
                let verification = Verification(
                    experiment: experiment, words: words, processors: replication.running.jobs, children: children)
                do {
                    isDifferent = try await !compare(verification, interruption) || isDifferent
                } catch let problem as CommandFailure where scenarios.count > 1 {
                    // The other scenarios have their answers all the same.
                    Terminal.complain("\(scenario.name): \(problem.message)")
                    failure = problem
                }
            }
        }
        if let status = interruption.status { throw status.code }
        if isDifferent { throw ExitStatus.different.code }
        if let failure { throw failure.status.code }
    }

    /// Compares the processes of a scenario, and says what was found; true if all are the same.
    private func compare(_ verification: Verification, _ interruption: Interruption) async throws -> Bool {
        let bar = bar(runs: verification.experiment.replications.count * Variation.all.count)
        defer { bar.finish() }
        do {
            let findings = try await verification.run { bar.update(run: $0, share: $1) }
            bar.finish()
            let text = VerificationText(verification: verification, findings: findings)
            try Terminal.print(text.table)
            guard let differing = findings.firstDiffering else { return true }
            // What the first look saw stands, whatever comes of the second.
            try Terminal.print(text.explain(differing))
            if case .events = differing.difference {
                if !quiet { Terminal.narrate("running both again, with their events side by side") }
                do {
                    try Terminal.print(text.explain(differing, seen: try await verification.look(at: differing)))
                } catch let failure as CommandFailure {
                    Terminal.complain("no second look: \(failure.message)")
                }
            }
            try Terminal.print(VerificationText.request)
            return false
        } catch is CancellationError {
            guard let status = interruption.status else { throw ExitStatus.interrupted.code }
            throw status.code
        }
    }

    /// Compares the shuffled runs with the others, and says what was found; false if there was nothing to compare.
    private func shuffle(_ experiment: Experiment, _ interruption: Interruption) async throws -> Bool {
        let shuffle = TieShuffle(experiment: experiment, tieSeeds: tieSeeds ?? TieShuffle.usualTieSeeds)
        let bar = bar(runs: shuffle.replications.count)
        let reports = try await shuffle.run(
            jobs: replication.running.jobs, shouldStop: { interruption.isRaised },
            progress: { bar.update(run: $0, share: $1) })
        bar.finish()
        if !interruption.isRaised { try Terminal.print(shuffle.text(reports)) }
        return interruption.isRaised || reports.allSatisfy { $0.shuffledRuns > 0 }
    }

    private func bar(runs: Int) -> ProgressBar {
        ProgressBar(style: quiet ? .none : progress, runs: runs)
    }

    private func plan(for scenario: Scenario) -> String {
        let plan = replication.plan(for: scenario)
        if shuffleTies {
            return plan
                + "\nand again with \(tieSeeds ?? TieShuffle.usualTieSeeds) shuffled orders of ties for each seed"
        }
        return plan + "\nin each of \(Variation.all.count) processes:\n"
            + Variation.all.map { "  " + $0.name }.joined(separator: "\n")
    }
}

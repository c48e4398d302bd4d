import ArgumentParser
import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryScenario

/// `orrery replay`: one seed again, its events in a part of the run as lines, and a trace of them.
struct ReplayCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Run one seed again and show what happened, event by event; a trace with --trace.",
        discussion: """
            A trace is a file for ui.perfetto.dev: items as slices over their stages, workers, nodes and uplinks as threads, \
            depths as counters, in simulated time. The fingerprint at the end is the one that orrery run prints of the same \
            variant and seed.

            Exit codes: 0 done, 97 the run was given up because it drowned, 64 usage, 65 bad scenario, 66 no such scenario, \
            73 cannot write, 130 interrupted. See orrery explain exit-codes.
            """)

    @Argument(help: ArgumentHelp("A YAML file, or a folder that holds scenario.yaml.", valueName: "scenario"))
    var scenario: String

    @Option(help: ArgumentHelp("The variant; needed where the scenario has several.", valueName: "name"))
    var variant: String?

    @Option(help: ArgumentHelp("The seed, instead of the scenario's first.", valueName: "seed"))
    var seed: UInt64?

    @Option(help: ArgumentHelp("Set a value of the scenario. Repeatable.", valueName: "path=value"))
    var set: [String] = []

    @Option(help: ArgumentHelp("How long to simulate: short for --set time.duration=1d.", valueName: "duration"))
    var duration: String?

    @Option(
        help: ArgumentHelp("Where the part begins that is shown, from the start of the run.", valueName: "duration"))
    var from: String?

    @Option(help: ArgumentHelp("Where it ends; what happens at this instant is shown.", valueName: "duration"))
    var to: String?

    @Option(help: ArgumentHelp("Write a trace of this part into a file.", valueName: "file"))
    var trace: String?

    @Option(help: ArgumentHelp("How many events to print at most.", valueName: "count"))
    var limit = 1000

    @Option(help: ArgumentHelp("How many events a trace has at most.", valueName: "count"))
    var traceLimit = 200_000

    @Option(help: "What to print: text, or json (one object a line).")
    var format: OutputOptions.PrintFormat = .text

    @Option(help: "How to show progress on standard error: auto (a bar on a terminal), plain (lines), none.")
    var progress: ProgressBar.Style = .auto

    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    func validate() throws {
        for (name, value) in [("--limit", limit), ("--trace-limit", traceLimit)]
        where !(0...10_000_000).contains(value) {
            throw ValidationError("\(name) \(value) is out of range: at least 0 and at most 10000000")
        }
        if trace == "-" || trace == "" {
            throw ValidationError("--trace needs a file: standard output has the events")
        }
        if let seed, seed > ReplicationOptions.seedLimit {
            throw ValidationError("--seed \(seed) is out of range: at most \(ReplicationOptions.seedLimit)")
        }
    }

    func run() async throws {
        let overrides = try Override.parse(set + (duration.map { ["time.duration=\($0)"] } ?? []))
        let (file, scenario) = try ScenarioLoader.load(
            [self.scenario], overrides: overrides, variants: variant.map { [$0] } ?? [])[0]
        guard let chosen = scenario.variants.first, scenario.variants.count == 1 else {
            let names = scenario.variants.map(\.name).joined(separator: ", ")
            throw CommandFailure(
                status: .usage, message: "\(file.path) has several variants: name one with --variant, of \(names)")
        }
        let replay = try replay(scenario, chosen)
        if let trace {
            guard !OutputFile.isSame(trace, file.path) else {
                throw CommandFailure(
                    status: .cannotWrite, message: "\(trace) is the input \(file.path), which is not overwritten")
            }
            try OutputFile.checkWritable(trace)
        }
        let interruption = Interruption(announcements: ["giving the run up; once more to end at once"])
        let bar = ProgressBar(style: quiet ? .none : progress, runs: 1)
        defer { bar.finish() }
        BugTrap.begin(0, Replication(variant: 0, plan: chosen.plan, seed: replay.seed), of: scenario)
        let outcome: Replay.Outcome
        do throws(Replay.Failure) {
            outcome = try replay.run(
                progress: { bar.update(run: 0, share: $0) }, shouldAbandon: { interruption.isRaised })
        } catch {
            throw try failure(error, interruption)
        }
        BugTrap.end(0)
        bar.finish()
        if let path = trace, let trace = outcome.trace { try write(trace, to: path) }
        try Terminal.print(text(outcome, of: replay))
    }

    /// What is to be made, or why it cannot be.
    private func replay(_ scenario: Scenario, _ variant: ScenarioVariant) throws -> Replay {
        let (start, end) = (try stated(from, "--from"), try stated(to, "--to"))
        let whole = variant.plan.duration
        for (name, text, value) in [("--from", from, start), ("--to", to, end)] {
            if let text, let value, value < .zero || value > whole {
                throw CommandFailure(
                    status: .usage, message: "\(name) \(text) is out of range: at least 0s and at most \(whole)")
            }
        }
        if let start, start > end ?? whole {
            throw CommandFailure(
                status: .usage, message: "the part ends before it begins: --from \(start) --to \(end ?? whole)")
        }
        return Replay(
            scenario: scenario.name, variant: variant, seed: seed ?? scenario.seedBase, from: start, to: end,
            lineLimit: limit, traceLimit: trace == nil ? nil : traceLimit)
    }

    private func stated(_ text: String?, _ option: String) throws -> Duration? {
        guard let text else { return nil }
        do throws(StatedDuration.Flaw) {
            return try StatedDuration(text).duration
        } catch {
            throw CommandFailure(status: .usage, message: "\(option) \(text) \(error)")
        }
    }

    private func failure(_ failure: Replay.Failure, _ interruption: Interruption) throws -> CommandFailure {
        switch failure {
        case .abandoned: throw (interruption.status ?? .interrupted).code
        case .overwhelmed(let time, let items):
            return CommandFailure(
                status: .invalid,
                message: "the run was given up at \(EventNames.clock(time)): \(items) items were on their way, more "
                    + "than memory should hold")
        }
    }

    private func write(_ trace: Replay.Trace, to path: String) throws {
        try OutputFile.write(trace.text, to: path)
        guard !quiet else { return }
        Terminal.narrate("trace: \(path), \(trace.eventCount) events, \(trace.itemCount) items")
        for sentence in trace.leftOut { Terminal.narrate("trace: \(sentence)") }
    }

    /// The events, what is left out, and the fingerprint.
    private func text(_ outcome: Replay.Outcome, of replay: Replay) -> String {
        let leftOut = outcome.eventCount - UInt64(outcome.lines.count)
        switch format {
        case .json:
            let last =
                "{\"shown\":\(outcome.lines.count),\"leftOut\":\(leftOut),\"seed\":\(replay.seed),"
                + "\"run\":\"\(outcome.run)\",\"fingerprint\":\"\(outcome.fingerprint)\"}"
            return (outcome.lines.map(\.json) + [last]).joined(separator: "\n")
        case .text:
            let rest =
                leftOut == 0
                ? "\(outcome.lines.count) events"
                : "… and \(leftOut) more events of this part are left out; --limit shows more, --from and --to less"
            return
                (outcome.lines.map(\.text) + ["", rest, "seed         \(replay.seed)"]
                + ["run          \(outcome.run)", "fingerprint  \(outcome.fingerprint)"]).joined(separator: "\n")
        }
    }
}

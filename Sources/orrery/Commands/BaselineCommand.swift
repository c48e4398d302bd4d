import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryReport

/// `orrery baseline`: the gate that CI runs, which says what became worse since somebody was content.
struct BaselineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "baseline",
        abstract: "Save what scenarios give, and check later that nothing became worse: the gate for CI.",
        discussion: """
            Runs are the same for the same seeds, so that what did not change is identical, and nothing else is needed. What \
            did change is compared seed by seed.

            Exit codes of check: 0 identical, same or improved, 97 inconclusive, 98 regressed, 64 usage, 65 a baseline of \
            another scenario, other seeds or variants, or a damaged one, 66 no baseline, 73 cannot write, 130 interrupted. \
            save and update exit 97 if runs were given up. See docs/CI.md.
            """, subcommands: [Save.self, Check.self, Update.self])

    /// `orrery baseline save`: makes baselines that do not exist yet.
    struct Save: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run scenarios and save what they give; a baseline that exists is not replaced.")

        @OptionGroup var options: BaselineOptions

        @Option(
            help: ArgumentHelp(
                "Keep a capacity too: the parameter and the values that could be the answer. Repeatable.",
                valueName: "path=values"))
        var vary: [String] = []

        @Option(help: "Of --vary: the largest value that passes, or the smallest.")
        var find: CapacityCommand.End = .largest

        @Option(help: ArgumentHelp("Of --vary: the variant to search, if there are several.", valueName: "name"))
        var variant: String?

        @Option(help: ArgumentHelp("Of --vary: how sure the search is to be.", valueName: "share"))
        var confidence = "99%"

        @Option(help: ArgumentHelp("Of --vary: the most seeds that one value may have.", valueName: "count"))
        var seedsMax = 200

        func validate() throws {
            if options.scenarios.isEmpty { throw ValidationError("name the scenarios whose baselines are to be saved") }
            if !vary.isEmpty && options.scenarios.count > 1 {
                throw ValidationError("--vary asks about one scenario, not \(options.scenarios.count)")
            }
            if variant != nil && vary.isEmpty { throw ValidationError("--variant goes with --vary") }
            guard let share = CapacityCommand.share(confidence), share >= 0.5, share <= 0.999 else {
                throw ValidationError(
                    "--confidence \(confidence) is no share from 50% to 99.9%; write for instance 95%")
            }
            let allowed = CapacityExperiment.seedsMin...CapacityExperiment.seedsLimit
            guard allowed.contains(seedsMax) else {
                throw ValidationError(
                    "--seeds-max \(seedsMax) is out of range: at least \(allowed.lowerBound) and at most "
                        + "\(allowed.upperBound)")
            }
        }

        func run() async throws {
            let named = try options.named()
            for entry in named {
                try OutputFile.checkWritable(entry.file)
                if FileManager.default.fileExists(atPath: entry.file) {
                    throw CommandFailure(
                        status: .cannotWrite, message: "\(entry.file) exists; orrery baseline update replaces it")
                }
            }
            let questions = vary.map { text in
                BaselineRun.Question(
                    vary: text, variant: variant, find: find == .largest ? .largest : .smallest,
                    confidence: CapacityCommand.share(confidence) ?? 0.99, seedBase: options.seedBase,
                    seedsMax: seedsMax)
            }
            let runs = try named.map { entry in
                try BaselineRun(
                    entry.scenario, path: entry.path, file: entry.file, settings: options.set,
                    seeds: options.seeds, questions: questions)
            }
            let interruption = Interruption()
            let isWhole = try await options.measure(runs, interruption) { run, measurement in
                let baseline = try run.newBaseline(of: measurement)
                try OutputFile.write(try BaselineText.encode(baseline), to: run.file)
                try Terminal.print("saved \(run.file), \(baseline.statement)")
            }
            if let status = interruption.status, !isWhole { throw status.code }
        }
    }

    /// `orrery baseline check`: the gate.
    struct Check: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run the same seeds again: identical, same, improved, inconclusive (97) or regressed (98)?")

        @OptionGroup var options: BaselineOptions

        @Option(
            name: [.customShort("o"), .customLong("output")],
            help: ArgumentHelp(
                "Write what moved in this form (\(GateReport.Format.all.map(\.name).joined(separator: ", "))); - is standard output. Repeatable.",
                valueName: "kind[=path]"))
        var output: [String] = []

        func validate() throws {
            let paths = try targets().map(\.path)
            if let twice = paths.first(where: { path in paths.count { $0 == path } > 1 }) {
                throw ValidationError("two outputs go to \(twice == "-" ? "standard output" : twice)")
            }
        }

        func run() async throws {
            let runs = try options.stored()
            let targets = try targets()
            for target in targets where target.path != "-" {
                try OutputFile.checkWritable(target.path)
                if let run = runs.first(where: { OutputFile.isSame($0.file, target.path) }) {
                    throw CommandFailure(
                        status: .cannotWrite,
                        message: "\(target.path) is the baseline \(run.file), which is not overwritten")
                }
            }
            let interruption = Interruption()
            var results: [GateScenarioResult] = []
            let isWhole = try await options.measure(runs, interruption) { run, measurement in
                guard let baseline = run.baseline else { return }
                results.append(try GateComparison(measurement, with: baseline).result(file: run.file))
            }
            let report = GateReport(GateResult(results))
            if let status = interruption.status, !isWhole {
                Terminal.narrate("\(results.count) of \(runs.count) scenarios were checked before the interruption\n")
                throw status.code
            }
            for target in targets where target.path != "-" {
                try OutputFile.write(target.format.render(report), to: target.path)
            }
            if let printed = targets.first(where: { $0.path == "-" }) {
                try Terminal.print(String(printed.format.render(report).dropLast()))
            } else {
                try Terminal.print(String(report.text(isColoured: Terminal.wantsColour(options.noColor)).dropLast()))
            }
            if let status = ExitStatus(report.result.verdict) { throw status.code }
        }

        private func targets() throws -> [(format: GateReport.Format, path: String)] {
            try output.map { text in
                let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
                guard let format = GateReport.Format.all.first(where: { $0.name == parts[0] }) else {
                    let known = GateReport.Format.all.map(\.name).joined(separator: ", ")
                    throw ValidationError("-o \(text): there is no report kind '\(parts[0])' (\(known))")
                }
                let path = parts.count > 1 ? parts[1] : "gate.\(format.fileExtension)"
                guard !path.isEmpty else { throw ValidationError("-o \(text): the path is empty") }
                return (format, path)
            }
        }
    }

    /// `orrery baseline update`: accepts what changed.
    struct Update: AsyncParsableCommand {
        static let configuration = CommandConfiguration(
            abstract: "Run scenarios again, print what moved, and save what they give now.")

        @OptionGroup var options: BaselineOptions

        func run() async throws {
            let runs = try options.stored(adopting: true)
            for run in runs { try OutputFile.checkWritable(run.file) }
            let interruption = Interruption()
            let isWhole = try await options.measure(runs, interruption) { run, measurement in
                if let baseline = run.baseline { try Terminal.print(try moved(run, measurement, since: baseline)) }
                let text = try BaselineText.encode(try run.newBaseline(of: measurement))
                if (try? String(contentsOfFile: run.file, encoding: .utf8)) == text {
                    return try Terminal.print("unchanged \(run.file)")
                }
                try OutputFile.write(text, to: run.file)
                try Terminal.print("updated \(run.file)")
            }
            if let status = interruption.status, !isWhole { throw status.code }
        }

        /// What moved since a baseline, or why that cannot be said.
        private func moved(
            _ run: BaselineRun, _ measurement: GateMeasurement, since baseline: GateBaseline
        ) throws -> String {
            do throws(GateComparison.Problem) {
                let result = try GateComparison(measurement, with: baseline).result(file: run.file)
                return String(
                    GateReport(GateResult([result])).text(isColoured: Terminal.wantsColour(options.noColor)).dropLast())
            } catch {
                return "\(run.path): nothing can be compared: \(error)"
            }
        }
    }
}

extension ExitStatus {
    /// How `orrery baseline check` ends; nil if nothing speaks against a change.
    fileprivate init?(_ verdict: GateVerdict) {
        switch verdict {
        case .identical, .same, .improved: return nil
        case .inconclusive: self = .invalid
        case .regressed: self = .regression
        }
    }
}

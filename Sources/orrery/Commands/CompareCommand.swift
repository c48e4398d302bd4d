import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryReport
import OrreryScenario

/// `orrery compare`: what changed between stored results, or between variants of one.
struct CompareCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Compare stored results, or variants of one, seed by seed: what became better or worse?",
        discussion: """
            BASE and HEAD are files that -o json wrote. Variants of the same name are compared; with --variants A B …, the \
            variants B … of one file with its variant A.

            Exit codes: 0 nothing is shown to be worse, 98 something is, 64 usage, 65 results that cannot be compared, 66 no \
            such file.
            """)

    @Argument(help: ArgumentHelp("Files that -o json wrote: the base, and what is judged.", valueName: "result"))
    var results: [String]

    @Option(
        parsing: .upToNextOption,
        help: ArgumentHelp("Variants of one file: the base first, then those that are judged.", valueName: "name"))
    var variants: [String] = []

    @Option(help: ArgumentHelp("What to print: text, markdown or json."))
    var format = Format.text

    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Write the comparison to a file as html, markdown or json. Repeatable.", valueName: "kind[=path]"))
    var output: [String] = []

    @Flag(help: "No colours, even on a terminal.")
    var noColor = false

    /// What can be printed or written.
    enum Format: String, ExpressibleByArgument, CaseIterable {
        case text
        case markdown
        case json
        case html

        /// The end of a file's name.
        var fileExtension: String {
            switch self {
            case .text: "txt"
            case .markdown: "md"
            case .json, .html: rawValue
            }
        }
    }

    func validate() throws {
        if variants.isEmpty, results.count < 2 {
            throw ValidationError("name a base and at least one result to compare with it, or --variants of one file")
        }
        if !variants.isEmpty, results.count != 1 || variants.count < 2 {
            throw ValidationError("--variants needs one file, the name of a base and at least one other variant")
        }
        // Each comparison makes all others less sure, so that what is named twice would change the verdict.
        let names = variants.isEmpty ? results : variants
        if let twice = names.dropFirst().first(where: { name in names.dropFirst().count { $0 == name } > 1 }) {
            throw ValidationError("\(twice) is named twice")
        }
    }

    func run() throws {
        let targets = try targets()
        let report = ComparisonReport(ResultComparison(try pairs()))
        for target in targets { try OutputFile.write(try text(of: report, as: target.kind), to: target.path) }
        switch format {
        case .text:
            try Terminal.print(String(report.text(isColoured: Terminal.wantsColour(noColor)).dropLast()))
        case .markdown, .json, .html: try Terminal.print(String(try text(of: report, as: format).dropLast()))
        }
        if report.comparison.isRegression { throw ExitStatus.regression.code }
    }

    private func text(of report: ComparisonReport, as kind: Format) throws -> String {
        switch kind {
        case .text: report.text()
        case .markdown: report.markdown
        case .json: String(decoding: try report.json(), as: UTF8.self)
        case .html: report.page(command: command)
        }
    }

    /// What makes the comparison again.
    private var command: String {
        let chosen = variants.isEmpty ? [] : ["--variants"] + variants
        return (["orrery", "compare"] + results + chosen).map(ShellWord.quoted).joined(separator: " ")
    }

    /// The files to write; stops before anything is compared if one of them cannot be.
    private func targets() throws -> [(kind: Format, path: String)] {
        var targets: [(kind: Format, path: String)] = []
        for text in output {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let kind = Format(rawValue: parts[0]) else {
                let known = Format.allCases.map(\.rawValue)
                let suggestion = NearestName.find(parts[0], among: known).map { ", did you mean \($0)?" } ?? ""
                throw ValidationError(
                    "-o \(text): there is no kind '\(parts[0])'\(suggestion) (\(known.joined(separator: ", ")))")
            }
            let path = parts.count > 1 ? parts[1] : "comparison.\(kind.fileExtension)"
            guard !path.isEmpty else { throw ValidationError("-o \(text): the path is empty") }
            if let input = results.first(where: { OutputFile.isSame($0, path) }) {
                throw CommandFailure(
                    status: .cannotWrite, message: "\(path) is the input \(input), which is not overwritten")
            }
            if targets.contains(where: { OutputFile.isSame($0.path, path) }) {
                throw CommandFailure(
                    status: .usage, message: "two outputs go to \(path); give each output a path of its own")
            }
            try OutputFile.checkWritable(path)
            targets.append((kind, path))
        }
        return targets
    }

    private func pairs() throws -> [ResultComparison.Pair] {
        let loaded = try results.map { try StoredResult.load($0) }
        let pairs =
            variants.isEmpty
            ? try loaded.indices.dropFirst().flatMap {
                try CompareCommand.pairs(loaded[0], loaded[$0], name: results[$0])
            }
            : try CompareCommand.pairs(of: variants, in: loaded[0], path: results[0])
        for pair in pairs {
            let seeds = Set(pair.base.replications.map(\.seed))
            let common = pair.head.replications.count { seeds.contains($0.seed) }
            guard common > 1 else {
                let number = common == 0 ? "no seed" : "only one seed"
                throw CommandFailure(
                    status: .badInput, message: "\(pair.name): \(number) finished on both sides, which shows nothing")
            }
            let alone = pair.base.replications.count + pair.head.replications.count - 2 * common
            if alone > 0 {
                let words = alone == 1 ? "1 run has" : "\(alone) runs have"
                Terminal.narrate(
                    "\(pair.name): \(words) no partner with the same seed, and \(alone == 1 ? "is" : "are") left out\n")
            }
        }
        return pairs
    }

    /// The variants that two results share, by name.
    private static func pairs(
        _ base: ExperimentResult, _ head: ExperimentResult, name: String
    ) throws -> [ResultComparison.Pair] {
        guard base.scenario == head.scenario else {
            throw CommandFailure(
                status: .badInput,
                message: "\(name): the scenario is '\(head.scenario)', and that of the base is '\(base.scenario)'")
        }
        guard base.samplerVersion == head.samplerVersion else {
            throw CommandFailure(
                status: .badInput,
                message:
                    "\(name): its random numbers are of version \(head.samplerVersion), those of the base of version "
                    + "\(base.samplerVersion), so the same seed is not the same chance")
        }
        let pairs = head.variants.compactMap { variant in
            base.variants.first { $0.name == variant.name }.map {
                ResultComparison.Pair(name: "\(name) \(variant.name)", base: $0, head: variant)
            }
        }
        let (old, new) = (base.variants.map(\.name), head.variants.map(\.name))
        for lone in old.filter({ !new.contains($0) }) + new.filter({ !old.contains($0) }) where !pairs.isEmpty {
            Terminal.narrate("\(name): the variant \(lone) is on one side only and is not compared\n")
        }
        guard !pairs.isEmpty else {
            throw CommandFailure(
                status: .badInput,
                message:
                    "\(name): no variant is in the base, which has \(base.variants.map(\.name).joined(separator: ", "))"
            )
        }
        return pairs
    }

    /// Variants of one result against the first of them.
    private static func pairs(
        of names: [String], in result: ExperimentResult, path: String
    ) throws -> [ResultComparison.Pair] {
        let found = try names.map { name in
            guard let variant = result.variants.first(where: { $0.name == name }) else {
                let known = result.variants.map(\.name).joined(separator: ", ")
                throw CommandFailure(status: .usage, message: "\(path) has no variant '\(name)'; it has \(known)")
            }
            return variant
        }
        return found.dropFirst().map {
            ResultComparison.Pair(name: "\($0.name) against \(found[0].name)", base: found[0], head: $0)
        }
    }
}

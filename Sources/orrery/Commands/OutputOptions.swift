import ArgumentParser
import OrreryExperiment
import OrreryReport
import OrreryScenario

/// The options that say what is written where.
struct OutputOptions: ParsableArguments {
    @Option(
        name: [.customShort("o"), .customLong("output")],
        help: ArgumentHelp(
            "Write a report of this kind (\(ReportFormat.all.map(\.name).joined(separator: ", "))); - is standard output. Repeatable.",
            valueName: "kind[=path]"))
    var output: [String] = []

    @Option(
        help: "What to print on standard output: \(PrintFormat.allCases.map(\.rawValue).joined(separator: " or ")).")
    var format: PrintFormat = .text

    @Flag(help: "Short for --format json.")
    var json = false

    @Option(help: "How to show progress on standard error: auto (a bar on a terminal), plain (lines), none.")
    var progress: ProgressBar.Style = .auto

    @Flag(name: .shortAndLong, help: "Say nothing on standard error but errors.")
    var quiet = false

    @Flag(help: "No colours, even on a terminal.")
    var noColor = false

    /// What standard output can carry.
    enum PrintFormat: String, CaseIterable, ExpressibleByArgument {
        case text
        case json
    }

    /// Stops on outputs that would overwrite each other or that no format knows.
    func check(scenarioCount: Int) throws {
        let parsed = try output.map { try OutputTarget($0, name: "scenario") }
        if scenarioCount > 1, let fixed = output.first(where: { $0.contains("=") }) {
            throw ValidationError(
                "-o \(fixed) names one file for \(scenarioCount) scenarios; leave the path out, and each gets its own")
        }
        let paths = parsed.map(\.path)
        if let twice = paths.first(where: { path in paths.count { $0 == path } > 1 }) {
            throw ValidationError("two outputs go to \(twice == "-" ? "standard output" : twice)")
        }
        if paths.contains("-") && (json || format == .json) {
            throw ValidationError("-o …=- and --format json both want standard output")
        }
    }

    /// Where the reports of a scenario go.
    func targets(for name: String) throws -> [OutputTarget] {
        try output.map { try OutputTarget($0, name: name) }
    }

    /// Writes the reports of a result, and prints it.
    func emit(_ result: ExperimentResult, targets: [OutputTarget], name: String) throws {
        for target in targets where target.path != "-" {
            try OutputFile.write(target.format.render(result), to: target.path)
        }
        let printed = json || format == .json ? ReportFormat.named("json") : targets.first { $0.path == "-" }?.format
        if let printed {
            Terminal.print(try printed.render(result))
        } else {
            Terminal.print(TextReport(isColoured: Terminal.wantsColour(noColor)).render(result))
            for target in targets { Terminal.print("\(target.format.name) report: \(target.path)") }
        }
    }
}

/// One `-o`: a format and the file it goes to.
struct OutputTarget {
    let format: ReportFormat
    /// The file; `-` is standard output.
    let path: String

    /// `html`, `html=report.html` or `json=-`.
    init(_ text: String, name: String) throws {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let kind = String(parts[0])
        guard let format = ReportFormat.named(kind) else {
            let known = ReportFormat.all.map(\.name)
            let suggestion = NearestName.find(kind, among: known).map { ", did you mean \($0)?" } ?? ""
            throw ValidationError(
                "-o \(text): there is no report kind '\(kind)'\(suggestion) (\(known.joined(separator: ", ")))")
        }
        self.format = format
        let path = parts.count > 1 ? String(parts[1]) : "\(name).\(format.fileExtension)"
        guard !path.isEmpty else { throw ValidationError("-o \(text): the path is empty") }
        self.path = path
    }

    /// Stops early if the file could not be written later.
    func checkWritable() throws {
        if path != "-" { try OutputFile.checkWritable(path) }
    }
}

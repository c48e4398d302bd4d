import ArgumentParser
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

    /// The word after `-o` for a file of runs that other processes merge; it is no report.
    static let shardKind = "shard"

    /// What is to be written besides reports.
    var shards: [String] {
        output.filter { $0 == OutputOptions.shardKind || $0.hasPrefix(OutputOptions.shardKind + "=") }
    }

    /// The reports to write.
    private var reports: [String] { output.filter { !shards.contains($0) } }

    /// Whether any result is to be written or printed in a form of its own.
    var wantsReports: Bool { !reports.isEmpty || json || format == .json }

    /// Stops on outputs that would overwrite each other or that no format knows.
    func check(scenarioCount: Int) throws {
        let parsed = try reports.map { try OutputTarget($0, name: "scenario") }
        if scenarioCount > 1, let fixed = reports.first(where: { $0.contains("=") }) {
            throw ValidationError(
                "-o \(fixed) names one file for \(scenarioCount) scenarios; leave the path out, and each gets its own")
        }
        if scenarioCount > 1 && (json || format == .json) {
            throw ValidationError(
                "--format json prints one result, not \(scenarioCount); write them with -o json, each gets its own file"
            )
        }
        let paths = parsed.map(\.path)
        if let twice = paths.first(where: { path in paths.count { $0 == path } > 1 }) {
            throw ValidationError("two outputs go to \(twice == "-" ? "standard output" : twice)")
        }
        if paths.contains("-") && (json || format == .json) {
            throw ValidationError("-o …=- and --format json both want standard output")
        }
    }

    /// Stops where nothing is divided into shards.
    func checkNoShards() throws {
        if let shard = shards.first { throw ValidationError("-o \(shard) goes with orrery run --shard k/n") }
    }

    /// Where the reports of a scenario go.
    func targets(for name: String) throws -> [OutputTarget] {
        try reports.map { try OutputTarget($0, name: name) }
    }

    /// Stops on outputs that would overwrite each other or an input, however their paths are written.
    static func checkDistinct(_ targets: [OutputTarget], from inputs: [String]) throws {
        let files = targets.map(\.path).filter { $0 != "-" && !OutputFile.isStream($0) }
        for (index, path) in files.enumerated() {
            if let input = inputs.first(where: { OutputFile.isSame($0, path) }) {
                throw CommandFailure(
                    status: .cannotWrite, message: "\(path) is the input \(input), which is not overwritten")
            }
            if let other = files[..<index].first(where: { OutputFile.isSame($0, path) }) {
                let names = other == path ? "two outputs go to \(path)" : "\(other) and \(path) are the same file"
                throw CommandFailure(status: .usage, message: "\(names); give each output a path of its own")
            }
        }
    }

    /// Writes the reports of a result, and prints it; one that cannot be written does not keep back the others.
    func emit(_ result: some Reportable, targets: [OutputTarget], name: String) throws {
        var written: [OutputTarget] = []
        var failures: [CommandFailure] = []
        for target in targets where target.path != "-" {
            do {
                try OutputFile.write(target.format.render(result), to: target.path)
                written.append(target)
            } catch let failure as CommandFailure {
                failures.append(failure)
            }
        }
        let printed = json || format == .json ? ReportFormat.named("json") : targets.first { $0.path == "-" }?.format
        if let printed {
            try Terminal.print(printed.render(result))
        } else {
            let lines = written.map { "\($0.format.name) report: \($0.path)\n" }
            let text = result.text(isColoured: Terminal.wantsColour(noColor))
            try Terminal.print((text.hasSuffix("\n") ? text : text + "\n") + lines.joined())
        }
        guard failures.isEmpty else {
            throw CommandFailure(
                status: .cannotWrite, message: failures.map(\.message).joined(separator: "\norrery: error: "))
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
        self.path = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"].contains(path) ? "-" : path
    }

    /// Stops early if the file could not be written later.
    func checkWritable() throws {
        if path != "-" { try OutputFile.checkWritable(path) }
    }
}

import ArgumentParser
import Foundation
import OrreryReport
import OrreryStatistics

/// `orrery fit`: the universal scalability law of measured throughputs.
struct FitCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "fit", abstract: "Fit the universal scalability law to measured throughput: where does it peak?",
        discussion:
            "The file is CSV: a first line with names, then numbers, sorted by load; a load may come repeatedly.")

    @Argument(help: ArgumentHelp("A CSV file of measurements.", valueName: "file"))
    var file: String

    @Option(
        help: ArgumentHelp("The column of loads: workers, users or the like. Default: the first.", valueName: "column"))
    var load: String?

    @Option(help: ArgumentHelp("The column of throughputs. Default: the second.", valueName: "column"))
    var throughput: String?

    @Option(help: "The confidence of the intervals, from 0.5 to 0.999.")
    var confidence = 0.95

    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard (0.5...0.999).contains(confidence) else {
            throw ValidationError("--confidence \(confidence) is out of range: at least 0.5 and at most 0.999")
        }
    }

    func run() throws {
        guard FileManager.default.fileExists(atPath: file) else {
            throw CommandFailure(status: .inputNotFound, message: InputFile.notFound(file, kind: "file"))
        }
        guard !OutputFile.isFolder(file) else {
            throw CommandFailure(status: .inputNotFound, message: "\(file) is a folder; name a CSV file in it")
        }
        let table = try NumberTable(try InputFile.text(at: file, kind: "measurement", mebibytesMax: 16), path: file)
        let places = [
            try table.place(of: load, option: "--load", otherwise: 0),
            try table.place(of: throughput, option: "--throughput", otherwise: 1),
        ]
        guard places[0] != places[1] else {
            throw CommandFailure(
                status: .usage, message: "the column \(table.columns[places[0]]) cannot be both load and throughput")
        }
        let rows = try table.numbers(in: places)
        let measurements = rows.map { ScalabilityLaw.Measurement(load: $0.values[0], throughput: $0.values[1]) }
        let law: ScalabilityLaw
        do {
            law = try ScalabilityLaw(measurements, confidence: confidence)
        } catch {
            let faults = error.faults.map { fault in
                "\(file)\(fault.index.map { ":\(rows[$0].line)" } ?? ""): \(fault.message)"
            }
            throw CommandFailure(status: .badInput, message: faults.joined(separator: "\n"))
        }
        let report = ScalabilityReport(
            law, of: measurements, loadName: table.columns[places[0]], throughputName: table.columns[places[1]])
        try Terminal.print(json ? String(decoding: try report.json(), as: UTF8.self) : report.text)
    }
}

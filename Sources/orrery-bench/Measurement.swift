import Foundation
import OrreryKernel

/// What one run of a workload in one program took: the line that every program of the comparison prints.
struct Measurement {
    /// The workload, as it is named on command lines.
    let workload: String
    /// How many customers, jobs, holds or beats there were.
    let count: Int
    /// Processor time, user and system, of the run without its preparation.
    let seconds: Double
    /// The figure by which programs are compared.
    let check: Double
    /// How much the resident memory grew at its peak, from before the first event was put onto the agenda.
    let bytes: Int

    /// How many a second.
    var rate: Double { Double(count) / seconds }
}

extension Measurement {
    /// Runs a workload, with or without its fingerprint.
    static func of(
        _ workload: @autoclosure () -> some Workload, named name: String, isFingerprinted: Bool
    ) -> Measurement {
        isFingerprinted
            ? run(Simulation(workload()), named: name)
            : run(Simulation(WithoutFingerprint(base: workload())), named: name)
    }

    /// Runs a simulation that nobody else holds a part of, so that nothing of it is copied when it is changed.
    private static func run<Model: Workload>(_ initial: consuming Simulation<Model>, named name: String) -> Measurement
    {
        var simulation = initial
        let bytesBefore = residentBytes("VmRSS")
        simulation.model.begin(agenda: &simulation.agenda)
        let before = clock()
        simulation.run(until: simulation.model.end)
        let ticks = clock() - before
        let outcome = simulation.model.outcome(agenda: simulation.agenda)
        return Measurement(
            workload: name, count: outcome.count, seconds: Double(max(1, ticks)) / 1e6, check: outcome.check,
            bytes: residentBytes("VmHWM") - bytesBefore)
    }

    /// The resident memory of this process, now (`VmRSS`) or at its peak (`VmHWM`); 0 where the system does not say.
    private static func residentBytes(_ field: String) -> Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix(field) } ?? ""
        return 1024 * (line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0)
    }
}

extension Measurement: CustomStringConvertible {
    /// The line, tab-separated.
    var description: String { "\(workload)\t\(count)\t\(seconds)\t\(check)\t\(bytes)" }

    /// Reads such a line; nil if it is none.
    init?(line: some StringProtocol) {
        let fields = line.split(separator: "\t" as Character).map { String($0) }
        guard fields.count == 5, let count = Int(fields[1]), let seconds = Double(fields[2]), seconds > 0,
            let check = Double(fields[3]), let bytes = Int(fields[4])
        else { return nil }
        self.init(workload: fields[0], count: count, seconds: seconds, check: check, bytes: bytes)
    }
}

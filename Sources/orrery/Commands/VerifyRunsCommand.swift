import ArgumentParser
import Foundation
import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryReport
import Synchronization

/// `orrery verify-runs`: one process of `orrery verify`, which reads what this one prints; nobody else need call it.
struct VerifyRunsCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify-runs", abstract: "One process of orrery verify.", shouldDisplay: false)

    @Argument var scenario: String
    @OptionGroup var replication: ReplicationOptions
    @OptionGroup var plant: PlantOption

    @Option(help: "Print every event of this run as 32 bytes, by its place in the list, and nothing else.")
    var events: Int?

    func validate() throws {
        try replication.check()
    }

    func run() async throws {
        // Ctrl-C reaches the whole group of processes; the parent decides what becomes of this one.
        signal(SIGINT, SIG_IGN)
        signal(SIGTERM, SIG_DFL)
        let (_, scenario) = try ScenarioLoader.load(
            [self.scenario], overrides: replication.overrides(), variants: replication.variant)[0]
        try replication.checkSeeds(of: scenario)
        let experiment = replication.experiment(scenario, from: self.scenario)
        let output = BufferedOutput()
        if let events {
            let planted = experiment.replications.map { plant.watch(for: $0) }
            try await replicator { index in
                var watch = planted[index]()
                guard index == events else { return watch }
                watch.event = { event in output.add { event.append(to: &$0) } }
                return watch
            }.run(experiment.replications) { _, _ in }
            output.flush()
        } else {
            try await log(experiment, to: output)
        }
    }

    private func log(_ experiment: Experiment, to output: BufferedOutput) async throws {
        output.add {
            $0 += RunLog.opening(scenario: experiment.scenario.digest, probe: LibraryProbe.digest).utf8
        }
        output.flush()
        let planted = experiment.replications.map { plant.watch(for: $0) }
        let result = try await experiment.run(
            with: replicator { index in
                var watch = planted[index]()
                watch.checkpoint = { checkpoint in output.add { $0 += RunLog.line(checkpoint, run: index).utf8 } }
                return watch
            })
        let events = result.variants.flatMap(\.replications).reduce(0) { $0 + $1.events }
        let file = try ReportFormat.named("json")?.render(result) ?? ""
        output.add { $0 += RunLog.closing(events: events, fingerprint: result.fingerprint, result: file).utf8 }
        output.flush()
    }

    private func replicator(watch: @escaping @Sendable (Int) -> RunWatch) -> Replicator {
        Replicator(jobs: replication.running.jobs, watch: watch)
    }
}

/// A fault that the test of `orrery verify` plants; it is in no help.
struct PlantOption: ParsableArguments {
    @Option(name: .customLong("plant-disorder"), help: .private)
    var second: Int64?

    /// What makes the watch of a run, with the fault planted if there is one.
    func watch(for replication: Replication) -> @Sendable () -> RunWatch {
        guard let disorder = second.map(PlantedDisorder.init) else { return { RunWatch() } }
        let siteCount = replication.plan.siteCount
        return { disorder.plant(into: RunWatch(), siteCount: siteCount) }
    }

    /// The words of the command line.
    var words: [String] { second.map { ["--plant-disorder", "\($0)"] } ?? [] }
}

/// Standard output in blocks, from many threads; ends the process when its reader has gone away.
private final class BufferedOutput: Sendable {
    private let pending = Mutex<[UInt8]>([])
    private static let block = 1 << 16

    /// Adds what must stay together.
    func add(_ write: (inout [UInt8]) -> Void) {
        pending.withLock { bytes in
            write(&bytes)
            if bytes.count >= BufferedOutput.block { BufferedOutput.send(&bytes) }
        }
    }

    /// Sends what is left.
    func flush() {
        pending.withLock { BufferedOutput.send(&$0) }
    }

    private static func send(_ bytes: inout [UInt8]) {
        do {
            try FileHandle.standardOutput.write(contentsOf: Data(bytes))
        } catch {
            exit(ExitStatus.cannotWrite.rawValue)
        }
        bytes.removeAll(keepingCapacity: true)
    }
}

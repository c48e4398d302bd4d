import Foundation
import OrreryKernel
import OrreryScenario
import OrreryStore
import Synchronization

@testable import OrreryExperiment
@testable import OrreryReport

/// Real results at the edges of what can happen: nothing, one item, given up, interrupted, very many points.
enum OddResults {
    /// A station to which a job comes at regular times.
    private static func station(every interval: String, for duration: String) -> String {
        """
        version: 1
        name: odd
        time: { duration: \(duration) }
        arrivals:
          jobs: { interarrival: \(interval) }
        system:
          workers: { count: 1, service: 5s }
        variants: { before: {}, after: { system: { workers: { count: 2 } } } }
        thresholds:
          delivery.latency: [ "mean < 6s", { condition: "p(99) < 6s", during: 10s..50s } ]
          items.lost: [ "count == 0" ]

        """
    }

    /// A replicator that starts so many runs and no further one.
    private static func stopping(after runs: Int) -> Replicator {
        let asked = Atomic(0)
        return Replicator(jobs: 1, shouldStop: { asked.wrappingAdd(1, ordering: .relaxed).oldValue >= runs })
    }

    /// A replicator that finds in its archive that all runs of a list drowned.
    private static func drowning(_ runs: [Replication], in folder: TemporaryFolder) throws -> Replicator {
        let path = folder.url.appendingPathComponent("runs-\(UUID().uuidString)").path
        let archive = RunArchive([try RunStore(at: path, for: .keeping)])
        for run in runs { try archive.keep(.overwhelmed(after: .seconds(12), items: 10_000_001), of: run) }
        return Replicator(jobs: 1, archive: archive)
    }

    private static func experiment(_ text: String, seeds: Int = 2) throws -> Experiment {
        Experiment(
            scenario: try Scenario.decode(text, file: "odd.yaml", overrides: []),
            seeds: (1...UInt64(seeds)).map(\.self), command: "orrery run odd.yaml --seeds \(seeds)")
    }

    private static func sweep(_ values: String, seeds: Int) throws -> SweepExperiment {
        SweepExperiment(
            sweep: try Sweep.decode(
                station(every: "4s", for: "60s"), file: "odd.yaml",
                options: [Override("system.workers.count=\(values)")].compactMap(\.self), variants: ["before"]),
            seeds: (1...UInt64(seeds)).map(\.self), command: "orrery sweep odd.yaml")
    }

    private static let made = Task { try await make() }

    /// All of them by name; made once.
    static func all() async throws -> [(name: String, result: any Reportable)] { try await made.value }

    private static func make() async throws -> [(name: String, result: any Reportable)] {
        let folder = try TemporaryFolder()
        let usual = try experiment(station(every: "4s", for: "60s"))
        let few = try sweep("1..4", seeds: 2)
        let drowned = (0..<few.runCount).map { few.replication($0) }
        return [
            ("nothing", try await experiment(station(every: "1h", for: "60s")).run(with: Replicator(jobs: 1))),
            (
                "one-item",
                try await experiment(station(every: "40s", for: "60s"), seeds: 1).run(with: Replicator(jobs: 1))
            ),
            (
                "one-under-way",
                try await experiment(station(every: "58s", for: "60s"), seeds: 1).run(with: Replicator(jobs: 1))
            ),
            ("never-begun", try await usual.run(with: stopping(after: 0))),
            ("interrupted", try await usual.run(with: stopping(after: 1))),
            ("drowned", try await usual.run(with: drowning(usual.replications, in: folder))),
            ("sweep-of-200", try await sweep("1..200", seeds: 1).run(with: Replicator(jobs: 2))),
            ("sweep-never-begun", try await few.run(with: stopping(after: 0))),
            ("sweep-interrupted", try await few.run(with: stopping(after: 3))),
            ("sweep-drowned", try await few.run(with: drowning(drowned, in: folder))),
        ]
    }
}

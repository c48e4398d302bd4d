import Foundation
import OrreryExperiment
import OrreryScenario
import Synchronization
import Testing

@Suite("A sweep's result holds what every point came to")
struct SweepExperimentTests {
    /// A station that is overloaded with one worker and has room to spare with three.
    static let station = """
        version: 1
        name: station
        time: { duration: 300s, warm-up: 30s }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 500ms } }
        system:
          broker: { capacity: 50 }
          workers: { count: 1, service: { kind: exponential, mean: 800ms } }
        thresholds:
          delivery.latency: [ "mean < 3s" ]

        """

    static func sweep(_ options: [String], _ text: String = station) throws -> Sweep {
        try Sweep.decode(text, file: "test.yaml", options: options.map { try #require(Override($0)) })
    }

    private func run(
        _ options: [String], _ text: String = station, seeds: Range<UInt64> = 1..<5, jobs: Int = 2,
        shouldStop: @escaping @Sendable () -> Bool = { false }
    ) async throws -> SweepResult {
        try await SweepExperiment(
            sweep: try Self.sweep(options, text), seeds: Array(seeds), command: "orrery sweep test.yaml"
        ).run(with: Replicator(jobs: jobs, shouldStop: shouldStop))
    }

    private func bytes(_ result: some Encodable) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return try encoder.encode(result)
    }

    @Test("every point is what an experiment with the same values finds")
    func points() async throws {
        let text = Self.station + "variants: { before: {}, slow: { system: { workers: { service: 900ms } } } }\n"
        let result = try await run(["system.workers.count=1..3", "system.broker.capacity=[20, 50]"], text)
        #expect(result.variants.map(\.name) == ["before", "slow"])
        #expect(result.variants[0].points.map(\.values).first == ["1", "20"])
        for (index, variant) in result.variants.enumerated() {
            #expect(variant.points.count == 6)
            for point in variant.points {
                let (count, room) = (point.values[0], point.values[1])
                let overrides = ["system.workers.count=\(count)", "system.broker.capacity=\(room)"].compactMap {
                    Override($0)
                }
                let scenario = try Scenario.decode(text, file: "test.yaml", overrides: overrides)
                let alone = try await Experiment(scenario: scenario, seeds: Array(1..<5), command: "").run(
                    with: Replicator(jobs: 1))
                let same = alone.variants[index]
                #expect(point.fingerprint == same.fingerprint)
                #expect(point.metric("delivery.latency")?.mean == same.latency.mean)
                #expect(
                    point.metric("delivery.throughput")?.mean
                        == same.metrics.first { $0.key == "delivery.throughput" }?.mean)
                #expect(point.thresholds.map(\.holds) == same.thresholds.map(\.holds))
            }
        }
    }

    @Test("the number of jobs changes no byte")
    func jobs() async throws {
        let options = ["system.workers.count=1..4"]
        let one = try bytes(try await run(options, jobs: 1))
        for jobs in [2, 3, 8] { #expect(try bytes(try await run(options, jobs: jobs)) == one, "\(jobs) jobs") }
    }

    @Test("a sweep that is stopped keeps the points that were finished, and says that it was")
    func interrupted() async throws {
        let asked = Mutex(0)
        let result = try await run(["system.workers.count=1..4"], jobs: 1) {
            asked.withLock { count in
                count += 1
                return count > 6
            }
        }
        #expect(result.interrupted && result.verdict.outcome == .invalid)
        #expect(result.variants[0].points.map(\.replications) == [4, 2])
        #expect(result.verdict.sentence == "Interrupted after 6 of 16 runs.")
    }

    @Test("what breaks somewhere is an answer, told in words, and no failure")
    func words() async throws {
        let result = try await run(["system.workers.count=1..8"])
        #expect(result.verdict.outcome == .passed)
        let statements = result.variants[0].statements
        #expect(
            statements.contains {
                $0.hasPrefix("The threshold holds from ") && $0.contains(" to 8 of system.workers.count")
            }, "\(statements)")
        let knee = try #require(result.variants[0].scaling?.knee)
        #expect((2...3).contains(knee.position) && knee.slopeAfter < knee.slopeBefore / 2, "\(knee)")
        let bend = "The throughput bends at system.workers.count = "
        #expect(statements.contains { $0.hasPrefix(bend) }, "\(statements)")
    }

    @Test("where no run collapses, the bound on the probability is that by which thresholds are judged, one-sided")
    func noCollapse() async throws {
        let statements = try await run(["system.workers.count=[3]"], seeds: 1..<61).variants[0].statements
        // 1 − 0.05^(1/60) = 4.9 %; the upper end of the two-sided interval would be 6 %.
        let words = "P(collapse) is at most 4.9 % at each, with 95 % confidence (one-sided, as thresholds are judged)."
        #expect(statements.contains { $0.contains(words) }, "\(statements)")
    }

    @Test("a law is fitted where there are enough points, and otherwise the reason is said")
    func law() async throws {
        let many = try await run(["system.workers.count=1..6"])
        let law = try #require(many.variants[0].scaling?.law)
        #expect(law.residuals.count == 6 && law.single.value > 1)
        let few = try await run(["system.workers.count=1..3"])
        #expect(few.variants[0].scaling?.law == nil)
        let reason = few.variants[0].scaling?.statement ?? ""
        #expect(reason.hasPrefix("The universal scalability law was not fitted: 3 different loads"), "\(reason)")
        let grid = try await run(["system.workers.count=1..2", "system.broker.capacity=[20, 50]"])
        #expect(grid.variants[0].scaling == nil)
    }
}

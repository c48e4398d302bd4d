import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryScenario
import OrreryStatistics
import OrreryTestSupport
import Testing

@Suite("Every shipped scenario", .enabled(if: isRelease, "release builds only"))
struct ShippedScenarioTests {
    @Test("there are scenarios to test")
    func present() {
        #expect(ShippedScenarios.paths.contains("worldwide-fleet/scenario.yaml"))
        #expect(ShippedScenarios.paths.count >= 13)
        for path in ShippedScenarios.broken.keys { #expect(ShippedScenarios.paths.contains(path)) }
    }

    @Test(
        "is conserved, its stages sum to its latency, and it meets its own thresholds, or breaks those that it promises",
        arguments: ShippedScenarios.paths)
    func conserved(path: String) async throws {
        let scenario = try ShippedScenarios.load(path)
        for variant in scenario.variants {
            let recording = Network.run(variant.plan, seed: scenario.seedBase)
            let ledger = recording.ledger
            #expect(ledger.produced.total == ledger.delivered.total + ledger.lostTotal + Int64(ledger.inFlight.level))
            #expect(ledger.stageTimes.reduce(Int128(0)) { $0 + $1.sum } == ledger.latency.sum)
            #expect(ledger.produced.total > 1000)
        }
        let experiment = Experiment(scenario: scenario, seeds: [scenario.seedBase], command: "")
        let result = try await experiment.run(with: Replicator(jobs: 2))
        let broken = result.variants.filter { $0.thresholds.contains { !$0.holds } }.map(\.name)
        #expect(broken == ShippedScenarios.broken[path, default: []])
        #expect(result.verdict.outcome == (broken.isEmpty ? .passed : .failed))
    }

    @Test(
        "obeys Little's law, if it loses nothing on the way: items in flight = throughput × latency, over the seeds",
        arguments: ShippedScenarios.paths.filter { ShippedScenarios.broken[$0] == nil })
    func littlesLaw(path: String) throws {
        let runs = try ShippedScenarios.run(path, seeds: 1..<9)
        let differences = runs.map { run -> Double in
            let ledger = run.ledger
            let throughput = Double(ledger.delivered.observed) / run.observed.seconds
            return (ledger.inFlight.mean(at: run.end) ?? 0) - throughput * (ledger.latency.mean ?? 0)
        }
        let scale = runs.mean { $0.ledger.inFlight.mean(at: $0.end) ?? 0 }
        let estimate = Estimate(differences)
        let interval = try #require(estimate.interval)
        // The ends of a run make the two sides differ a little: items under way at its start and end are counted by
        // one side only.
        let observed = runs.mean { $0.observed.seconds }
        let edge = max(2e-4, runs.mean { $0.ledger.latency.mean ?? 0 } / observed) * scale
        #expect(interval.lowerBound - edge <= 0 && interval.upperBound + edge >= 0, "\(interval) around \(scale)")
        #expect(
            interval.upperBound - interval.lowerBound < 0.05 * scale,
            "the interval must be narrow enough to mean something")
    }

    @Test("has the fingerprint that it always had; a change must be meant", arguments: goldenFingerprints.map(\.path))
    func golden(path: String) throws {
        let run = try #require(try ShippedScenarios.run(path, seeds: 1..<2).first)
        let expected = goldenFingerprints.first { $0.path == path }?.fingerprint
        #expect(run.fingerprint.description == expected)
    }

    @Test("is among the golden fingerprints")
    func goldenIsComplete() {
        #expect(goldenFingerprints.map(\.path).sorted() == ShippedScenarios.paths)
    }

    @Test("the fleet drowns when its centre is too small, and nothing in the model knows the number")
    func cliff() throws {
        func waits(_ workers: Int) throws -> Double {
            try ShippedScenarios.run("worldwide-fleet/scenario.yaml", ["system.workers.count=\(workers)"], seeds: 1..<2)
                .mean {
                    $0.mean(.brokerWait)
                }
        }
        #expect(try waits(24) < 0.1)
        #expect(try waits(16) < 60)
        #expect(try waits(12) > 200)
    }
}

/// The fingerprints of the first variant with seed 1.
private let goldenFingerprints: [(path: String, fingerprint: String)] = [
    ("collapse-at-15-nodes/scenario.yaml", "89dc86b5cc6ab0b374a7286d462bf0b7"),
    ("dawn-herd/scenario.yaml", "f0181329d19c3771093c6508e5553f0e"),
    ("lock-convoy/scenario.yaml", "566981cae3375b513e8377a6c0da4e7b"),
    ("lock-convoy/sessions.yaml", "1bd75a2788029b71f2871aa7e62b8379"),
    ("push-or-pull/scenario.yaml", "0afb4efb60caacba8f23667a9ec86d5e"),
    ("push-or-pull/urgent.yaml", "97dcec024754ba39a73cd71a061d4552"),
    ("queue-overflow/scenario.yaml", "2c5ca9d5105cb25270b6c2a41b255598"),
    ("queue-overflow/slow-links.yaml", "faa819c16933478057f0defa33435e6c"),
    ("retry-storm/scenario.yaml", "8f7cc89c125534a08443449030bb6e66"),
    ("silent-telescopes/rejoin.yaml", "72449e232711e6e6ba232d7f89ca5e10"),
    ("silent-telescopes/scenario.yaml", "cb4814cac8d8c1b7d69b89ee975ecdcc"),
    ("stale-state/one-row.yaml", "bf5a0e8c1a86b4b26f1b16faaffe1025"),
    ("stale-state/scenario.yaml", "94222199a3910dd7062541890160c3a2"),
    ("stuck-subscriber/scenario.yaml", "72fbb0199cc47594070540140cee6663"),
    ("thrashing-autoscaler/scenario.yaml", "97ec28c3aecad581e20b5ee9f1153db2"),
    ("validation/capacity-m-m-c.yaml", "b1fb302c3e35e784e34a3a09f46340e1"),
    ("validation/m-g-1.yaml", "9836fbfb0144ff28f21c806cb112784d"),
    ("validation/m-m-1-k.yaml", "faf25a88af6e96bcf5b02ee07efafdd7"),
    ("validation/m-m-1.yaml", "ef1e5b201aeb19850ea6f4051ccfae3e"),
    ("validation/m-m-c-c.yaml", "924dc553512eb420d3c55f7a4d2e08e3"),
    ("validation/m-m-c.yaml", "cbc775caea52270a7591fd23c17a68e5"),
    ("worldwide-fleet/scenario.yaml", "08b262a82b758e044d14f16a64cf4c1f"),
]

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
        #expect(ShippedScenarios.paths.count >= 6)
    }

    @Test(
        "is conserved, its stages sum to its latency, and it meets its own thresholds",
        arguments: ShippedScenarios.paths)
    func conserved(path: String) async throws {
        let scenario = try ShippedScenarios.load(path)
        for variant in scenario.variants {
            let recording = Network.run(variant.plan, seed: scenario.seedBase)
            let ledger = recording.ledger
            #expect(ledger.produced.total == ledger.delivered.total + ledger.lostTotal + Int64(ledger.inFlight.level))
            #expect(ledger.stageTimes.reduce(Int128(0)) { $0 + $1.sum } == ledger.latency.sum)
            #expect(ledger.delivered.total > 1000)
        }
        let experiment = Experiment(scenario: scenario, seeds: [scenario.seedBase], command: "")
        #expect(await experiment.run(with: Replicator(jobs: 2)).verdict.outcome == .passed)
    }

    @Test(
        "obeys Little's law: items in flight = throughput × latency, within the interval over the seeds",
        arguments: ShippedScenarios.paths)
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
        let edge = 2e-4 * scale
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
    ("validation/m-g-1.yaml", "b9c924636e7712f0dc5baf0432af730b"),
    ("validation/m-m-1-k.yaml", "787382b77ee85a0bf0277539b5d26aa0"),
    ("validation/m-m-1.yaml", "9696455a76916173c8ce08395f3adb31"),
    ("validation/m-m-c-c.yaml", "a4b504eae5797693e73cb2dfe81d796a"),
    ("validation/m-m-c.yaml", "02d26b58118d5d16deaaf8eff4f7100b"),
    ("worldwide-fleet/scenario.yaml", "43de7bb0648d778781ee160ddd8d6e51"),
]

import OrreryExperiment
import OrreryKernel
import OrreryScenario
import Testing

@Suite("The warm-up that MSER-5 finds takes the start-up bias away")
struct WarmUpTests {
    /// M/M/1 at a utilisation of 0.95, whose mean sojourn is 19 s; it starts empty.
    private let station = """
        version: 1
        name: busy station
        time: { duration: 10000s }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 1s } }
        system:
          workers: { count: 1, service: { kind: exponential, mean: 950ms } }

        """

    private func latency(of text: String, warmUp: Duration) async throws -> ClosedRange<Double> {
        let override = try #require(Override("time.warm-up=\(DecimalText.trimmed(warmUp.seconds))s"))
        let scenario = try Scenario.decode(text, file: "test.yaml", overrides: [override])
        let result = try await Experiment(scenario: scenario, seeds: Array(1...500), command: "").run(
            with: Replicator(jobs: 2))
        #expect(result.warmUpSeconds == warmUp.seconds)
        let latency = result.variants[0].latency
        let (mean, halfWidth) = (try #require(latency.mean), try #require(latency.halfWidth))
        return mean - halfWidth...mean + halfWidth
    }

    @Test("M/M/1 at 0.95 from an empty start: uncut, the interval misses the truth; cut, it holds it")
    func bias() async throws {
        let uncut = try await latency(of: station, warmUp: .zero)
        #expect(uncut.upperBound < 19, "uncut it reads \(uncut)")
        let scenario = try Scenario.decode(station, file: "test.yaml", overrides: [])
        let warmUps = try await WarmUpPilot.warmUps(of: scenario, seeds: Array(1...500), with: Replicator(jobs: 2))
        let warmUp = try #require(warmUps[0])
        #expect(warmUp > .seconds(300) && warmUp <= .seconds(5000), "the cut is at \(warmUp)")
        let cut = try await latency(of: station, warmUp: warmUp)
        #expect(cut.contains(19), "cut it reads \(cut)")
    }

    @Test("a network that never settles has no warm-up, and none is invented")
    func unsettled() async throws {
        let text = station.replacing("950ms", with: "1500ms")
        let scenario = try Scenario.decode(text, file: "test.yaml", overrides: [])
        let warmUps = try await WarmUpPilot.warmUps(of: scenario, seeds: [1, 2, 3], with: Replicator(jobs: 2))
        #expect(warmUps == [nil])
    }

    @Test("pilots that were stopped find nothing")
    func stopped() async throws {
        let scenario = try Scenario.decode(station, file: "test.yaml", overrides: [])
        let stopped = Replicator(jobs: 1, shouldStop: { true })
        #expect(try await WarmUpPilot.warmUps(of: scenario, seeds: [1, 2], with: stopped) == [nil])
    }
}

import OrreryExperiment
import OrreryScenario
import OrreryTestSupport
import Testing

@Suite("Capacity of a station whose answer is known", .enabled(if: isRelease, "release builds only"))
struct CapacityTests {
    private static let limit = 0.73
    private static let candidates = 4...30

    /// The smallest number of workers whose 95th percentile of the sojourn lies below the limit, from the closed form.
    private static var truth: Int? {
        candidates.first { servers in
            guard servers * 5 > 20 else { return false }
            return ClosedForms.MMc(arrivalRate: 20, serviceRate: 5, servers: servers).sojournQuantile(0.95) < limit
        }
    }

    @Test("the right number in 95 of 100 searches, with half the runs of a grid of the same confidence")
    func knownAnswer() async throws {
        let truth = try #require(Self.truth)
        let text = try ShippedScenarios.text("validation/capacity-m-m-c.yaml")
        let range = "\(Self.candidates.lowerBound)..\(Self.candidates.upperBound)"
        let vary = try #require(Override("system.workers.count=\(range)"))
        let sweep = try Sweep.decode(text, file: "capacity-m-m-c.yaml", options: [vary])
        var (right, covered, contradicted, runs, gridRuns) = (0, 0, 0, 0, 0)
        for repetition in 0..<100 {
            let search = try CapacityExperiment(
                sweep: sweep, find: .smallest, confidence: 0.95, seedsMax: 200,
                seedBase: 1_000_000 * UInt64(repetition + 1), command: "")
            let result = try await search.run(with: Replicator(jobs: 2))
            #expect(!result.interrupted)
            if result.answer == String(truth) { right += 1 }
            let (low, high) = (result.possible.flatMap { Int($0) } ?? 0, result.proven.flatMap { Int($0) } ?? .max)
            if (low...high).contains(truth) { covered += 1 }
            contradicted += result.contradictions.count
            runs += result.runs
            gridRuns += result.gridRunsMin
        }
        let words = "right \(right), covered \(covered), \(runs) runs, a grid \(gridRuns) at least"
        print("capacity: \(words)")
        #expect(right >= 95 && covered >= 95, "\(words)")
        #expect(contradicted == 0)
        #expect(runs * 2 <= gridRuns, "\(words)")
    }
}

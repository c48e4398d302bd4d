import Foundation
import OrreryExperiment
import OrreryScenario
import Testing

@Suite("A capacity search finds the last value that meets all thresholds")
struct CapacityExperimentTests {
    private func experiment(
        _ vary: String, _ text: String = SweepExperimentTests.station, find: CapacityResult.Find = .smallest,
        seedsMax: Int = 60
    ) throws -> CapacityExperiment {
        try CapacityExperiment(
            sweep: SweepExperimentTests.sweep([vary], text), find: find, confidence: 0.95, seedsMax: seedsMax,
            seedBase: 1, command: "orrery capacity test.yaml")
    }

    private func text(_ threshold: String) throws -> String {
        let pieces = SweepExperimentTests.station.split(separator: "thresholds:", maxSplits: 1)
        return try String(#require(pieces.first)) + "thresholds: { \(threshold) }\n"
    }

    @Test("the smallest number of workers, with what was tested and what it cost")
    func smallest() async throws {
        let result = try await experimentResult(try experiment("system.workers.count=1..20"))
        #expect(result.answer == "2" && result.proven == "2" && result.possible == "2", "\(result.statements)")
        #expect(result.verdict.outcome == .passed && result.contradictions.isEmpty && !result.isAtEnd)
        #expect(
            result.verdict.sentence == "The smallest system.workers.count that meets all thresholds is 2.")
        #expect(result.runs == result.points.reduce(0) { $0 + $1.replications })
        #expect(result.runs * 2 < result.gridRunsMax)
        #expect(result.points.map(\.number) == result.points.map(\.number).sorted())
    }

    @Test("the largest load: values count upwards and pass up to the answer")
    func largest() async throws {
        let text = SweepExperimentTests.station.replacing("{ count: 1,", with: "{ count: 2,")
        let vary = "arrivals.jobs.poison=0%..50% step 10%"
        let result = try await experimentResult(try experiment(vary, text, find: .largest))
        #expect(result.answer != nil && result.isAtEnd, "\(result.verdict.sentence)")
        #expect(result.verdict.sentence.contains("or more: every value up to the end passes"))
    }

    @Test("no value passes: that is shown, and fails")
    func none() async throws {
        let result = try await experimentResult(
            try experiment("system.workers.count=1..8", text("delivery.latency: \"mean < 100ms\"")))
        #expect(result.answer == nil && result.verdict.outcome == .failed, "\(result.verdict.sentence)")
        #expect(result.verdict.sentence == "No value of system.workers.count from 1 to 8 meets all thresholds.")
    }

    @Test("a seed without data never passes")
    func noData() async throws {
        let result = try await experimentResult(
            try experiment("system.workers.count=1..3", text("uplinks.utilisation: \"mean < 50%\"")))
        #expect(result.answer == nil)
        #expect(result.points.allSatisfy { $0.thresholds[0].estimate == nil && $0.outcome == .fails })
    }

    @Test("an equality is tested by how many seeds break it")
    func equality() async throws {
        let result = try await experimentResult(
            try experiment("system.workers.count=1..8", text("items.lost: \"count == 0\""), seedsMax: 200))
        #expect(result.points.allSatisfy { $0.thresholds[0].tested == .shareBreaking })
        #expect(result.answer.flatMap { Int($0) }.map { (2...3).contains($0) } == true, "\(result.verdict.sentence)")
    }

    @Test(
        "probabilities and shares of seeds are tested as proportions",
        arguments: [
            ("outcome.collapsed: \"probability < 30%\"", ThresholdTestResult.Tested.shareOfClass),
            ("delivery.latency: [ { condition: \"mean < 3s\", seeds: \">= 60%\" } ]", .shareMeeting),
        ])
    func proportions(threshold: String, tested: ThresholdTestResult.Tested) async throws {
        let result = try await experimentResult(try experiment("system.workers.count=1..8", text(threshold)))
        #expect(result.points.allSatisfy { $0.thresholds[0].tested == tested && $0.thresholds[0].unit == "share" })
        #expect(result.answer == "2", "\(result.verdict.sentence)")
    }

    @Test("the number of jobs changes no byte")
    func jobs() async throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let search = try experiment("system.workers.count=1..6")
        let results = [
            try await search.run(with: Replicator(jobs: 1)), try await search.run(with: Replicator(jobs: 4)),
        ]
        #expect(try encoder.encode(results[0]) == encoder.encode(results[1]))
    }

    @Test("a search that is stopped says what was known by then")
    func interrupted() async throws {
        let search = try experiment("system.workers.count=1..20")
        let result = try await search.run(with: Replicator(jobs: 1, shouldStop: { true }))
        #expect(result.interrupted && result.points.isEmpty && result.verdict.outcome == .invalid)
    }

    @Test("what cannot be searched is refused")
    func unsuitable() throws {
        typealias Unsuitable = CapacityExperiment.Unsuitable
        #expect(throws: Unsuitable.self) { try experiment("system.workers.count=[3, 2]") }
        #expect(throws: Unsuitable.self) { try experiment("system.workers.assignment=[most-recent]") }
        #expect(throws: Unsuitable.self) {
            try experiment("system.workers.count=1..3", SweepExperimentTests.station + "variants: { a: {}, b: {} }\n")
        }
        let bare = SweepExperimentTests.station.split(separator: "thresholds:", maxSplits: 1)
        #expect(throws: Unsuitable.self) { try experiment("system.workers.count=1..3", String(bare[0])) }
    }

    private func experimentResult(_ experiment: CapacityExperiment) async throws -> CapacityResult {
        try await experiment.run(with: Replicator(jobs: 2))
    }
}

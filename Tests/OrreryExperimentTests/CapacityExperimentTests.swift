import Foundation
import OrreryKernel
import OrreryScenario
import OrreryStatistics
import Testing

@testable import OrreryExperiment

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
        #expect(result.verdict.sentence.contains("or more: every value from 0% to 50% passes"))
    }

    @Test("no value passes: that is shown, and fails")
    func none() async throws {
        let result = try await experimentResult(
            try experiment("system.workers.count=1..8", text("delivery.latency: \"mean < 100ms\"")))
        #expect(result.answer == nil && result.verdict.outcome == .failed, "\(result.verdict.sentence)")
        #expect(result.verdict.sentence == "No value of system.workers.count from 1 to 8 meets all thresholds.")
    }

    @Test("a seed without data shows neither that a value passes nor that it fails: the search stays open")
    func noData() async throws {
        let result = try await experimentResult(
            try experiment("system.workers.count=1..3", text("uplinks.utilisation: \"mean < 50%\"")))
        #expect(result.answer == nil && result.proven == nil && result.contradictions.isEmpty)
        #expect(result.points.allSatisfy { $0.thresholds[0].estimate == nil && $0.outcome == .noData })
        #expect(result.verdict.outcome == .invalid)
        #expect(result.verdict.sentence == "No value of system.workers.count could be judged: a threshold has no data.")
    }

    @Test(
        "runs that were given up count as breaking whatever is demanded",
        arguments: [
            "delivery.latency: \"mean < 3s\"", "items.lost: \"count == 0\"", "outcome.collapsed: \"probability < 30%\"",
            "outcome.stable: \"probability > 30%\"", "delivery.latency: { condition: mean < 3s, seeds: \">= 60%\" }",
        ])
    func overwhelmed(threshold: String) throws {
        let sweep = try SweepExperimentTests.sweep(["system.workers.count=1..3"], text(threshold))
        var point = CapacityPoint(thresholds: sweep.points[0].variants[0].thresholds)
        for _ in 0..<30 { point.add(.overwhelmed(after: .seconds(9), items: 1_000_000)) }
        #expect(point.overwhelmed == 30)
        #expect(point.judged(error: 0.01, looks: LookSchedule(floor: 10, ceiling: 30)).together == .fails)
    }

    @Test("one value without data between others contradicts nothing")
    func gap() async throws {
        // With a rare stream, some seeds of few runs deliver nothing.
        let rare = SweepExperimentTests.station.replacing("mean: 500ms", with: "mean: 60s")
        let result = try await experimentResult(
            try experiment("arrivals.jobs.interarrival.mean=50s..450s step 50s", rare, find: .largest))
        #expect(result.points.contains { $0.outcome == .noData }, "\(result.points.map(\.outcome))")
        #expect(result.contradictions.isEmpty && result.verdict.outcome == .invalid, "\(result.verdict.sentence)")
        #expect(result.statements.contains { $0.hasPrefix("A threshold has no data in a seed at ") })
    }

    /// What is shown of 1, 2 … 9, and how it is put into words.
    private static let shown: [(find: CapacityResult.Find, proven: String?, possible: String?, words: String)] = [
        (.largest, "3", "5", "it lies between 3 and 5."), (.smallest, "5", "3", "it lies between 3 and 5."),
        (.largest, "3", "9", "it is 3 or more."), (.smallest, "5", "1", "it is 5 or less."),
        (.largest, nil, "5", "it is 5 or less, if any value meets them."),
        (.smallest, nil, "5", "it is 5 or more, if any value meets them."),
        (.largest, nil, "9", "no value is shown to meet them, and none to break them."),
        (.smallest, nil, "1", "no value is shown to meet them, and none to break them."),
    ]

    @Test("an interval is named from its smaller end to its larger, and open where nothing is shown")
    func words() async throws {
        for row in Self.shown {
            let search = try experiment("system.workers.count=1..9", find: row.find)
            var result = try await search.run(with: Replicator(jobs: 1, shouldStop: { true }))
            (result.interrupted, result.answer) = (false, "4")
            (result.proven, result.possible) = (row.proven, row.possible)
            #expect(CapacityWords(result: result).verdict.sentence.hasSuffix(row.words), "\(row)")
            #expect(CapacityWords(result: result).verdict.outcome == .invalid)
        }
    }

    @Test("a sure answer says of what it is sure: this value, this or beyond, or none")
    func sureWords() async throws {
        let atEnd = try await experimentResult(try experiment("system.workers.count=3..6"))
        #expect(atEnd.verdict.sentence.contains("is 3 or less: every value from 3 to 6 passes."))
        #expect(atEnd.statements[0].contains("confidence it is this value or less, if passing is monotone"))
        let none = try await experimentResult(
            try experiment("system.workers.count=1..3", text("delivery.latency: \"mean < 100ms\"")))
        #expect(none.statements[0].contains("confidence no value meets them, if passing is monotone"))
        let single = try await experimentResult(try experiment("system.workers.count=2"))
        #expect(single.verdict.sentence.contains("is 2 or less: every value (only 2 was searched) passes."))
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
        #expect(throws: Unsuitable.self) {
            try experiment(
                "system.workers.count=1..3", text("delivery.latency: { condition: mean < 3s, seeds: \">= 100%\" }"))
        }
        #expect(throws: Unsuitable.self) {
            try experiment(
                "system.workers.count=1..3", text("outcome.collapsed: \"probability < 1%\""), seedsMax: 100)
        }
        let bare = SweepExperimentTests.station.split(separator: "thresholds:", maxSplits: 1)
        #expect(throws: Unsuitable.self) { try experiment("system.workers.count=1..3", String(bare[0])) }
    }

    private func experimentResult(_ experiment: CapacityExperiment) async throws -> CapacityResult {
        try await experiment.run(with: Replicator(jobs: 2))
    }
}

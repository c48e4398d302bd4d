import Foundation
import OrreryDiagnosis
import OrreryKernel
import OrreryScenario
import OrreryTestSupport
import Testing

@testable import OrreryExperiment
@testable import OrreryModel

@Suite("A record holds all of a run that results are made of")
struct RunRecordTests {
    /// Networks with losses, retries, faults, crashes, telescopes, weather and a store.
    private static let stories = [
        "worldwide-fleet", "queue-overflow", "retry-storm", "dawn-herd", "stuck-subscriber",
    ]

    private func variants(_ story: String) throws -> [ScenarioVariant] {
        let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let file = folder.appending(path: "Scenarios/\(story)/scenario.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        return try Scenario.decode(text, file: file.path, overrides: []).variants
    }

    @Test("and is the same after it was written and read", arguments: stories)
    func roundTrip(story: String) throws {
        for variant in try variants(story) {
            let record = RunRecord(Network.run(variant.plan, seed: .max))
            let bytes = try RunOutcome.finished(record).encoded()
            #expect(try RunOutcome(encoded: bytes) == .finished(record))
            #expect(bytes.count < 110_000, "\(story) \(variant.name) takes \(bytes.count) bytes")
            let json = try JSONEncoder().encode(record)
            #expect(try JSONDecoder().decode(RunRecord.self, from: json) == record)
        }
    }

    @Test("so that a result made of records that were stored is the same result")
    func results() throws {
        for variant in try variants("retry-storm") {
            let recordings = (1...2).map { Network.run(variant.plan, seed: $0) }
            var direct = VariantSummary(plan: variant.plan, thresholds: variant.thresholds)
            var stored = direct
            for recording in recordings {
                direct.add(.finished(RunRecord(recording)), seed: recording.seed)
                stored.add(
                    try RunOutcome(encoded: RunOutcome.finished(RunRecord(recording)).encoded()), seed: recording.seed)
            }
            let encoder = JSONEncoder()
            encoder.outputFormatting = .sortedKeys
            let results = try [direct, stored].map {
                try encoder.encode(VariantResult(variant, $0, DiagnosisResult($0, others: []), first: nil))
            }
            #expect(results[0] == results[1])
        }
    }

    @Test("but not of bytes that are cut short or changed")
    func broken() throws {
        let record = RunRecord(
            Network.run(Plans.station(interarrival: .constant(1), service: .constant(2)), seed: 1))
        let bytes = try RunOutcome.finished(record).encoded()
        #expect(throws: (any Error).self) { try RunOutcome(encoded: bytes.prefix(bytes.count / 2)) }
        #expect(throws: (any Error).self) { try RunOutcome(encoded: Data()) }
        let text = try #require(String(data: JSONEncoder().encode(record), encoding: .utf8))
        let spoilt = text.replacingOccurrences(of: record.fingerprint.description, with: "fingerprint")
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(RunRecord.self, from: Data(spoilt.utf8)) }
    }

    @Test("where the whole course of a metric says what the metric says of the run", arguments: stories)
    func courses(story: String) throws {
        for variant in try variants(story) {
            var plan = variant.plan
            plan.warmUp = .zero
            let record = RunRecord(Network.run(plan, seed: 3))
            for metric in MetricCatalog.metrics {
                guard let course = metric.course(of: record.series), let value = record.value(of: metric) else {
                    continue
                }
                let bins = 0..<course.binCount
                switch (value, course.value(in: bins)) {
                case (.count(let whole), .count(let sum)): #expect(whole == sum, "\(metric.key)")
                case (.level(let whole), .level(let mean)):
                    let (one, other) = (whole ?? 0, mean ?? 0)
                    #expect(abs(one - other) <= 1e-9 * max(1, abs(one)), "\(metric.key): \(one) and \(other)")
                case (.distribution(let whole), .distribution(let merged)):
                    #expect(whole.count == merged.count && whole.sum == merged.sum, "\(metric.key)")
                    #expect(whole.smallest == merged.smallest && whole.largest == merged.largest)
                default: Issue.record("\(metric.key) has a course of another form")
                }
            }
        }
    }
}

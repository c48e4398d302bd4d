import Foundation
import OrreryExperiment
import Testing

@testable import OrreryReport

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("Odd results have sensible reports in every form")
struct OddResultTests {
    @Test(
        "nothing, one item, given up, interrupted, two hundred points: all are well-formed, bounded and always the same"
    )
    func forms() async throws {
        for (name, result) in try await OddResults.all() {
            for format in ReportFormat.all {
                let text = try format.render(result)
                let limit = ["html": 2_000_000, "md": 60_001][format.name] ?? 8_000_000
                #expect(try format.render(result) == text, "\(name) \(format.name)")
                #expect(
                    (6..<limit).contains(text.utf8.count), "\(name) \(format.name): \(text.utf8.count)")
                #expect(!OddResultTests.holdsNoNumber(text), "\(name) \(format.name)")
                try OddResultTests.check(text, as: format.name, "\(name) \(format.name)")
            }
        }
    }

    /// Whether a figure in it is none: words of three letters are quicker compared than searched for.
    ///
    /// Pictures are letters, too, and can hold any word.
    private static func holdsNoNumber(_ text: String) -> Bool {
        let words = text.replacing(/base64,[A-Za-z0-9+=\/]*/, with: "").utf8.split {
            !((65...90).contains($0) || (97...122).contains($0))
        }
        return words.contains { word in
            word.count == 3 && ["nan", "inf"].contains(String(Substring(word)).lowercased())
        }
    }

    /// Whether a text is what its form demands.
    static func check(_ text: String, as form: String, _ name: String) throws {
        switch form {
        case "json": #expect(throws: Never.self, "\(name)") { try JSONSerialization.jsonObject(with: Data(text.utf8)) }
        case "html": #expect(XMLParser(data: Data(HTMLReportTests.body(text).utf8)).parse(), "\(name)")
        case "junit": #expect(XMLParser(data: Data(text.utf8)).parse(), "\(name)")
        case "csv":
            let columns = text.split(separator: "\r\n").map {
                $0.split(separator: ",", omittingEmptySubsequences: false)
            }
            #expect(columns.allSatisfy { $0.count == columns[0].count }, "\(name)")
        case "md":
            #expect(text.utf8.count <= MarkdownPage.bytesMax, "\(name)")
            for line in text.split(separator: "\n") where line.hasPrefix("|") {
                #expect(line.hasSuffix("|"), "\(name): \(line)")
            }
        case "openmetrics": _ = try SampleLines(text)
        default: Issue.record("nobody checks \(form)")
        }
    }

    @Test("where nothing was produced, nothing is said of latencies, and no test passes")
    func nothing() async throws {
        let result = try #require(try await OddResults.all().first { $0.name == "nothing" }).result
        let samples = try SampleLines(result.openMetrics)
        #expect(
            samples["orrery_delivery_latency_seconds"].isEmpty && samples["orrery_run_delivery_latency_seconds"].isEmpty
        )
        #expect(samples["orrery_run_outcome_ratio"].isEmpty)
        #expect(samples["orrery_produced_items_total"].allSatisfy { $0.value == 0 })
        #expect(result.markdown.contains("Nothing was produced") && result.markdown.contains("not measured"))
        #expect(result.junit.contains("nothing was produced, so there is nothing to judge"))
        #expect(!result.table.contains("series.latency"))
    }

    @Test("one item is one item, with its own latency and no interval")
    func oneItem() async throws {
        let results = try await OddResults.all()
        let one = try #require(results.first { $0.name == "one-item" }).result
        let samples = try SampleLines(one.openMetrics)
        #expect(samples["orrery_run_delivery_latency_seconds"].map(\.value) == [5, 5])
        #expect(samples["orrery_run_delivery_latency_half_width_seconds"].isEmpty)
        #expect(samples["orrery_produced_items_total"].last?.value == 1)
        let underWay = try #require(results.first { $0.name == "one-under-way" }).result
        #expect(try SampleLines(underWay.openMetrics)["orrery_in_flight_items"].last?.value ?? 0 > 0)
        #expect(underWay.junit.contains("no-data"))
    }

    @Test("what was interrupted or given up says so, and never passes")
    func aborted() async throws {
        for (name, result) in try await OddResults.all() where name.contains("-") && !name.hasPrefix("one") {
            let isWhole = name == "sweep-of-200"
            #expect(result.junit.contains("type=\"unfinished\"") != isWhole, "\(name)")
        }
        let results = try await OddResults.all()
        let never = try #require(results.first { $0.name == "never-begun" }).result
        #expect(never.markdown.contains("No run was finished") && never.junit.contains("only 0 of 2 runs"))
        #expect(try SampleLines(never.openMetrics)["orrery_run_finished_runs"].map(\.value) == [0, 0])
        let drowned = try #require(results.first { $0.name == "drowned" }).result
        #expect(
            drowned.markdown.contains("was given up")
                && drowned.junit.contains("items were on their way, more than memory"))
    }

    @Test("a sweep of two hundred points has a row, a suite and samples for each")
    func manyPoints() async throws {
        let sweep = try #require(try await OddResults.all().first { $0.name == "sweep-of-200" }).result
        #expect(sweep.markdown.split(separator: "\n").count { $0.hasPrefix("| ") } == 202)
        #expect(!sweep.markdown.contains("Left out"))
        #expect(sweep.junit.components(separatedBy: "<testsuite ").count == 201)
        let samples = try SampleLines(sweep.openMetrics)["orrery_run_finished_runs"]
        #expect(samples.count == 200 && samples.last?.labels.contains("system_workers_count=\"200\"") == true)
    }
}

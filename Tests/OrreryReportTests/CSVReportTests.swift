import OrreryExperiment
import Testing

@testable import OrreryReport

@Suite("The comma-separated report")
struct CSVReportTests {
    @Test(
        "quotes what would be misread",
        arguments: [
            ("plain", "plain"), ("a, b", "\"a, b\""), ("say \"no\"", "\"say \"\"no\"\"\""),
            ("two\nlines", "\"two\nlines\""),
        ])
    func quoting(_ text: String, _ field: String) {
        #expect(CSVReport.field(text) == field)
    }

    @Test("has one line for each seed of each metric and each bin of each series")
    func isLong() {
        let result = Fixture.healthyWeek
        let lines = CSVReport.render(result).split(separator: "\r\n")
        let variant = result.variants[0]
        let coarse = [variant.series.latencyP50, variant.series.latencyP95, variant.series.latencyP99]
        let latencies = coarse.flatMap { $0 }.count { $0 != nil }
        #expect(lines[0] == "variant,seed,time,metric,unit,value")
        #expect(lines.count == 1 + 30 * 3 + 4 * 3 + 30 * variant.metrics.count + 14 * 500 + latencies)
        #expect(lines.allSatisfy { $0.count { $0 == "," } == 5 })
    }

    @Test("has the differences to the first variant with their intervals and pairs")
    func differences() {
        let lines = CSVReport.render(Fixture.threeVariants).split(separator: "\r\n").filter {
            $0.contains("difference")
        }
        #expect(lines.count == 2 * 7 * 3)
        let lost = [
            "twelve-workers,,,difference.items.lost,items,-1204.5",
            "twelve-workers,,,difference-half-width.items.lost,items,87.25",
            "twelve-workers,,,difference-pairs.items.lost,seeds,30",
        ]
        #expect(lines.filter { $0.hasPrefix("twelve-workers") && $0.contains(".items.lost,") }.map(String.init) == lost)
    }

    @Test("lists every form once, each with its own name and ending")
    func catalog() throws {
        #expect(ReportFormat.all.map(\.name) == ["json", "html", "csv", "junit", "md", "openmetrics"])
        #expect(Set(ReportFormat.all.map(\.fileExtension)).count == ReportFormat.all.count)
        for format in ReportFormat.all {
            #expect(try !format.render(Fixture.zeroEvents).isEmpty)
            #expect(ReportFormat.named(format.name)?.summary == format.summary)
        }
    }
}

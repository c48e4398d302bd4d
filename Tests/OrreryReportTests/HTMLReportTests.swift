import Foundation
import OrreryExperiment
import Testing

@testable import OrreryReport

@Suite("The HTML report")
struct HTMLReportTests {
    @Test("writes every fixture, and the same bytes twice", arguments: Fixture.all.map(\.name))
    func isDeterministic(_ name: String) throws {
        let result = try #require(Fixture.all.first { $0.name == name }).result
        let page = HTMLReport.render(result)
        #expect(page == HTMLReport.render(result))
        #expect(!page.contains("nan") && !page.contains("inf "))
        if let folder = ProcessInfo.processInfo.environment["ORRERY_REPORT_FOLDER"] {
            try page.write(toFile: "\(folder)/\(name).html", atomically: true, encoding: .utf8)
        }
    }
}

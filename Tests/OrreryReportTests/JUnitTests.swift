import Foundation
import OrreryExperiment
import Testing

@testable import OrreryReport

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The JUnit report")
struct JUnitTests {
    /// All results of the tests.
    private func all() async throws -> [(name: String, result: any Reportable)] {
        Fixture.all.map { ($0.name, $0.result) } + (try await SweepFixture.all()) + (try await OddResults.all())
    }

    @Test("has a suite for each variant and a test for each threshold, and says what was observed and where")
    func thresholds() throws {
        let text = Fixture.failing.junit
        #expect(
            text.contains("<testsuite name=\"A surge on the ridge.as-written\" tests=\"2\" failures=\"2\" errors=\"0\"")
        )
        let broken = try #require(Fixture.failing.variants[0].thresholds.first { $0.isBroken })
        #expect(text.contains("name=\"\(Markup.escaped("\(broken.metric): \(broken.condition)"))"))
        #expect(text.contains("<failure type=\"threshold\" message=\"broken: observed "))
        #expect(text.contains("0 of 1 seeds meet it by themselves"))
        #expect(!text.contains("time=") && !text.contains("timestamp"))
        #expect(text.contains("name=\"fingerprint\" value=\"\(Fixture.failing.variants[0].fingerprint)\""))
    }

    @Test("counts what is inconclusive or without data as an error, and a scenario without thresholds as one test")
    func verdicts() throws {
        var result = Fixture.healthyWeek
        #expect(result.junit.contains("failures=\"0\" errors=\"0\"") && !result.junit.contains("every run comes to"))
        result.variants[0].thresholds[0].verdict = "inconclusive"
        #expect(result.junit.contains("<error type=\"inconclusive\" message=\"inconclusive: observed"))
        result.variants[0].thresholds[0].verdict = "unjudged"
        result.variants[0].thresholds[0].observed = nil
        #expect(result.junit.contains("<error type=\"no-data\" message=\"no data: observed not measured"))
        result.variants[0].thresholds = []
        #expect(result.junit.contains("tests=\"1\" failures=\"0\" errors=\"0\""))
        #expect(result.junit.contains("name=\"every run comes to its end\"></testcase>"))
        result.variants[0].replications.removeLast()
        #expect(result.junit.contains("<error type=\"unfinished\" message=\"only 29 of 30 runs came to their end\""))
    }

    @Test("names that try to become markup stay names")
    func hostileNames() throws {
        let parser = XMLParser(data: Data(Fixture.hostileNames.junit.utf8))
        let names = SuiteNames()
        parser.delegate = names
        #expect(parser.parse())
        #expect(names.found.first == "</script><img src=x onerror=alert(1)>.\"><svg onload=alert(2)>")
    }

    @Test("is valid by the schema that its readers share", .enabled(if: Tool.hasXMLLint, "no xmllint"))
    func schema() async throws {
        let folder = try TemporaryFolder()
        let schema = Tool.root.appendingPathComponent("Tests/JUnit.xsd").path
        let files = try await all().map { try folder.write($0.result.junit, as: "\($0.name).xml") }
        let run = try Tool.run("xmllint", ["--noout", "--schema", schema] + files)
        #expect(run.status == 0 && files.count > 15, "\(run.output.suffix(2000))")
        let stray = try folder.write(
            Fixture.failing.junit.replacing("<testcase ", with: "<testcase stray=\"1\" "), as: "s.xml")
        #expect(try Tool.run("xmllint", ["--noout", "--schema", schema, stray]).status != 0)
    }

    @Test("reads the same in a parser of others", .enabled(if: Tool.hasJUnitParser, "no python junitparser"))
    func otherParser() async throws {
        let folder = try TemporaryFolder()
        let script = """
            import sys
            from junitparser import JUnitXml, Failure, Error
            for path in sys.argv[1:]:
                xml = JUnitXml.fromfile(path)
                told = (xml.tests, xml.failures, xml.errors)
                cases = [case for suite in xml for case in suite]
                results = [result for case in cases for result in case.result]
                counted = (len(cases), *(sum(isinstance(r, kind) for r in results) for kind in (Failure, Error)))
                assert told == counted, (path, told, counted)
                assert all(case.classname == suite.name for suite in xml for case in suite), path
                print(*counted)
            """
        let files = try await all().map { try folder.write($0.result.junit, as: "\($0.name).xml") }
        let run = try Tool.run(Tool.python, ["-c", script] + files)
        let lines = run.output.split(separator: "\n")
        #expect(run.status == 0 && lines.count == files.count, "\(run.output.suffix(2000))")
        let failing = try #require(Fixture.all.firstIndex { $0.name == "failing" })
        #expect(lines.dropFirst(failing).first == "2 2 0")
    }
}

/// The names of the suites that a parser meets.
private final class SuiteNames: NSObject, XMLParserDelegate {
    private(set) var found: [String] = []

    func parser(
        _ parser: XMLParser, didStartElement element: String, namespaceURI: String?, qualifiedName: String?,
        attributes: [String: String]
    ) {
        if element == "testsuite", let name = attributes["name"] { found.append(name) }
    }
}

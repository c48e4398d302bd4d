import OrreryExperiment
import Testing

@testable import OrreryReport

@Suite("The Markdown summary")
struct MarkdownTests {
    @Test("says the verdict, the thresholds, the figures, the findings and the differences, and how to make it again")
    func contents() throws {
        let text = Fixture.threeVariants.markdown
        #expect(text.hasPrefix("## ✗ failed: The queue overflowed"))
        for variant in Fixture.threeVariants.variants { #expect(text.contains("### \(variant.name)\n")) }
        #expect(text.contains("| Threshold |  | Observed |") && text.contains("| latency p99 |"))
        #expect(text.contains("twelve-workers against eight-workers: 30 pairs"))
        #expect(text.contains("- The uplink of site ridge-2 was the busiest part"))
        #expect(text.contains("`\(Fixture.threeVariants.fingerprint)`"))
        #expect(text.hasSuffix("```\n\(Fixture.threeVariants.command)\n```\n"))
    }

    @Test(
        "what comes from outside stays text",
        arguments: [
            ("<img src=x>", "&lt;img src=x&gt;"), ("a|b", "a\\|b"), ("`rm`", "\\`rm\\`"), ("[x](y)", "\\[x\\](y)"),
            ("*b* _i_", "\\*b\\* \\_i\\_"), ("# title", "\\# title"), ("- item", "\\- item"), ("1. one", "1\\. one"),
            ("3.2 s", "3.2 s"), ("+5", "+5"), ("---", "\\---"), ("  - x", "\\- x"), ("two\nlines", "two lines"),
            ("\u{1B}[31m", "\u{FFFD}\\[31m"), ("a & b", "a &amp; b"),
            ("$x$", "\\$x\\$"), ("~~no~~", "\\~\\~no\\~\\~"), ("back\\slash", "back\\\\slash"),
        ])
    func escapes(text: String, expected: String) {
        #expect(MarkdownText.inline(text) == expected)
    }

    @Test("code with backticks in it gets a longer fence")
    func fences() {
        #expect(MarkdownText.code("a ``b`` c") == "```a ``b`` c```")
        #expect(MarkdownText.code("`x`") == "`` `x` ``")
        #expect(MarkdownText.block("a ``` b") == "````\na ``` b\n````")
    }

    @Test("names that try to become markup stay names")
    func hostileNames() {
        let text = Fixture.hostileNames.markdown
        #expect(
            !text.contains("<img") && !text.contains("<svg") && !text.contains("<script") && !text.contains("\u{202E}"))
        let rows = text.split(separator: "\n").filter { $0.hasPrefix("| ") }
        for row in rows {
            let pipes = row.replacing("\\|", with: "").count { $0 == "|" }
            #expect([4, 5, 7].contains(pipes), "\(row)")
        }
    }

    @Test("never grows beyond its limit, leaves out whole rows from the end, and says how many")
    func limit() throws {
        var result = Fixture.healthyWeek
        result.variants[0].findings = (0..<2000).map { "Finding number \($0) of very many, each of which has a line." }
        let text = result.markdown
        #expect(text.utf8.count <= 60_000 && text.utf8.count > 59_000)
        let shown = text.split(separator: "\n").count { $0.hasPrefix("- Finding") }
        let omitted = try #require(text.firstMatch(of: /Left out here, from the end: (\d+) rows/)?.1)
        #expect(shown + (Int(omitted) ?? 0) == 2000)
        #expect(text.contains(result.fingerprint) && text.hasSuffix("```\n\(result.command)\n```\n"))
        result.scenario = String(repeating: "long ", count: 100_000)
        result.command = String(repeating: "x", count: 500_000)
        #expect(result.markdown.utf8.count <= 60_000)
    }

    @Test("a heading with nothing below it is left out with its rows")
    func noLoneHeading() {
        var page = MarkdownPage()
        page.paragraph("first")
        page.table(["a"], (0..<10_000).map { [String(repeating: "x", count: 20) + "\($0)"] })
        page.heading(3, "after the end")
        page.list(["never seen"])
        let text = page.text(fingerprint: "f", command: "c")
        #expect(text.utf8.count <= 60_000 && !text.contains("after the end"))
        page = MarkdownPage()
        page.paragraph(String(repeating: "y", count: 59_600))
        page.heading(3, "alone")
        page.list([String(repeating: "z", count: 400)])
        #expect(!page.text(fingerprint: "f", command: "c").contains("alone"))
    }

    @Test("a sweep has a row for each point, and a search one for each value")
    func points() async throws {
        let results = try await SweepFixture.all()
        let grid = try #require(results.first { $0.name == "grid" }).result
        #expect(grid.markdown.contains("| system.workers.count | system.broker.capacity | throughput |"))
        #expect(grid.markdown.split(separator: "\n").count { $0.hasPrefix("| 1 |") || $0.hasPrefix("| 2 |") } == 6)
        let capacity = try #require(results.first { $0.name == "capacity" }).result
        #expect(capacity.markdown.contains("| system.workers.count | seeds | P(collapse) | outcome |"))
    }
}

import Foundation
import OrreryExperiment
import Testing

@testable import OrreryReport

@Suite("The HTML report in a browser", .enabled(if: Tool.hasChromium, "no chromium"), .serialized)
struct BrowserTests {
    private let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
    }

    private func open(_ text: String, in browser: Chromium, width: Int = 1100) throws {
        try browser.open(folder.write(text, as: "report.html"), width: width)
    }

    /// What a page consists of: its sections, headings, charts that have a size, and switches.
    private static let inventory = """
        JSON.stringify([
          [...document.querySelectorAll("section")].map((e) => e.id),
          [...document.querySelectorAll("h1, h2, h3, h4")].map((e) => e.textContent),
          [...document.querySelectorAll("svg.plot")].map((e) => e.id + " " + (e.getBoundingClientRect().width > 100)),
          [...document.querySelectorAll("summary")].map((e) => e.textContent),
        ])
        """

    @Test("asks for nothing, complains about nothing, and runs nothing of a stranger")
    func behaves() async throws {
        let browser = try Chromium()
        for page in try await ReportPages.all() {
            try open(page.text, in: browser)
            #expect(browser.complaints.isEmpty, "\(page.name): \(browser.complaints)")
            #expect(browser.requests.isEmpty, "\(page.name): \(browser.requests)")
            let strangers =
                "document.querySelectorAll('img, iframe, object, embed, [onload], [onerror], [style]').length"
            let found = try browser.evaluate("document.scripts.length + ' ' + \(strangers)") as? String
            #expect(found == "1 0", "\(page.name)")
        }
    }

    @Test("fits a phone: nothing lies beyond its edge, and the page scrolls one way only")
    func phone() async throws {
        let browser = try Chromium()
        for page in try await ReportPages.all() {
            try open(page.text, in: browser, width: 420)
            let wide = try browser.evaluate(
                """
                document.querySelectorAll("details").forEach((e) => { e.open = true; });
                document.documentElement.scrollWidth - document.documentElement.clientWidth
                """)
            #expect(wide as? Int == 0, "\(page.name) scrolls sideways by \(wide ?? "?") pixels")
        }
    }

    @Test("forbids scripts, styles and addresses that were put into it")
    func policy() async throws {
        let browser = try Chromium()
        for page in try await ReportPages.kinds() {
            try open(page.text, in: browser)
            let verdict = try browser.evaluate(
                """
                (async () => {
                  for (const [name, text] of [["script", "window.foreign = 1"], ["style", "body { color: rgb(1, 2, 3) }"]]) {
                    const element = document.createElement(name);
                    element.textContent = text;
                    document.body.append(element);
                  }
                  const button = document.createElement("button");
                  button.setAttribute("onclick", "window.foreign = 2");
                  document.body.append(button);
                  button.click();
                  const asked = await fetch("https://example.org/").then(() => "answered", () => "refused");
                  const colour = getComputedStyle(document.body).color;
                  return [window.foreign, colour === "rgb(1, 2, 3)", asked].join(" ");
                })()
                """)
            #expect(verdict as? String == " false refused", "\(page.name): \(verdict ?? "")")
            #expect(browser.complaints.contains { $0.contains("Content Security Policy") })
        }
    }

    @Test("has the same sections, headings, charts and tables without JavaScript")
    func withoutScript() async throws {
        let browser = try Chromium()
        for page in try await ReportPages.kinds() {
            try open(page.text, in: browser)
            let with = try browser.evaluate(Self.inventory) as? String
            try browser.send("Emulation.setScriptExecutionDisabled", ["value": true])
            try open(page.text, in: browser)
            #expect(try browser.evaluate("document.querySelector('.tip') === null") as? Bool == true)
            #expect(try browser.evaluate(Self.inventory) as? String == with, "\(page.name)")
            try browser.send("Emulation.setScriptExecutionDisabled", ["value": false])
            #expect(try #require(with).contains(" true") || page.name.contains("zero"), "\(page.name) draws nothing")
            #expect(try !#require(with).contains(" false"), "\(page.name): a chart has no width")
        }
    }

    @Test("lets the keyboard reach every chart, and its arrows move the crosshair there")
    func keyboard() async throws {
        let browser = try Chromium()
        for page in try await ReportPages.kinds() {
            try open(page.text, in: browser)
            let charts = try #require(
                try browser.evaluate("[...document.querySelectorAll('svg.plot')].map((e) => e.id)") as? [String])
            var reached: Set<String> = []
            var rings = 0
            let stops = try #require(
                try browser.evaluate("document.querySelectorAll('a, summary, [tabindex]').length") as? Int)
            for _ in 0...stops {
                try browser.press("Tab", code: 9)
                let focus =
                    try browser.evaluate(
                        "document.activeElement.id + '|' + getComputedStyle(document.activeElement).outlineStyle")
                    as? String
                let parts = (focus ?? "").split(separator: "|", omittingEmptySubsequences: false).map(String.init)
                guard parts.count == 2, charts.contains(parts[0]), reached.insert(parts[0]).inserted else { continue }
                if parts[1] != "none" { rings += 1 }
            }
            #expect(reached == Set(charts), "\(page.name): not reached \(Set(charts).subtracting(reached))")
            #expect(rings == charts.count, "\(page.name): a chart has the focus and does not show it")
            try expectCrosshair(on: charts, in: browser, page.name)
        }
    }

    private func expectCrosshair(on charts: [String], in browser: Chromium, _ name: String) throws {
        for chart in charts {
            try browser.evaluate("document.getElementById('\(chart)').focus()")
            try browser.press("ArrowRight", code: 39)
            let first = try said(by: chart, in: browser)
            try browser.press("End", code: 35)
            let last = try said(by: chart, in: browser)
            #expect(!first.isEmpty && first.contains(", "), "\(name) \(chart): \(first)")
            let isLong =
                try browser.evaluate(
                    "(document.querySelector('#\(chart)').dataset.names || '||').includes('|')") as? Bool
            #expect(first != last || isLong == false, "\(name) \(chart): \(first)")
            try browser.press("Escape", code: 27)
            #expect(try browser.evaluate("document.querySelectorAll('.tip:not([hidden])').length") as? Int == 0)
        }
    }

    /// What the crosshair shows at a chart, if it says the same to those who listen.
    private func said(by chart: String, in browser: Chromium) throws -> String {
        let text = try browser.evaluate(
            """
            (() => {
              const tip = document.getElementById("\(chart)").parentElement.querySelector(".tip:not([hidden])");
              const crossed = document.querySelectorAll("#\(chart) .cross").length === 1;
              const seen = tip ? [...tip.children].map((e) => e.textContent).join(", ") : "";
              return crossed && seen === document.querySelector("[role=status]").textContent ? seen : "";
            })()
            """)
        return text as? String ?? ""
    }

    @Test("moves through a heat map cell by cell, in both directions")
    func heatMap() throws {
        let browser = try Chromium()
        try open(HTMLReport.render(Fixture.healthyWeek), in: browser)
        try browser.evaluate("document.getElementById('v1-uplinks').focus()")
        for key in [("ArrowRight", 39), ("ArrowDown", 40), ("ArrowRight", 39)] { try browser.press(key.0, code: key.1) }
        #expect(try said(by: "v1-uplinks", in: browser).hasPrefix("0 d 01:45 to 0 d 03:30, ridge-2  0 %"))
        #expect(try browser.evaluate("document.querySelectorAll('#v1-uplinks .cell').length") as? Int == 1)
    }

    @Test("has no accessibility fault of level A or AA, light and dark", .enabled(if: Tool.hasAxe, "no axe-core"))
    func accessibility() async throws {
        let script = try String(contentsOf: try #require(Tool.axe), encoding: .utf8)
        let browser = try Chromium()
        for page in try await ReportPages.kinds() {
            for isDark in [false, true] {
                try browser.emulate(dark: isDark)
                try open(page.text, in: browser)
                try browser.evaluate("document.querySelectorAll('details').forEach((e) => { e.open = true; })")
                try browser.evaluate(script + ";0")
                let faults = try browser.evaluate(
                    """
                    axe.run(document, {
                      resultTypes: ["violations"],
                      runOnly: { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"] },
                    }).then((found) => found.violations.map((fault) =>
                      fault.id + ": " + fault.nodes.slice(0, 3).map((node) => node.html.slice(0, 160) + " " + node.failureSummary).join("; ")
                    ).join("\\n") + "|" + found.passes.length)
                    """)
                let parts = try #require(faults as? String).split(separator: "|", omittingEmptySubsequences: false)
                #expect(parts.first == "", "\(page.name), \(isDark ? "dark" : "light"): \(faults ?? "")")
            }
        }
    }

    @Test(
        "is complete on paper: every heading, everything folded, no chart cut off",
        .enabled(if: Tool.hasPDFText, "no pdftotext"))
    func paper() async throws {
        for page in try await ReportPages.kinds() {
            // Paper is as wide as it is, whatever width and medium a page was shown in before.
            let browser = try Chromium()
            try open(page.text, in: browser)
            let headings = try #require(
                try browser.evaluate(
                    "[...document.querySelectorAll('h1, h2, h3, .fold > summary, .fold th')].map((e) => e.textContent)")
                    as? [String])
            let file = folder.url.appendingPathComponent("page.pdf")
            try browser.print().write(to: file)
            let text = try Tool.run("pdftotext", ["-raw", file.path, "-"]).output
            let letters = Self.letters(text)
            let lost = headings.filter { !letters.contains(Self.letters($0)) && !$0.contains("\u{FFFD}") }
            #expect(lost.isEmpty, "\(page.name): not on paper: \(lost.prefix(5))")
            // As wide as the paper between its margins.
            try browser.emulate(dark: false, media: "print")
            try open(page.text, in: browser, width: 680)
            let cut = try browser.evaluate(
                "[...document.querySelectorAll('svg.plot')].filter((e) => e.getBoundingClientRect().right > innerWidth).length"
            )
            #expect(cut as? Int == 0, "\(page.name)")
        }
    }

    /// A text without its spaces and line breaks, which paper puts elsewhere.
    private static func letters(_ text: String) -> String { text.filter { !$0.isWhitespace } }

    @Test("is dark where the reader wants it dark")
    func darkMode() throws {
        let browser = try Chromium()
        func colours(_ isDark: Bool) throws -> String {
            try browser.emulate(dark: isDark)
            try open(HTMLReport.render(Fixture.failing), in: browser)
            return try browser.evaluate(
                """
                getComputedStyle(document.body).backgroundColor + " " + getComputedStyle(document.body).color + " "
                  + getComputedStyle(document.querySelector("image")).filter
                """) as? String ?? ""
        }
        #expect(try colours(false) == "rgb(252, 252, 250) rgb(27, 31, 36) none")
        #expect(try colours(true) == "rgb(20, 23, 26) rgb(230, 232, 233) invert(1) hue-rotate(180deg)")
    }
}

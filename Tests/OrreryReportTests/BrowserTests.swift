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

    private func chromium(_ arguments: [String]) throws -> String {
        let always = [
            "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--allow-file-access-from-files",
            "--enable-logging=stderr", "--user-data-dir=\(folder.url.path)/profile",
        ]
        return try Tool.run(try #require(Tool.browser, "chromium is missing"), always + arguments).output
    }

    /// A page that shows the report as wide as a phone, uses it, and writes down what it saw.
    private static let probe = """
        <!DOCTYPE html><title>probe</title>
        <iframe id="report" src="report.html" style="width:420px;height:900px;border:0"></iframe>
        <script>
        document.getElementById("report").addEventListener("load", (event) => {
          const view = event.target.contentWindow, page = view.document;
          const plot = page.querySelector("svg.plot");
          if (plot) plot.dispatchEvent(new view.KeyboardEvent("keydown", { key: "End" }));
          const tip = page.querySelector(".tip:not([hidden])");
          const seen = {
            wide: page.documentElement.scrollWidth - page.documentElement.clientWidth,
            requests: view.performance.getEntriesByType("resource").length,
            strangers: page.querySelectorAll("img, iframe, object, embed, svg[onload]").length,
            scripts: page.scripts.length,
            background: view.getComputedStyle(page.body).backgroundColor,
            tip: tip ? tip.textContent : "",
          };
          const out = document.createElement("pre");
          out.id = "seen";
          out.textContent = Object.entries(seen).map(([key, value]) => key + "=" + String(value).replace(/[^!-~]+/g, " ")).join("\\n");
          document.body.append(out);
        });
        </script>
        """

    private func look(at result: any Reportable) throws -> (seen: [String: String], log: String) {
        _ = try folder.write(result.page, as: "report.html")
        let probe = try folder.write(Self.probe, as: "probe.html")
        let output = try chromium(["--virtual-time-budget=4000", "--dump-dom", "file://\(probe)"])
        let line = try #require(output.firstMatch(of: /<pre id="seen">([\s\S]*?)<\/pre>/), "\(output.suffix(2000))").1
        let pairs = line.split(separator: "\n").map {
            $0.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        }
        try #require(pairs.allSatisfy { $0.count == 2 }, "\(line)")
        return (Dictionary(uniqueKeysWithValues: pairs.map { (String($0[0]), String($0[1])) }), output)
    }

    @Test(
        "fits a phone, asks for nothing, and runs nothing of a stranger",
        arguments: ["healthy", "three", "hostile", "zero", "interrupted"])
    func behaves(_ name: String) throws {
        try expectToBehave(try #require(Fixture.all.first { $0.name == name }).result)
    }

    @Test("the pages of sweeps and capacity searches do the same")
    func sweepsBehave() async throws {
        for (_, result) in try await SweepFixture.all() { try expectToBehave(result) }
    }

    private func expectToBehave(_ result: any Reportable) throws {
        let (seen, log) = try look(at: result)
        #expect(seen["wide"] == "0", "the page scrolls sideways by \(seen["wide"] ?? "?") pixels")
        #expect(seen["requests"] == "0")
        #expect(seen["strangers"] == "0")
        #expect(seen["scripts"] == "1")
        #expect(seen["background"] == "rgb(252, 252, 250)", "the policy refused the style sheet")
        #expect(!log.contains(":CONSOLE"), "\(log.suffix(2000))")
    }

    @Test("tells the figures at the crosshair, moved by keys")
    func crosshair() throws {
        let (seen, _) = try look(at: Fixture.healthyWeek)
        let tip = try #require(seen["tip"])
        #expect(tip.contains("6 d 23:39 to 7 d 00:00") && tip.contains("arrivals"), "\(tip)")
    }

    @Test("is dark where the reader wants it dark")
    func darkMode() throws {
        let report = try folder.write(HTMLReport.render(Fixture.failing), as: "report.html")
        func picture(_ scheme: Int) throws -> Data {
            let file = folder.url.appendingPathComponent("\(scheme).png")
            let settings = ["--window-size=900,900", "--blink-settings=preferredColorScheme=\(scheme)"]
            _ = try chromium(settings + ["--screenshot=\(file.path)", "file://\(report)"])
            return try Data(contentsOf: file)
        }
        let (dark, light) = (try picture(0), try picture(1))
        #expect(dark != light)
        #expect(dark.count > 10_000 && light.count > 10_000)
    }
}

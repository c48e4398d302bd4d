import Foundation
import OrreryKernel
import Testing

@testable import OrreryExperiment
@testable import OrreryReport

#if canImport(FoundationXML)
    import FoundationXML
#endif

@Suite("The HTML report")
struct HTMLReportTests {
    private static func page(_ name: String) throws -> String {
        HTMLReport.render(try #require(Fixture.all.first { $0.name == name }).result)
    }

    /// The page without its style sheet and script.
    static func body(_ page: String) -> String {
        page.replacing(/<style>[\s\S]*?<\/style>/, with: "").replacing(/<script>[\s\S]*?<\/script>/, with: "")
    }

    @Test("is written for every result, and the same bytes twice", arguments: Fixture.all.map(\.name))
    func isDeterministic(_ name: String) throws {
        let page = try Self.page(name)
        #expect(try page == Self.page(name))
        if let folder = ProcessInfo.processInfo.environment["ORRERY_REPORT_FOLDER"] {
            try page.write(toFile: "\(folder)/\(name).html", atomically: true, encoding: .utf8)
        }
    }

    @Test("is well formed down to the last tag", arguments: Fixture.all.map(\.name))
    func isWellFormed(_ name: String) throws {
        let parser = XMLParser(data: Data(Self.body(try Self.page(name)).utf8))
        #expect(parser.parse(), "\(parser.parserError.map { "\($0)" } ?? "") in line \(parser.lineNumber)")
    }

    @Test("needs no network: it names no address at all", arguments: Fixture.all.map(\.name))
    func namesNoAddress(_ name: String) throws {
        let page = try Self.page(name)
        #expect(!page.contains("http:") && !page.contains("https:") && !page.contains("@import"))
        #expect(!Self.body(page).contains(" style="), "the policy would block an inline style")
    }

    @Test("shows hostile names as text")
    func escapes() throws {
        let page = try Self.page("hostile")
        #expect(page.count(of: "<script>") == 1 && page.count(of: "</script>") == 1 && page.count(of: "</style>") == 1)
        #expect(!page.contains("<img") && !page.contains("<svg onload"))
        #expect(!page.contains("\u{202E}") && !page.contains("\u{0}"))
        #expect(page.contains("<h1>&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;</h1>"))
    }

    @Test("admits its own style sheet and script by their hashes")
    func policy() throws {
        #expect(SecureHash.policySource("abc") == "sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=")
        let page = try Self.page("healthy")
        for tag in ["style", "script"] {
            let text = try #require(
                page.components(separatedBy: "<\(tag)>").last?.components(separatedBy: "</\(tag)>").first)
            #expect(page.contains("\(tag)-src &#39;\(SecureHash.policySource(text))&#39;"))
        }
        #expect(!page.contains("unsafe-inline"))
    }

    @Test(
        "stays small enough to be sent by mail",
        arguments: [("healthy", 150_000), ("failing", 150_000), ("three", 330_000), ("zero", 60_000)])
    func sizes(_ name: String, _ limit: Int) throws {
        #expect(try Self.page(name).utf8.count < limit)
        #expect(PackageResources.report_js.count < 10_240)
    }

    @Test("shows that the stages sum to the mean latency, and says so when they do not")
    func stageSums() throws {
        #expect(
            try Self.page("healthy").contains(
                "✓ The stages sum to 13.1 s; the mean latency, measured by itself, is 13.1 s."))
        var result = Fixture.healthyWeek
        result.variants[0].latency.mean = 10
        #expect(HTMLReport.render(result).contains("✗ The stages sum to 13.1 s"))
    }

    @Test("calls what was not measured not measured, never zero or NaN", arguments: ["zero", "interrupted"])
    func absence(_ name: String) throws {
        let body = Self.body(try Self.page(name))
        #expect(body.contains("Not measured: nothing was delivered after the warm-up."))
        #expect(!body.contains("nan") && !body.contains("NaN") && !body.contains("infinity"))
        #expect(!body.contains(">0 s<"))
    }

    @Test("says under the verdict what was noticed, and how every variant ended")
    func noticed() throws {
        let single = try Self.page("failing")
        let finding = try #require(Fixture.failing.variants[0].findings.first)
        #expect(single.components(separatedBy: Markup.escaped(finding)).count == 2, "said once")
        let three = try Self.page("three")
        let verdict = try #require(three.components(separatedBy: "<section id=\"thresholds\"").first)
        for variant in Fixture.threeVariants.variants { #expect(verdict.contains("<dt>\(variant.name)<span")) }
    }

    @Test("draws the charts of all variants on the same scales")
    func sharedScales() throws {
        var result = Fixture.threeVariants
        result.variants[0].series.brokerDepthHighest[0] = 900
        result.variants[1].series.inFlight[0] = 77_000
        result.variants[2].series.latencyP99[0] = 90_000
        let page = HTMLReport.render(result)
        for chart in ["flow", "queue", "underway", "busy", "latency"] {
            let scales = try (1...3).map { number in
                let drawing = try #require(page.components(separatedBy: "id=\"v\(number)-\(chart)\"").dropFirst().first)
                let end = try #require(drawing.components(separatedBy: "<svg class=\"lines\"").first)
                return end.matches(of: /class="tick level"[^>]*>([^<]*)</).map { String($0.1) }
            }
            #expect(Set(scales).count == 1 && !scales[0].isEmpty, "\(chart): \(scales)")
        }
    }

    @Test("leaves out a line that would lie on the axis, and says so")
    func nearZero() {
        var result = Fixture.healthyWeek
        result.variants[0].series.diskBacklog = result.variants[0].series.diskBacklog.map { _ in 0.004 }
        let page = HTMLReport.render(result)
        #expect(page.contains("Hardly any waited on a disk: at most 0.004 at all sites together"))
        #expect(!page.contains("data-label=\"on disks\""))
    }

    @Test("calls a queue that nothing ever stayed in empty, and a percentile without enough items uncertain")
    func emptyQueue() {
        var variant = Fixture.healthyWeek.variants[0]
        let depth = variant.metrics.firstIndex { $0.key == "broker.depth-highest" } ?? 0
        variant.metrics[depth].bySeed = variant.metrics[depth].bySeed.map { _ in 0 }
        variant.latency.quantiles.removeAll { $0.share > 0.98 }
        let key = KeyFigures(variant: variant)
        #expect(key.queueHighest.text == "0")
        #expect(key.latencies[3].detail == "fewer than ten items took longer")
    }

    @Test("compares every variant after the first with it, in signs and words")
    func differences() throws {
        let page = try Self.page("three")
        #expect(page.count(of: "<h3>Differences to eight-workers, paired by seed</h3>") == 2)
        let row = """
            <tr><th scope="row">mean latency</th>\
            <td class="number" data-name="Difference"><span title="0.012 s">+12 ± 200 ms</span></td>\
            <td data-name="What it shows">= no difference shown</td>\
            <td class="number" data-name="Pairs of seeds">29</td></tr>
            """
        #expect(
            page.count(of: row) == 2, "\(page.firstMatch(of: /<tr><th scope="row">mean latency.*?<\/tr>/)?.0 ?? "")")
        #expect(page.contains("−1,205 ± 87 items</span></td><td data-name=\"What it shows\">↓ lower</td>"))
        #expect(page.contains("+1,190 ± 90 items</span></td><td data-name=\"What it shows\">↑ higher</td>"))
        #expect(try !Self.page("healthy").contains("Differences to"))
        var result = Fixture.threeVariants
        (result.variants[1].differences, result.variants[1].replications) = ([], [])
        #expect(HTMLReport.render(result).contains("Nothing can be compared: no seed finished in both."))
    }

    @Test("draws nothing where nothing was produced")
    func nothingToDraw() throws {
        let page = try Self.page("zero")
        #expect(page.contains("Nothing was produced, so there is nothing to draw."))
        #expect(!page.contains("<svg class=\"plot\""))
    }

    @Test("says how much of an interrupted experiment it shows")
    func interruption() throws {
        #expect(try Self.page("interrupted").contains("The experiment was interrupted: 0 of 1 runs finished"))
    }

    @Test("lists at most fifty seeds and says how many more there are")
    func manySeeds() {
        let page = HTMLReport.render(Fixture(seeds: 64).result)
        #expect(page.contains("… and 14 more in the JSON result."))
    }

    @Test("survives figures that are not numbers, which a report must outlive to show the fault")
    func notANumber() {
        var result = Fixture(bins: 4).result
        result.variants[0].series.brokerDepth = [.nan, .infinity, -.infinity, 1]
        result.variants[0].series.latencyP99 = [.nan]
        result.variants[0].metrics[0].mean = .nan
        result.variants[0].latency.mean = .infinity
        result.durationSeconds = 0
        result.variants[0].durationSeconds = 0
        #expect(!Self.body(HTMLReport.render(result)).contains("nan"))
    }

    @Test("draws how many workers an autoscaler wanted and had, well formed, and nothing where there was none")
    func replicas() {
        var result = Fixture(bins: 4).result
        #expect(!HTMLReport.render(result).contains("Workers under the autoscaler"))
        result.variants[0].series.replicasWanted = [2, 4, 4, 3]
        result.variants[0].series.replicasReady = [2, 2, 4, 3]
        result.variants[0].series.replicasBusy = [1.5, 2, 3.25, 1]
        let body = Self.body(HTMLReport.render(result))
        #expect(body.contains("Workers under the autoscaler") && body.contains("3.25"))
        #expect(XMLParser(data: Data(body.utf8)).parse())
    }

    @Test("draws how many workers waited for locks, well formed, and nothing where there were none")
    func locks() {
        var result = Fixture(bins: 4).result
        #expect(!HTMLReport.render(result).contains("Workers that wait for a lock"))
        result.variants[0].series.locks = LockSeriesResult(
            waiting: [1, 2.75, 3, 2], acquired: [5, 5, 5, 5], abandoned: [0, 1, 0, 0], sessionsExpired: [0, 0, 0, 3])
        let body = Self.body(HTMLReport.render(result))
        #expect(body.contains("Workers that wait for a lock") && body.contains("2.75"))
        #expect(body.contains("got 20 locks a run and gave 1 up") && body.contains("3 sessions expired"))
        #expect(XMLParser(data: Data(body.utf8)).parse())
    }

    @Test("draws how many telescopes were open, idle and offline, well formed, and nothing without a scheduler")
    func telescopes() {
        var result = Fixture(bins: 4).result
        #expect(!HTMLReport.render(result).contains("what they have to do"))
        result.variants[0].series.scheduler = SchedulerSeriesResult(
            open: [20, 20, 18, 0], idle: [0, 3.25, 2, 0], offline: [0, 0, 1, 1], pending: [0, 0, 0, 0],
            completed: [90, 80, 70, 0], wasted: [1, 2, 4, 0])
        let body = Self.body(HTMLReport.render(result))
        #expect(body.contains("what they have to do") && body.contains("3.25"))
        #expect(body.contains("240 completed observations and 7 that came to nothing"))
        #expect(XMLParser(data: Data(body.utf8)).parse())
    }

    @Test("tells what happened as a chain: a lane, a shape and a word for each symptom, and what it follows from")
    func timeline() throws {
        let page = try Self.page("failing")
        #expect(page.count(of: "<g class=\"lane\">") == 4 && page.count(of: "class=\"tip-of-link\"") == 2)
        for word in ["trigger", "first cause", "effect", "outcome"] { #expect(page.contains(">\(word)</span>")) }
        #expect(page.contains("61 % of all copies sent were repetitions."))
        #expect(page.contains("Follows from <a href=\"#v1-timeline-2\">2 EventQueueOverflow</a>."))
        #expect(
            page.contains("<td class=\"number\" data-name=\"95 % interval of the probability\">88.4 % … 100 %</td>"))
        #expect(page.contains("system.workers.count 12 → 15") && page.contains("The busiest part is the worker pool"))
        let healthy = try Self.page("healthy")
        #expect(
            healthy.contains("No symptom of trouble was found in the 30 runs.") && !healthy.contains("class=\"lane\""))
    }

    @Test("survives a chain that follows from nowhere, from itself, or in a circle")
    func oddChains() {
        var result = Fixture.failing
        for (index, follows) in [(0, 1), (1, 0), (2, 2), (3, 99)] {
            result.variants[0].diagnosis.example?.symptoms[index].follows = follows
        }
        #expect(XMLParser(data: Data(Self.body(HTMLReport.render(result)).utf8)).parse())
    }

    @Test("draws the limit of a threshold where a chart shows what it judges, and tints the time of a fault")
    func limits() throws {
        var result = Fixture.failing
        result.variants[0].thresholds[0].metric = "delivery.latency"
        let page = HTMLReport.render(result)
        let latency = try #require(page.components(separatedBy: "id=\"v1-latency\"").dropFirst().first)
        let drawing = try #require(latency.components(separatedBy: "</figure>").first)
        #expect(drawing.contains("limit: p(99) &lt; 40s") && drawing.contains("class=\"band fault\""))
        #expect(page.contains("In the reddish time a fault of the scenario goes on"))
    }

    @Test("has headings in order, none skipped", arguments: Fixture.all.map(\.name))
    func headings(_ name: String) throws {
        let levels = Self.body(try Self.page(name)).matches(of: /<h([1-6])/).compactMap { Int($0.1) }
        #expect(levels.first == 1 && levels.count { $0 == 1 } == 1)
        #expect(zip(levels, levels.dropFirst()).allSatisfy { $1 <= $0 + 1 })
    }

    @Test("gives every element a name of its own", arguments: ["three", "hostile"])
    func identifiers(_ name: String) throws {
        let names = Self.body(try Self.page(name)).matches(of: /\sid="([^"]*)"/).map(\.1)
        #expect(Set(names).count == names.count)
    }
}

extension String {
    fileprivate func count(of part: String) -> Int { components(separatedBy: part).count - 1 }
}

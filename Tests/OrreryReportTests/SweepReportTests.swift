import Foundation
import OrreryExperiment
import OrreryScenario
import Testing

@testable import OrreryReport

#if canImport(FoundationXML)
    import FoundationXML
#endif

/// Real results of small sweeps and searches, as reports get them.
enum SweepFixture {
    static let station = """
        version: 1
        name: station <b>&
        summary: "a queue & its workers"
        time: { duration: 200s, warm-up: 20s }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 500ms } }
        system:
          broker: { capacity: 50 }
          workers: { count: 1, service: { kind: exponential, mean: 800ms } }
        variants: { before: {}, slow: { system: { workers: { service: 900ms } } } }
        thresholds:
          delivery.latency: [ "mean < 3s" ]

        """

    static func sweep(
        _ options: [String], _ settings: [String] = [], variants: [String] = ["before"], seeds: Range<UInt64> = 1..<4
    ) async throws -> SweepResult {
        let sweep = try Sweep.decode(
            station, file: "s.yaml", overrides: settings.compactMap { Override($0) },
            options: options.compactMap { Override($0) }, variants: variants)
        return try await SweepExperiment(
            sweep: sweep, seeds: Array(seeds), command: "orrery sweep s.yaml"
        ).run(with: Replicator(jobs: 2))
    }

    private static let made = Task { try await make() }

    /// All of them by name; made once.
    static func all() async throws -> [(name: String, result: any Reportable)] { try await made.value }

    private static func make() async throws -> [(name: String, result: any Reportable)] {
        let capacity = try CapacityExperiment(
            sweep: Sweep.decode(
                station, file: "s.yaml", options: ["system.workers.count=1..6"].compactMap { Override($0) },
                variants: ["before"]
            ), find: .smallest, confidence: 0.9, seedsMax: 20, seedBase: 1,
            command: "orrery capacity s.yaml --vary system.workers.count=1..6")
        return [
            ("curve", try await sweep(["system.workers.count=1..9"])),
            ("variants", try await sweep(["system.workers.count=1..5"], variants: ["before", "slow"])),
            ("grid", try await sweep(["system.workers.count=1..2", "system.broker.capacity=1..100 times 10"])),
            ("words", try await sweep(["system.workers.assignment=[most-recent, longest-idle]"])),
            ("one", try await sweep(["system.workers.count=2"], seeds: 1..<2)),
            ("capacity", try await capacity.run(with: Replicator(jobs: 2))),
            ("stopped", try await capacity.run(with: Replicator(jobs: 1, shouldStop: { true }))),
        ]
    }
}

@Suite("The reports of sweeps and capacity searches")
struct SweepReportTests {
    @Test("every form is the same text for the same result, and no line of the terminal's is too wide")
    func forms() async throws {
        for (name, result) in try await SweepFixture.all() {
            for format in ReportFormat.all {
                let text = try format.render(result)
                #expect(try format.render(result) == text && !text.contains("nan"), "\(name) \(format.name)")
            }
            let text = result.text(isColoured: false)
            #expect(text.split(separator: "\n").allSatisfy { $0.count <= TextReport.width }, "\(name): \(text)")
            #expect(!text.contains("\u{1B}") && text.hasSuffix("\n"))
        }
    }

    @Test("pages are well-formed, hold no markup of the scenario's, and fit the limit")
    func pages() async throws {
        for (name, result) in try await SweepFixture.all() {
            let page = result.page
            let parser = XMLParser(data: Data(HTMLReportTests.body(page).utf8))
            #expect(parser.parse(), "\(name): \(parser.parserError.map { "\($0)" } ?? "") in line \(parser.lineNumber)")
            #expect(!page.contains("<b>&") && page.utf8.count < 300_000, "\(name)")
        }
    }

    @Test("the scaling charts show every figure with its interval, and the law beside it")
    func charts() async throws {
        let page = try await SweepFixture.sweep(
            ["system.workers.count=1..9"], ["arrivals.jobs.interarrival.mean=90ms"]
        ).page
        for id in ["throughput", "latency", "collapse"] { #expect(page.contains("id=\"\(id)\"") || id == "collapse") }
        #expect(page.contains("scaling law") && page.contains("class=\"fill look1\""))
        #expect(page.components(separatedBy: "class=\"mark look1\"").count > 9)
    }

    @Test("the table of values holds one line for each figure of each point")
    func values() async throws {
        let result = try await SweepFixture.sweep(["system.workers.count=1..2", "system.broker.capacity=[5, 9]"])
        let lines = result.table.split(separator: "\r\n")
        #expect(
            lines.first == "variant,system.workers.count,system.broker.capacity,metric,figure,unit,value")
        let throughput = lines.filter { $0.contains(",delivery.throughput,mean,items/s,") }
        #expect(throughput.count == 4 && throughput[1].hasPrefix("before,1,9,"))
        #expect(lines.contains { $0.hasPrefix("before,2,5,delivery.latency,p95,s,") })
    }

    @Test(
        "the schemas accept what is written and refuse a stray field",
        .enabled(if: Tool.hasPythonSchema, "no python3 jsonschema"))
    func schemas() async throws {
        let folder = try TemporaryFolder()
        let check = """
            import json, sys, jsonschema
            schema = json.load(open(sys.argv[1]))
            jsonschema.Draft7Validator.check_schema(schema)
            jsonschema.Draft7Validator(schema).validate(json.load(open(sys.argv[2])))
            """
        for (name, result) in try await SweepFixture.all() {
            let schema = try folder.write(
                result is SweepResult ? SweepSchema.text : CapacitySchema.text, as: "schema.json")
            let text = try #require(try ReportFormat.named("json")?.render(result))
            let file = try folder.write(text, as: "\(name).json")
            let run = try Tool.run("python3", ["-c", check, schema, file])
            #expect(run.status == 0, "\(name): \(run.output.suffix(2000))")
            let stray = try folder.write(
                text.replacing("\"scenario\" :", with: "\"stray\" : 1, \"scenario\" :"), as: "stray.json")
            #expect(try Tool.run("python3", ["-c", check, schema, stray]).status != 0)
        }
    }
}

@Suite("The axis of a swept parameter")
struct ParameterAxisTests {
    @Test("values lie where they are, or by their ratios if they span decades")
    func positions() {
        let linear = ParameterAxis(values: [10, 5, 20], unit: "")
        #expect([5, 10, 20].map(linear.position) == [0, 1.0 / 3, 1])
        #expect(linear.ticks.map(\.label) == ["5", "10", "20"])
        let logarithmic = ParameterAxis(values: [1, 10, 100, 1000], unit: "ms")
        #expect(abs(logarithmic.position(10) - 1.0 / 3) < 1e-12 && logarithmic.ticks.last?.label == "1,000 ms")
    }

    @Test("many values have a few round ticks, a single one stands in the middle")
    func ticks() {
        let many = ParameterAxis(values: (5...60).map(Double.init), unit: "")
        #expect(many.ticks.map(\.label) == ["10", "20", "30", "40", "50", "60"])
        #expect(many.ticks.allSatisfy { (0...1).contains($0.position) })
        let one = ParameterAxis(values: [7], unit: "")
        #expect(one.position(7) == 0.5 && one.ticks.count == 1)
    }
}

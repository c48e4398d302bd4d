import Foundation
import OrreryExperiment
import Testing

@testable import OrreryReport

@Suite("The OpenMetrics report")
struct OpenMetricsTests {
    @Test(
        "every result is read by a strict reader, and series end where the run does", arguments: Fixture.all.map(\.name)
    )
    func strict(_ name: String) throws {
        let result = try #require(Fixture.all.first { $0.name == name }).result
        let lines = try SampleLines(result.openMetrics)
        let times = lines.samples.compactMap(\.time)
        #expect(times.count == lines.samples.count)
        // 2026-03-20 at midnight.
        let start = 1_773_964_800.0
        #expect(times.allSatisfy { $0 >= start && $0 <= start + result.durationSeconds })
    }

    @Test("counters are sums over time, levels are levels, shares are ratios, and labels are escaped")
    func values() throws {
        let result = Fixture.healthyWeek
        let lines = try SampleLines(result.openMetrics)
        let series = result.variants[0].series
        let produced = lines["orrery_produced_items_total"]
        #expect(produced.count == series.produced.count && lines.types["orrery_produced_items"] == "counter")
        #expect(abs((produced.last?.value ?? 0) - series.produced.reduce(0, +)) < 1e-6)
        #expect(zip(produced, produced.dropFirst()).allSatisfy { $0.value <= $1.value })
        #expect(lines["orrery_broker_depth_items"].map(\.value) == series.brokerDepth)
        #expect(lines["orrery_worker_utilisation_ratio"].map(\.value) == series.workerUtilisation ?? [])
        #expect(produced[0].time == 1_773_964_800 + series.binSeconds)
        let quantile = result.variants[0].latency.quantiles.first { $0.share == 0.99 }?.seconds
        let p99 = lines["orrery_run_delivery_latency_quantile_seconds"].first {
            $0.labels.contains("quantile=\"0.99\"")
        }
        #expect(p99?.value == quantile && quantile != nil)
        let hostile = Fixture.hostileNames.openMetrics
        #expect(hostile.contains("variant=\"\\\"><svg onload=alert(2)>\"") && hostile.contains("'a, b' \\\"c\\\""))
    }

    @Test("points of a sweep are told apart by labels of their own")
    func points() async throws {
        let result = try await SweepFixture.sweep(["system.workers.count=1..2", "system.broker.capacity=[5, 9]"])
        let lines = try SampleLines(result.openMetrics)
        let throughput = lines["orrery_run_delivery_throughput_items_per_second"]
        #expect(throughput.count == 4 && Set(throughput.map(\.labels)).count == 4)
        #expect(throughput[1].labels.hasSuffix("system_workers_count=\"1\",system_broker_capacity=\"9\""))
        #expect(throughput.allSatisfy { $0.time != nil })
        let names = ParameterLabels(["variant", "a.b", "a-b"]).labels(of: ["1", "2", "3"])
        #expect(names.map(\.name) == ["variant_1", "a_b", "a_b_3"])
        for (_, result) in try await SweepFixture.all() { _ = try SampleLines(result.openMetrics) }
    }

    @Test("promtool makes blocks of every report", .enabled(if: Tool.hasPrometheus, "no prometheus"))
    func promtool() async throws {
        let folder = try TemporaryFolder()
        let results = Fixture.all.map { ($0.name, $0.result as any Reportable) } + (try await SweepFixture.all())
        for (name, result) in results + (try await OddResults.all()) {
            let text = result.openMetrics
            // It stops at a file without any sample, which is true of what never began.
            guard text != "# EOF\n" else { continue }
            let file = try folder.write(text, as: "\(name).om")
            let run = try Tool.run(
                "promtool", ["tsdb", "create-blocks-from", "openmetrics", file, folder.url.path + "/\(name)"])
            #expect(run.status == 0, "\(name): \(run.output.suffix(1000))")
        }
    }

    @Test(
        "Prometheus gives back the same values at the same instants", .enabled(if: Tool.hasPrometheus, "no prometheus"))
    func prometheus() throws {
        let folder = try TemporaryFolder()
        let result = Fixture.threeVariants
        let file = try folder.write(result.openMetrics, as: "run.om")
        let answer = try Tool.run("python3", ["-c", OpenMetricsTests.server, folder.url.path, file])
        try #require(answer.status == 0, "\(answer.output.suffix(2000))")
        let found = try #require(
            try JSONSerialization.jsonObject(with: Data(answer.output.utf8)) as? [String: [String: String]])
        let lines = try SampleLines(result.openMetrics)
        for name in ["orrery_in_flight_items", "orrery_delivered_items_total", "orrery_run_items_lost_items"] {
            for variant in result.variants {
                let written = lines[name].filter { $0.labels.contains("variant=\"\(variant.name)\"") }
                let read = try #require(found["\(name) \(variant.name)"])
                #expect(read.count == written.count && !written.isEmpty, "\(name)")
                for sample in written {
                    let value = read[String(Int(sample.time ?? 0))].flatMap { Double($0) }
                    #expect(value == sample.value, "\(name) at \(sample.time ?? 0)")
                }
            }
        }
    }

    /// Fills a database, starts a server of its own on a free port, asks it for everything, and stops it.
    private static let server = """
        import json, os, socket, subprocess, sys, time, urllib.parse, urllib.request
        folder, source = sys.argv[1:]
        subprocess.run(["promtool", "tsdb", "create-blocks-from", "openmetrics", source, folder + "/data"], check=True,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        open(folder + "/prometheus.yml", "w").close()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        place = f"http://127.0.0.1:{port}"
        with open(folder + "/log", "w") as log:
            server = subprocess.Popen(["prometheus", "--config.file=" + folder + "/prometheus.yml",
                "--storage.tsdb.path=" + folder + "/data", "--storage.tsdb.retention.time=100y",
                f"--web.listen-address=127.0.0.1:{port}"], stdout=log, stderr=log)
        def get(path):
            with urllib.request.urlopen(place + path, timeout=30) as answer: return answer.read()
        try:
            for _ in range(300):
                try:
                    get("/-/ready")
                    break
                except OSError:
                    assert server.poll() is None, open(folder + "/log").read()
                    time.sleep(0.2)
            found = {}
            for name in ["orrery_in_flight_items", "orrery_delivered_items_total", "orrery_run_items_lost_items"]:
                # The raw samples, as they were stored: of a range that holds the whole week.
                query = urllib.parse.urlencode({"query": name + "[8d]", "time": 1773964800 + 7 * 86400})
                for series in json.loads(get("/api/v1/query?" + query))["data"]["result"]:
                    key = name + " " + series["metric"]["variant"]
                    found[key] = {str(int(at)): value for at, value in series["values"]}
            print(json.dumps(found))
        finally:
            server.terminate()
            server.wait(timeout=30)
        """
}

import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("Canonical text: what a variant runs, with every default, decodes to the same plan")
struct CanonicalTextTests {
    @Test(
        "decoding the canonical text gives the same text and the same plan",
        arguments: [SampleText.text, SampleText.smallest])
    func roundTrip(_ text: String) throws {
        for variant in try SampleText.scenario(text).variants {
            let again = try SampleText.scenario(variant.text)
            #expect(again.variants.count == 1)
            #expect(again.variants[0].text == variant.text)
            #expect(again.variants[0].thresholds == variant.thresholds)
            #expect(
                String(reflecting: again.variants[0].plan.withoutKinds) == String(reflecting: variant.plan.withoutKinds)
            )
        }
    }

    @Test("the smallest file comes back with every default filled in")
    func smallest() throws {
        #expect(
            try SampleText.scenario(SampleText.smallest).variants[0].text == """
                version: 1
                name: station
                summary: ""
                time:
                  start: 2026-03-20
                  duration: 1h
                  warm-up: 0s
                seeds:
                  count: 1
                  base: 1
                sites: {}
                fleet: {}
                arrivals:
                  jobs:
                    interarrival: 1s
                    size: 1kB
                    poison: 0%
                    per: network
                    retry:
                      policy:
                        kind: none
                system:
                  broker:
                    kind: bounded-queue
                  workers:
                    count: 1
                    service: 500ms
                    round-trip: 0s
                    assignment:
                      kind: longest-idle
                    autoscaler:
                      kind: none
                faults: {}
                thresholds: {}

                """)
    }

    @Test("names that YAML would take for something else are quoted", arguments: ["null", "1e3", "12", "-", "yes"])
    func quotedNames(_ name: String) throws {
        let text = SampleText.replacing("jobs:", "\"\(name)\":", in: SampleText.smallest)
        let variant = try SampleText.scenario(text).variants[0]
        #expect(variant.plan.arrivals[0].name == name)
        #expect(try SampleText.scenario(variant.text).variants[0].text == variant.text)
    }

    @Test(
        "every way to write a duration comes back exactly",
        arguments: [
            ("90s", 90_000_000_000), ("1.5m", 90_000_000_000), ("1.5 h", 5_400_000_000_000), ("0.1ms", 100_000),
            ("7ns", 7), ("2us", 2000),
            ("1e3s", 1_000_000_000_000), ("1w", 604_800_000_000_000), ("3649.9d", 315_351_360_000_000_000),
            ("0.123456789s", 123_456_789), ("315359999.999999999s", 315_359_999_999_999_999),
        ])
    func durations(_ text: String, _ nanoseconds: Int64) throws {
        let file = SampleText.replacing("duration: 1h", "duration: \(text)", in: SampleText.smallest)
        guard nanoseconds >= 1_000_000 else {
            #expect(SampleText.faults(file).count == 1)
            return
        }
        let variant = try SampleText.scenario(file).variants[0]
        #expect(variant.plan.duration.nanoseconds == nanoseconds)
        #expect(try SampleText.scenario(variant.text).variants[0].plan.duration == variant.plan.duration)
    }

    @Test(
        "every unit of data and of rates means what it says",
        arguments: [
            ("7B", 7), ("1kB", 1000), ("1.5MB", 1_500_000), ("2GB", 2_000_000_000), ("1TB", 1_000_000_000_000),
            ("1KiB", 1024),
            ("1MiB", 1 << 20), ("0.5GiB", 1 << 29), ("1TiB", 1 << 40), ("52.191360MB", 52_191_360),
        ])
    func sizes(_ text: String, _ bytes: Int64) throws {
        let file = SampleText.replacing("interarrival: 1s", "interarrival: 1s, size: \(text)", in: SampleText.smallest)
        let variant = try SampleText.scenario(file).variants[0]
        #expect(variant.plan.arrivals[0].size.bytes == bytes)
        #expect(try SampleText.scenario(variant.text).variants[0].plan.arrivals[0].size.bytes == bytes)
    }

    @Test(
        "bits and bytes per second are told apart",
        arguments: [
            ("9000bps", 9000), ("1kbps", 1000), ("18.4Mbps", 18_400_000), ("1Gbps", 1_000_000_000), ("200B/s", 1600),
            ("1kB/s", 8000),
            ("1MB/s", 8_000_000), ("2GB/s", 16_000_000_000),
        ])
    func rates(_ text: String, _ bits: Int64) throws {
        let plan = try SampleText.scenario(SampleText.replacing("400MB/s", text)).variants[0].plan
        #expect(plan.store?.writeRate.bitsPerSecond == bits)
    }

    @Test("what is no whole number of the smallest unit is refused", arguments: ["0.5B", "1.2345kB", "1e-3B"])
    func parts(_ text: String) {
        let faults = SampleText.faults(SampleText.replacing("size: 1kB", "size: \(text)"))
        #expect(faults == ["file.yaml:12:64: error: arrivals.jobs.size: \(text) is not a whole number of bytes"])
    }

    @Test(
        "sampled quantities are in seconds, whatever the unit",
        arguments: [("1500ms", 1.5), ("1.5s", 1.5), ("0.1us", 1e-7), ("2m", 120)])
    func sampled(_ text: String, _ seconds: Double) throws {
        let plan = try SampleText.scenario(SampleText.replacing("mean: 3s", "mean: \(text)")).variants[0].plan
        #expect(plan.workers.service.sampler.mean == seconds)
    }
}

extension NetworkPlan {
    /// The plan in words, without the functions that kinds hold.
    var withoutKinds: [String] {
        [
            String(reflecting: startDate), String(reflecting: duration), String(reflecting: warmUp),
            String(reflecting: sites),
            String(reflecting: fleet), String(reflecting: arrivals), String(reflecting: store), broker.kind.name,
            String(reflecting: workers.count), String(reflecting: workers.service),
            String(reflecting: workers.throughput),
            workers.assignment.kind.name,
        ]
    }
}

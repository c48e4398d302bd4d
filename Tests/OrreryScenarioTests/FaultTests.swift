import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("Faults: every mistake is named with its place, its value and what is allowed")
struct FaultTests {
    /// One mistake, made in the sample, and what is said about it.
    struct Mistake: CustomTestStringConvertible, Sendable {
        let right: String
        let wrong: String
        let fault: String

        var testDescription: String { fault }

        init(_ right: String, _ wrong: String, _ fault: String) {
            self.right = right
            self.wrong = wrong
            self.fault = fault
        }
    }

    static let keys = [
        Mistake(
            "exposure: 60s", "exposure: 60s, expsure: 3s",
            "10:67: error: fleet.lsc-1m.expsure: unknown key; did you mean 'exposure'?"),
        Mistake(
            "overhead: 5ms", "zzz: 5ms",
            "16:33: error: system.store.zzz: unknown key: known here are write-rate, overhead, batch-size, "
                + "batch-wait, hot-capacity, cold-rate, cold-capacity, when-full"),
        Mistake(
            "count: 4", "count: 4, count: 5",
            "15:24: error: system.workers.count: given twice; the first is at line 15, column 14"),
        Mistake(
            "service: { kind: exponential, mean: 3s }, ", "",
            "15:3: error: system.workers.service: is missing: expected a duration or a distribution, "
                + "for instance 90s or { kind: exponential, mean: 90s }"),
        Mistake("site: lsc, ", "", "10:3: error: fleet.lsc-1m.site: is missing: expected a name of the section sites"),
        Mistake(
            "  homes-uk:", "  \"a.b\":",
            "8:3: error: sites.a.b: a.b is not a name for a site: letters, digits, '-' and '_', at most 64 of them"),
        Mistake(
            "  jobs:", "  \"\":",
            "12:3: error: arrivals.'': '' is not a name for a stream: letters, digits, '-' and '_', at most 64 "
                + "of them"),
        Mistake(
            "  as-written:", "  é:",
            "18:3: error: variants.é: é is not a name for a variant: letters, digits, '-' and '_', at most 64 of them"),
        Mistake(
            "site: lsc", "site: lcs",
            "10:19: error: fleet.lsc-1m.site: lcs is not in the section sites; did you mean 'lsc'?"),
        Mistake(
            "{ system: { workers:", "{ system: { wrokers:",
            "19:29: error: variants.more-workers.system.wrokers: unknown key; did you mean 'workers'?"),
        Mistake(
            "as-written: {}", "as-written: { seeds: { count: 2 } }",
            "18:17: error: variants.as-written.seeds: is the same for all variants; move it to the top of the file"),
        Mistake(
            "delivery.latency:", "delivry.latency:",
            "21:3: error: thresholds.delivry.latency: unknown metric; did you mean 'delivery.latency'?"),
    ]

    static let values = [
        Mistake(
            "duration: 7d", "duration: 7x",
            "4:38: error: time.duration: 7x has the wrong unit: a duration takes ns, us, ms, s, m, h, d, w"),
        Mistake("duration: 7d", "duration: 7", "4:38: error: time.duration: 7 needs a unit: ns, us, ms, s, m, h, d, w"),
        Mistake(
            "rate: 500Mbps", "rate: 500MBps",
            "7:67: error: sites.lsc.uplink.rate: 500MBps has the wrong unit: a data rate takes "
                + "bps, kbps, Mbps, Gbps, B/s, kB/s, MB/s, GB/s; did you mean 'Mbps'?"),
        Mistake(
            "count: 4", "count: -3",
            "15:21: error: system.workers.count: -3 is out of range: at least 1 and at most 1000000"),
        Mistake(
            "count: 4", "count: 1.5",
            "15:21: error: system.workers.count: 1.5 is not a whole number: write for instance 12"),
        Mistake(
            "count: 4", "count: 4s",
            "15:21: error: system.workers.count: 4s is not a whole number: write for instance 12"),
        Mistake(
            "count: 4", "count: null",
            "15:14: error: system.workers.count: has no value: expected a whole number, for instance 12"),
        Mistake(
            "count: 4", "count: ~",
            "15:14: error: system.workers.count: has no value: expected a whole number, for instance 12"),
        Mistake(
            "count: 4", "count: [4]",
            "15:21: error: system.workers.count: is a list: expected a whole number, for instance 12"),
        Mistake(
            "count: 4", "count: {a: 4}",
            "15:21: error: system.workers.count: is a mapping: expected a whole number, for instance 12"),
        Mistake(
            "latitude: 52.5", "latitude: .nan",
            "8:36: error: sites.homes-uk.latitude: .nan is not a finite number: write for instance 0.5"),
        Mistake(
            "latitude: 52.5", "latitude: 95",
            "8:36: error: sites.homes-uk.latitude: 95 is out of range: at least -90 and at most 90"),
        Mistake(
            "start: 2026-03-20", "start: 2026-02-30",
            "4:16: error: time.start: 2026-02-30 is not a date: year-month-day, for instance 2026-03-20"),
        Mistake(
            "kind: bounded-queue", "kind: bounded-queu",
            "14:19: error: system.broker.kind: bounded-queu is not a known broker: "
                + BrokerCatalog.kinds.kinds.map(\.name).joined(separator: ", ") + "; did you mean "
                + "'bounded-queue'?"
        ),
        Mistake(
            "assignment: longest-idle", "assignment: longest",
            "15:78: error: system.workers.assignment: longest is not a known assignment policy: "
                + "longest-idle, most-recent, lowest-numbered"),
        Mistake(
            "{ kind: exponential, mean: 3s }", "exponential",
            "15:33: error: system.workers.service: exponential needs its parameters: { kind: exponential, mean: … }"),
        Mistake(
            "mean: 3s", "mean: -3s",
            "15:60: error: system.workers.service.mean: -3s is out of range: more than 0s"),
        Mistake(
            "mean: 1s", "mean: 1ns",
            "12:25: error: arrivals.jobs.interarrival: { kind: exponential, mean: 1ns } has a mean that is out "
                + "of range: "
                + "at least 1us and at most 3650d"),
        Mistake(
            "warm-up: 1h", "warm-up: 7d",
            "4:51: error: time.warm-up: 7d is not shorter than the run, so that nothing is observed: less than 7d"),
        Mistake(
            "store: { write-rate: 400MB/s, overhead: 5ms }", "store: 5",
            "16:10: error: system.store: 5 is a single value: expected a mapping"),
    ]

    static let conditions = [
        Mistake(
            "\"mean < 500ms\"", "mean < 500",
            "21:37: error: thresholds.delivery.latency[2]: mean < 500 has a limit, '500', that needs a unit: "
                + "ns, us, ms, s, m, h, d, w"
        ),
        Mistake(
            "\"p(99) < 2s\", ", "\"p(100.5) < 2s\", ",
            "21:23: error: thresholds.delivery.latency[1]: p(100.5) < 2s asks for the percentile '100.5', which "
                + "is out of range: "
                + "at least 0 and at most 100"),
        Mistake(
            "\"count == 0\"", "mean == 0",
            "22:17: error: thresholds.items.lost: mean == 0 asks for 'mean', which items.lost does not have: count"),
        Mistake(
            "\"count == 0\"", "count = 0",
            "22:17: error: thresholds.items.lost: count = 0 has the comparison '=', which is none: <, <=, >, >=, ==, !="
        ),
        Mistake(
            "\"count == 0\"", "nothing at all",
            "22:17: error: thresholds.items.lost: nothing at all is not a condition: write for instance count < 100"),
    ]

    @Test("a mistake in a key gives exactly this fault", arguments: keys)
    func keyFault(_ mistake: Mistake) {
        #expect(SampleText.faults(SampleText.replacing(mistake.right, mistake.wrong)) == ["file.yaml:" + mistake.fault])
    }

    @Test("a mistake in a value gives exactly this fault", arguments: values)
    func valueFault(_ mistake: Mistake) {
        #expect(SampleText.faults(SampleText.replacing(mistake.right, mistake.wrong)) == ["file.yaml:" + mistake.fault])
    }

    @Test("a mistake in a condition gives exactly this fault", arguments: conditions)
    func conditionFault(_ mistake: Mistake) {
        #expect(SampleText.faults(SampleText.replacing(mistake.right, mistake.wrong)) == ["file.yaml:" + mistake.fault])
    }

    @Test("a file that names no producer is told to name one")
    func nothingProduces() {
        let text = SampleText.replacing("arrivals: { jobs: { interarrival: 1s } }\n", "", in: SampleText.smallest)
        #expect(
            SampleText.faults(text) == [
                "file.yaml:1:1: error: nothing produces items: name telescopes in the section fleet, or streams "
                    + "in the section arrivals"
            ])
    }

    @Test("a missing version and another version are told apart")
    func version() {
        let without = SampleText.replacing("version: 1\n", "", in: SampleText.smallest)
        #expect(SampleText.faults(without) == ["file.yaml:1:1: error: version: is missing: it is 1"])
        let other = SampleText.replacing("version: 1\n", "version: 2\nnonsense: 3\n", in: SampleText.smallest)
        #expect(
            SampleText.faults(other) == [
                "file.yaml:1:10: error: version: 2 is a version that this Orrery cannot read: it reads version 1"
            ])
        let word = SampleText.replacing("version: 1\n", "version: one\n", in: SampleText.smallest)
        #expect(
            SampleText.faults(word) == [
                "file.yaml:1:10: error: version: one is not a whole number: write for instance 12"
            ])
    }

    @Test("ten mistakes give ten faults in one go, in the order of the file")
    func tenFaults() {
        let text = """
            version: 1
            name: ten mistakes
            nmae: again
            time: { start: 2026-02-30, duration: 7 }
            seeds: { count: 0 }
            sites:
              lsc: { latitude: .nan, longitude: 0, uplink: { rate: 10ms } }
            fleet:
              group: { site: lcs, camera: sinistro }
            system:
              workers: { count: 1, count: [1], service: { kind: exponental, mean: 3s } }
            """
        #expect(
            SampleText.faults(text).map { $0.components(around: ": error: ")[0] } == [
                "file.yaml:3:1", "file.yaml:4:16", "file.yaml:4:38", "file.yaml:5:17", "file.yaml:7:20",
                "file.yaml:7:56",
                "file.yaml:9:18", "file.yaml:11:24", "file.yaml:11:31", "file.yaml:11:53",
            ])
    }

    @Test("a fault of the file is said once, however many variants there are")
    func faultsAreSaidOnce() {
        #expect(SampleText.faults(SampleText.replacing("exposure: 60s", "exposure: 60")).count == 1)
    }

    @Test("a wrong value is said even where every variant replaces it")
    func hiddenFaults() {
        let text = SampleText.replacing("as-written: {}", "as-written: { system: { workers: { count: 2 } } }")
        #expect(SampleText.faults(SampleText.replacing("{ count: 4,", "{ count: four,", in: text)).count == 1)
    }

    @Test("what is missing at the top may be given by every variant")
    func completedByVariants() throws {
        let text =
            SampleText.replacing("time: { duration: 1h }\n", "", in: SampleText.smallest)
            + "variants: { short: { time: { duration: 1h } }, long: { time: { duration: 2h } } }\n"
        #expect(try SampleText.scenario(text).variants.map(\.plan.duration.seconds) == [3600, 7200])
    }

    @Test("a duplicate key is shown as it is written, even with a star in it")
    func starredDuplicate() {
        let text = SampleText.smallest + "a *b: 1\na *b: 2\n"
        #expect(
            SampleText.faults(text).contains(
                "file.yaml:7:1: error: a *b: given twice; the first is at line 6, column 1"))
    }

    @Test("several duplicates, also of quoted keys and three times over, are all said")
    func duplicates() {
        let text = SampleText.smallest + "seeds: { count: 1, count: 2, count: 3, \"base\": 1, \"base\": 2 }\n"
        #expect(
            SampleText.faults(text) == [
                "file.yaml:6:20: error: seeds.count: given twice; the first is at line 6, column 10",
                "file.yaml:6:30: error: seeds.count: given twice; the first is at line 6, column 10",
                "file.yaml:6:51: error: seeds.base: given twice; the first is at line 6, column 40",
            ])
    }
}

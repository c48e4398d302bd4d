import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("Sweeps: points of parameters laid over the scenario")
struct SweepTests {
    /// The texts of a single swept parameter's values.
    private func values(_ written: String) throws -> [String] {
        try SampleText.sweep(SampleText.smallest, ["arrivals.jobs.interarrival=\(written)"]).parameters[0].values.map(
            \.text)
    }

    @Test("the points are the grid of all values that meets the constraints, the last parameter first")
    func grid() throws {
        let sweep = try SampleText.sweep(SampleText.text)
        #expect(
            sweep.points.map(\.text)
                == ["2", "4", "6"].flatMap { count in
                    ["2kB", "3kB", "4kB"].map { "system.broker.capacity=\(count), arrivals.jobs.size=\($0)" }
                })
        #expect(sweep.points.map { $0.variants.map(\.plan.broker.capacity) }.first == [2, 2])
        #expect(sweep.parameters.map(\.isNumeric) == [true, true])
    }

    @Test(
        "ranges count exactly, keep their units and hold both ends",
        arguments: [
            ("0.1s..0.5s step 0.1s", ["0.1s", "0.2s", "0.3s", "0.4s", "0.5s"]),
            ("10ms..40ms step 15ms", ["10ms", "25ms", "40ms"]), ("1s..2s step 3s", ["1s"]),
            ("[7s, 1 s..2 s step 1 s, 2s]", ["7s", "1s", "2s"]),
            ("1s..1000s times 10", ["1s", "10s", "100s", "1000s"]),
            ("0.1s..0.9s times 2.5", ["0.1s", "0.25s", "0.625s"]), ("30s", ["30s"]),
            ("1e-3s..3e-3s step 1e-3s", ["1e-3s", "0.002s", "0.003s"]),
        ])
    func ranges(written: String, expected: [String]) throws {
        #expect(try values(written) == expected)
    }

    @Test("a thousand steps of a hundredth end where they should")
    func noDrift() throws {
        let sweep = try SampleText.sweep(SampleText.smallest, ["system.workers.service=0.01s..10s step 0.01s"])
        #expect(sweep.points.count == 1000)
        for (index, point) in sweep.points.enumerated() {
            let (whole, hundredths) = (index + 1).quotientAndRemainder(dividingBy: 100)
            let digits = hundredths < 10 ? "0\(hundredths)" : "\(hundredths)"
            let text =
                hundredths == 0 ? "\(whole)" : "\(whole).\(digits.hasSuffix("0") ? String(digits.prefix(1)) : digits)"
            #expect(point.variants[0].plan.workers.service.text == text + "s")
        }
    }

    @Test("a plain range steps by one")
    func plainRange() throws {
        let sweep = try SampleText.sweep(SampleText.smallest, ["system.workers.count=3..6"])
        #expect(sweep.points.map { $0.variants[0].plan.workers.count } == [3, 4, 5, 6])
    }

    @Test("words can be swept, even those that YAML would take for something else")
    func words() throws {
        let options = [
            "system.workers.assignment=[lowest-numbered, most-recent]", "system.broker.kind=[direct, rabbitmq]",
        ]
        let sweep = try SampleText.sweep(SampleText.smallest, options)
        #expect(sweep.points.count == 4 && !sweep.parameters[0].isNumeric)
        #expect(sweep.points[3].variants[0].plan.workers.assignment.kind.name == "most-recent")
        #expect(sweep.points[3].variants[0].plan.broker.kind.name == "rabbitmq")
    }

    /// Values that the sample file takes, by path.
    private static let pool: [(path: String, values: [String])] = [
        ("system.workers.service.mean", ["0.5s", "2 s", "1e2ms"]),
        ("system.workers.assignment", ["lowest-numbered", "most-recent"]), ("system.store.overhead", ["1ms", "2ms"]),
        ("fleet.lsc-1m.exposure", ["30s", "1m"]), ("fleet.lsc-1m.site", ["lsc", "homes-uk"]),
        ("arrivals.jobs.poison", ["0%", "1.5%"]), ("system.broker.capacity", ["10", "1000"]),
        ("thresholds.delivery.latency", ["\"p(99) < 1s\"", "\"max < 1d\""]), ("time.duration", ["1d", "36h"]),
        ("sites.lsc.uplink.rate", ["0.5Gbps", "10Mbps"]), ("system.workers.service.kind", ["exponential"]),
    ]

    @Test("every point is what --set of the same values makes", arguments: 0..<40)
    func sameAsOverrides(seed: UInt64) throws {
        var stream = RandomStream(seed: seed, entity: "test", purpose: "points of a sweep")
        let chosen = Set((0..<3).map { _ in stream.index(below: SweepTests.pool.count) }).sorted().map {
            SweepTests.pool[$0]
        }
        let sweep = try SampleText.sweep(
            SampleText.text, chosen.map { "\($0.path)=[\($0.values.joined(separator: ", "))]" })
        #expect(sweep.points.count == chosen.reduce(1) { $0 * $1.values.count })
        for point in sweep.points {
            let scenario = try Scenario.decode(SampleText.text, file: "file.yaml", overrides: point.overrides)
            for (variant, other) in zip(point.variants, scenario.variants) {
                #expect(variant.text == other.text && variant.name == other.name, "seed \(seed): \(point.text)")
                #expect(variant.thresholds == other.thresholds)
            }
        }
    }

    @Test("the section and the options say the same, and the sweep's own text says it again")
    func twins() throws {
        let file = try SampleText.sweep(SampleText.text)
        let options = try SampleText.sweep(
            SampleText.text,
            [
                "system.broker.capacity=[2, 4..8 step 2]", "arrivals.jobs.size=2kB..4kB step 1kB",
                "constraints=system.broker.capacity < 8",
            ])
        let text = try #require(file.scenario.sweep?.text)
        #expect(options.scenario.sweep?.text == text)
        let again = try SampleText.sweep(file.scenario.variants[1].text + text)
        #expect(again.scenario.sweep?.text == text)
        #expect(file.points.map(\.text) == options.points.map(\.text))
        #expect(file.points.map(\.text) == again.points.map(\.text))
        #expect(file.points.map { $0.variants[1].text } == again.points.map { $0.variants[0].text })
    }

    @Test("the sweep is no part of what a variant runs, and changes no plan of orrery run")
    func notPartOfVariants() throws {
        let without = SampleText.text.components(around: "sweep:")[0]
        #expect(
            try SampleText.scenario(without).variants.map(\.text)
                == SampleText.scenario(SampleText.text).variants.map(\.text))
        #expect(try SampleText.scenario(without).sweep == nil)
    }

    @Test(
        "constraints compare products exactly",
        arguments: [
            ("a <= b", 10), ("a < b", 6), ("2 * a == b", 2), ("a * 0.5 != b", 14), ("3 >= a", 12), ("a * b > 4", 8),
            ("a == 1.0", 4),
        ])
    func constraints(condition: String, count: Int) throws {
        let (a, b) = ("system.workers.count", "system.broker.capacity")
        let written = condition.map { $0 == "a" ? a : $0 == "b" ? b : String($0) }.joined()
        let sweep = try SampleText.sweep(SampleText.smallest, ["\(a)=1..4", "\(b)=1..4", "constraints=\(written)"])
        #expect(sweep.points.count == count)
    }

    /// Options, and how their fault is printed.
    private static let faults: [(option: String, fault: String)] = [
        ("system.wokers.count=1..3", "system.wokers: unknown key; did you mean 'workers'?"),
        ("system.workers.count=0..2", "0 is out of range: at least 1 and at most 1000000"),
        ("system.workers.count=5..2", "5..2 runs backwards: the smaller end stands first"),
        ("system.workers.count=1..9 step 0", "has the step 0: more than 0"),
        ("system.workers.count=1..9 times 1", "has a factor that is none: a plain number above 1"),
        ("system.workers.count=0..9 times 2", "begins at 0, which no factor makes larger"),
        ("system.workers.count=1..x", "has 'x' in it, which is not a number: write for instance 5..40 step 5"),
        ("system.workers.count=1..1000000", "has too many values: at most 10000"),
        ("system.workers.service=1s..9s", "1s..9s has a unit and no step: write for instance 10ms..40ms step 5ms"),
        ("system.workers.service=0s..2s step 500ms", "mixes units: both ends and the step have the same"),
        ("system.workers.service=1..3", "1 needs a unit: ns, us, ms, s, m, h, d, w"),
        ("system.workers.count=[]", "has no values"), ("system.workers.count=", "has no value"),
        ("system.workers.count={ a: 1 }", "is a mapping: expected a list of values, or a range"),
        ("system.workers.count=[[1]]", "is a list: expected a value, or a range"),
        ("seeds.count=1..3", "sweep.seeds.count: is not a parameter that can be swept"),
        ("sweep.x=1..3", "is not a parameter that can be swept"),
        ("name=[a, b]", "is not a parameter that can be swept"),
        ("constraints=1 < 2", "sweep: names no parameter"),
    ]

    @Test("a faulty option is named as the place", arguments: faults)
    func faultyOptions(option: String, fault: String) {
        let faults = SampleText.sweepFaults(SampleText.smallest, [option])
        #expect(faults.count == 1 && faults[0].contains(fault), "\(faults)")
        #expect(faults.allSatisfy { $0.hasPrefix("--sweep \(option): error: ") }, "\(faults)")
    }

    @Test(
        "a faulty constraint says what is wrong",
        arguments: [
            ("system.workers.count", "is not a condition: write for instance"),
            ("system.workers.count =< 3", "has the comparison '=<', which is none: <, <=, >, >=, ==, !="),
            ("system.workers.coun < 3", "which is not swept: numbers and system.workers.count"),
            ("system.workers.count < 3s", "compares a plain number with s: both sides in the same unit"),
            ("system.workers.service < 3s * system.workers.service", "multiplies two quantities with units"),
            ("system.workers.assignment == 3", "whose values are not all numbers"),
            ("system.workers.count > 3", "has no point that meets its constraints"),
            ("system.workers.count < 1x2", "compares a plain number with x2"), ("< 3", "which is not swept"),
        ])
    func faultyConstraints(condition: String, fault: String) {
        let options = [
            "system.workers.count=1..3", "system.workers.service=1s..3s step 1s",
            "system.workers.assignment=[lowest-numbered]", "constraints=\"\(condition)\"",
        ]
        let faults = SampleText.sweepFaults(SampleText.smallest, options)
        #expect(faults.count == 1 && faults[0].contains(fault), "\(faults)")
    }

    @Test("all faults of a section are told at once, with their lines and the first point at which they appear")
    func places() {
        let text =
            SampleText.smallest
            + "sweep:\n  system.workers.count: [0, 1]\n  time.warm-up: [0s, 2h]\n  system.broker.capacity: [1, -1]\n"
        #expect(
            SampleText.sweepFaults(text) == [
                "file.yaml:7:26: error: sweep.system.workers.count: 0 is out of range: at least 1 and at most 1000000 "
                    + "(at the point system.workers.count=0, time.warm-up=0s, system.broker.capacity=1)",
                "file.yaml:8:22: error: sweep.time.warm-up: 2h is not shorter than the run, so that nothing is observed: "
                    + "less than 1h (at the point system.workers.count=0, time.warm-up=2h, system.broker.capacity=1)",
                "file.yaml:9:31: error: sweep.system.broker.capacity: -1 is out of range: at least 0 and at most 1000000000 "
                    + "(at the point system.workers.count=0, time.warm-up=0s, system.broker.capacity=-1)",
            ])
        #expect(SampleText.faults(SampleText.smallest + "sweep: { system.workers.count: 3..1 }\n").count == 1)
        #expect(SampleText.faults(SampleText.smallest, ["sweep.a=1"]).first?.contains("--sweep states another") == true)
    }

    @Test("a variant whose difference the sweep would replace is named with its path, unless it is not run")
    func replacedVariant() throws {
        let faults = SampleText.sweepFaults(SampleText.text, ["system.workers.count=[5, 9]"])
        #expect(
            faults == [
                "file.yaml:19:47: error: variants.more-workers.system.workers.count: 8 is replaced by the sweep of "
                    + "system.workers.count, so that the variant differs in nothing there: sweep something else, or "
                    + "choose other variants with --variant (at the point system.workers.count=5)"
            ])
        let written = SampleText.replacing("system.broker.capacity: [", "system.workers.count: [")
            .replacing("\"system.broker.capacity < 8\"", with: "")
        #expect(SampleText.sweepFaults(written).count == 1)
        let alone = try SampleText.sweep(
            SampleText.text, ["system.workers.count=[5, 9]"], variants: ["as-written"])
        #expect(alone.points.map { $0.variants.map(\.name) } == [["as-written"], ["as-written"]])
    }

    @Test(
        "a variant's part of a distribution or a kind is replaced by a sweep of the whole, and a whole by its part",
        arguments: [
            ("{ service: { mean: 2s } }", "system.workers.service=[1s, 2s]", true),
            ("{ service: 1s }", "system.workers.service.mean=[2s, 3s]", true),
            ("{ service: { mean: 2s } }", "system.workers.service.kind=[exponential]", false),
            ("{ assignment: most-recent }", "system.workers.assignment=[longest-idle]", true),
            ("{ service: { mean: 2s } }", "system.workers.count=[2, 3]", false),
        ])
    func replacedParts(variant: String, option: String, isReplaced: Bool) {
        let text = SampleText.replacing("{ workers: { count: 8 } }", "{ workers: \(variant) }")
        let faults = SampleText.sweepFaults(text, [option]).filter { $0.contains("is replaced by the sweep") }
        #expect(!faults.isEmpty == isReplaced, "\(faults)")
    }

    @Test("what is set from outside, and what another parameter sweeps, may not be replaced either")
    func replacedOverrides() {
        let set = SampleText.sweepFaults(
            SampleText.smallest, ["system.workers.count=1..3"], set: ["system.workers.count=7"])
        #expect(
            set == [
                "--set system.workers.count=7: error: system.workers.count: 7 is replaced by the sweep of "
                    + "system.workers.count: a value can be set or swept, not both (at the point system.workers.count=1)"
            ])
        let swept = SampleText.sweepFaults(
            SampleText.text, ["system.workers.service.mean=[1s, 2s]", "system.workers.service=[3s, 4s]"])
        #expect(
            swept.count == 1 && swept[0].contains("is replaced by the sweep of system.workers.service:"), "\(swept)")
    }

    @Test("two values that make the same of the scenario are a fault, however they are written")
    func equalPoints() {
        let faults = SampleText.sweepFaults(
            SampleText.smallest, ["system.workers.service=[1s, 1000ms, 2s]", "system.workers.count=1..3"])
        #expect(
            faults == [
                "--sweep system.workers.service=[1s, 1000ms, 2s]: error: sweep.system.workers.service: 1000ms is the same "
                    + "as 1s: each value once"
            ])
        for pair in ["[1kB, 1000B]", "[1, 1.0]", "[10%, 1e1%]", "[1Gbps, 1000Mbps]"] {
            let faults = SampleText.sweepFaults(SampleText.smallest, ["system.workers.count=\(pair)"])
            #expect(faults.contains { $0.contains("is the same as 1") }, "\(faults)")
        }
    }

    @Test("two options for one parameter, too many points, and a scenario without a sweep are faults")
    func whole() {
        let twice = SampleText.sweepFaults(
            SampleText.smallest, ["system.workers.count=1..3", "system.workers.count=5"])
        #expect(twice.count == 1 && twice[0].contains("is named by two options"), "\(twice)")
        let many = SampleText.sweepFaults(
            SampleText.smallest, ["system.workers.count=1..101", "system.broker.capacity=1..100"])
        #expect(many.count == 1 && many[0].contains("has too many points: at most 10000"), "\(many)")
        let none = SampleText.sweepFaults(SampleText.smallest)
        #expect(none.count == 1 && none[0].contains("the scenario has no section sweep"), "\(none)")
    }
}

import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("Variants and overrides: parts laid over the file")
struct OverrideTests {
    private func plan(_ text: String, variant: Int = 0, _ overrides: [String] = []) throws -> NetworkPlan {
        try SampleText.scenario(text, overrides).variants[variant].plan
    }

    @Test("a variant changes what it names and nothing else")
    func variant() throws {
        let scenario = try SampleText.scenario(SampleText.text)
        #expect(scenario.variants.map(\.name) == ["as-written", "more-workers"])
        #expect(scenario.variants.map(\.plan.workers.count) == [4, 8])
        let differences = zip(
            scenario.variants[0].text.components(around: "\n"), scenario.variants[1].text.components(around: "\n")
        ).filter { $0 != $1 }
        #expect(differences.map(\.1) == ["    count: 8"])
    }

    @Test("a mapping of another kind replaces the old one; of the same kind it merges")
    func kinds() throws {
        let constant = SampleText.replacing(
            "{ workers: { count: 8 } }", "{ workers: { service: { kind: constant, value: 2s } } }")
        #expect(try plan(constant, variant: 1).workers.service.text == "{ kind: constant, value: 2s }")
        let slower = SampleText.replacing("{ workers: { count: 8 } }", "{ workers: { service: { mean: 4s } } }")
        #expect(try plan(slower, variant: 1).workers.service.text == "{ kind: exponential, mean: 4s }")
    }

    @Test("an override acts on every variant, after the variant's own changes")
    func everyVariant() throws {
        let scenario = try SampleText.scenario(SampleText.text, ["system.workers.count=9"])
        #expect(scenario.variants.map(\.plan.workers.count) == [9, 9])
    }

    @Test("overrides reach parameters, kinds, distributions, references, sections and conditions")
    func reach() throws {
        let overrides = [
            "system.workers.assignment=most-recent", "system.workers.service.mean=2s", "system.broker.capacity=5",
            "fleet.lsc-1m.site=homes-uk", "sites.lsc.uplink.rate=1Gbps", "system.store={ overhead: 7ms }",
            "thresholds.delivery.latency=max < 1m", "name=another", "seeds.count=12", "sites.homes-uk.weather={}",
        ]
        let scenario = try SampleText.scenario(SampleText.text, overrides)
        let plan = scenario.variants[0].plan
        #expect(
            plan.workers.assignment.kind.name == "most-recent"
                && plan.workers.service.text == "{ kind: exponential, mean: 2s }")
        #expect(plan.fleet[0].site == 1 && plan.sites[0].uplink.rate.bitsPerSecond == 1_000_000_000)
        #expect(plan.store?.overhead == .milliseconds(7) && plan.sites[1].weather != nil)
        #expect(scenario.variants[0].thresholds.map(\.text) == ["max < 1m", "count == 0"])
        #expect(scenario.name == "another" && scenario.seedCount == 12)
    }

    @Test("an override inside an absent optional section creates it")
    func createsSections() throws {
        #expect(try plan(SampleText.smallest).store == nil)
        #expect(try plan(SampleText.smallest, ["system.store.overhead=1ms"]).store?.overhead == .milliseconds(1))
    }

    @Test("an override of the kind drops the parameters of the old kind")
    func kindOverride() throws {
        let overrides = ["system.workers.service.kind=constant", "system.workers.service.value=2s"]
        #expect(try plan(SampleText.text, overrides).workers.service.text == "{ kind: constant, value: 2s }")
    }

    @Test(
        "a faulty override is named as the place, once for all variants",
        arguments: [
            ("system.wokers.count=8", "system.wokers: unknown key; did you mean 'workers'?"),
            ("system.workers.cout=8", "system.workers.cout: unknown key; did you mean 'count'?"),
            ("sites.lcs.latitude=8", "sites.lcs: there is no such name in the section sites; did you mean 'lsc'?"),
            ("system.workers.count=-1", "system.workers.count: -1 is out of range: at least 1 and at most 1000000"),
            ("system.workers.count=", "system.workers.count: has no value: expected a whole number, for instance 12"),
            ("system.workers.count.x=3", "system.workers.count.x: the parameter count has no parts"),
            ("system.workers.service.mean=3", "system.workers.service.mean: 3 needs a unit: ns, us, ms, s, m, h, d, w"),
            ("system.store={a: [}", "system.store: this is not YAML: did not find expected node content"),
            ("system.broker.capcity=5", "system.broker.capcity: unknown key; did you mean 'capacity'?"),
            ("variants.x={}", "variants: an override acts on every variant and cannot change the variants themselves"),
            (
                "thresholds.items.lost=count < x",
                "thresholds.items.lost: count < x has a limit, 'x', that is not a number: write for instance 0.5"
            ),
        ])
    func faultyOverride(_ override: String, _ fault: String) {
        #expect(SampleText.faults(SampleText.text, [override]) == ["--set \(override): error: \(fault)"])
    }

    @Test("faults of the file and of overrides come together, those of the file first")
    func together() {
        let faults = SampleText.faults(SampleText.replacing("exposure: 60s", "exposure: 60"), ["b=1", "a=1"])
        #expect(faults.map { String($0.prefix(9)) } == ["file.yaml", "--set b=1", "--set a=1"])
    }

    @Test("what has no path or no value is no override", arguments: ["", "=", "a", "a..b=1", ".a=1", "a.=1"])
    func noOverride(_ text: String) {
        #expect(Override(text) == nil)
    }
}

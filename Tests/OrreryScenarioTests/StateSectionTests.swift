import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("The sections of state and operators")
struct StateSectionTests {
    private func file(_ sections: String) -> String {
        SampleText.replacing(
            "system: { workers: { service: 500ms } }", "system:\n  workers: { service: 500ms }\n  \(sections)",
            in: SampleText.smallest)
    }

    @Test("make plans of their kinds with their defaults, and none if they are left out")
    func plans() throws {
        let plan = try SampleText.scenario(file("state: {}\n  operators: {}")).variants[0].plan
        #expect(plan.state?.model.kind.name == "versioned")
        #expect(plan.state?.backoff.kind.name == "full-jitter")
        #expect(plan.state?.attempts == 5)
        #expect(plan.operators?.count == 1 && plan.operators?.time.sampler.mean == 1200)
        #expect(plan.stateKeyCount == 1, "a stream without keys changes one")
        let none = try SampleText.scenario(SampleText.smallest).variants[0].plan
        #expect(none.state == nil && none.operators == nil && none.stateKeyCount == nil)
    }

    @Test(
        "come back from the text that they are written in",
        arguments: [
            "state: { keys: 7, attempts: 1, latency: 2ms, others: { kind: exponential, mean: 3s } }",
            "state: { model: { kind: replicated, replicas: 5, reads: 3, delays: ymmr, remote-delay: 75ms }, "
                + "backoff: { kind: exponential, base: 5ms, cap: 2s } }",
            "state: { model: { kind: replicated, resolution: last-write-wins, write-delay: { kind: pareto-exponential, "
                + "body: 38%, minimum: 1.05ms, shape: 1.51, tail: 5.46ms } } }",
            "state: { model: { kind: event-sourced, snapshot-every: 10, replay: 1ms }, backoff: at-once }",
            "state: {}\n  operators: { count: 3, patience: { kind: exponential, mean: 4h } }",
        ])
    func canonical(_ sections: String) throws {
        let variant = try SampleText.scenario(file(sections)).variants[0]
        #expect(try SampleText.scenario(variant.text).variants[0].text == variant.text)
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            ("state: { keys: 0 }", "system.state.keys: 0 is out of range"),
            ("state: { latency: 0s }", "system.state.latency: 0s is out of range"),
            ("state: { others: 0s }", "system.state.others: 0s is out of range"),
            ("state: { attempts: 0 }", "system.state.attempts: 0 is out of range"),
            ("state: { model: { kind: replicated, reads: 4 } }", "reads is 4, and there are 3 replicas"),
            ("state: { model: { kind: replicated, acks: 2, replicas: 1 } }", "acks is 2, and there are 1 replicas"),
            ("state: { model: versionned }", "'versioned'"),
            ("state: { backoff: none }", "system.state.backoff: none is not a known back-off"),
            ("state: { backoff: { kind: exponential, base: 3s } }", "is longer than the cap"),
            ("operators: {}", "system.operators: reconcile what workers could not write"),
            ("state: {}\n  operators: { count: 0 }", "system.operators.count: 0 is out of range"),
            ("state: {}\n  operators: { time: 0s }", "system.operators.time: 0s is out of range"),
        ])
    func faults(_ sections: String, _ words: String) {
        let faults = SampleText.faults(file(sections))
        #expect(faults.count == 1 && faults.allSatisfy { $0.contains(words) }, "\(faults)")
    }

    @Test("refuse clocks that are wrong where nobody compares them")
    func clocks() {
        let fault = "\nfaults:\n  late: { at: 1s, for: 1s, effect: { kind: clock-skew, by: 5s } }\n"
        #expect(
            SampleText.faults(file("state: {}") + fault).first?.contains("puts clocks wrong that nobody compares")
                == true)
        let plain = "state: { model: { kind: replicated, resolution: last-write-wins } }"
        #expect(SampleText.faults(file(plain) + fault).isEmpty)
    }

    @Test("refuse a skew of keys that there are not, and more keys than fit into memory")
    func keys() {
        func faults(_ stream: String) -> [String] {
            let text = SampleText.replacing("interarrival: 1s", "interarrival: 1s, \(stream)", in: file("state: {}"))
            return SampleText.faults(text)
        }
        #expect(faults("skew: 1").first?.contains("says how keys are drawn, and the items have none") == true)
        #expect(faults("keys: 1000000000").first?.contains("has a key for each of 1000000000 producers") == true)
        #expect(faults("keys: 5, skew: 11").first?.contains("skew: 11 is out of range") == true)
        #expect(faults("keys: 5, skew: 0.5").isEmpty)
    }
}

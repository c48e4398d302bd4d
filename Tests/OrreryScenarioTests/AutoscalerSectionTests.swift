import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("The section of an autoscaler")
struct AutoscalerSectionTests {
    private func file(_ autoscaler: String) -> String {
        SampleText.replacing(
            "workers: { service: 500ms }", "workers: { service: 500ms, autoscaler: \(autoscaler) }",
            in: SampleText.smallest)
    }

    @Test("makes a plan of its kind, and none of none or if it is left out")
    func plans() throws {
        let plan = try SampleText.scenario(file("{ kind: kubernetes, min: 2, max: 40, boot: 45s }")).variants[0].plan
        #expect(plan.workers.autoscaler?.policy.kind.name == "kubernetes")
        #expect(plan.workers.autoscaler?.bounds == 2...40)
        #expect(plan.workers.autoscaler?.boot.sampler.mean == 45)
        #expect(try SampleText.scenario(file("none")).variants[0].plan.workers.autoscaler == nil)
        #expect(try SampleText.scenario(SampleText.smallest).variants[0].plan.workers.autoscaler == nil)
    }

    @Test("comes back from the text that every kind is written in")
    func canonical() throws {
        for text in [
            "{ kind: kubernetes, max: 40 }", "{ kind: queue-length, min: 0, max: 4 }", "{ kind: step, max: 3 }",
            "{ kind: target-tracking, max: 9, price: 0.25 }", "{ kind: script, max: 9, add: 2 }",
            "{ kind: scheduled, max: 9, hours: [0, 6.5], replicas: [1, 9] }",
        ] {
            let variant = try SampleText.scenario(file(text)).variants[0]
            #expect(try SampleText.scenario(variant.text).variants[0].text == variant.text, "\(text)")
        }
    }

    @Test(
        "says what is wrong with it",
        arguments: [
            ("kubernetes", "autoscaler.max: is missing"),
            ("{ kind: kubernetes, min: 2 }", "autoscaler.max: is missing"),
            ("{ kind: kubernetes, min: 9, max: 8 }", "min is 9, more than max, which is 8"),
            ("{ kind: script, min: 0, max: 8 }", "min is 0, but without a replica"),
            ("{ kind: script, max: 8, above: 30% }", "below is not less than above"),
            ("{ kind: kubernetes, max: 8, scale-up-windows: 3s }", "did you mean 'scale-up-window'?"),
            ("{ kind: kubernets, max: 8 }", "did you mean 'kubernetes'?"),
            ("{ kind: scheduled, max: 8, hours: [6], replicas: [1, 2] }", "each hour needs its number"),
        ])
    func faults(autoscaler: String, fault: String) {
        let faults = SampleText.faults(file(autoscaler))
        #expect(faults.count == 1 && faults[0].contains(fault), "\(faults)")
    }

    @Test("a stream's swing is decoded beside its gaps")
    func swing() throws {
        let text = SampleText.replacing(
            "interarrival: 1s", "interarrival: 1s, swing: { period: 20m }", in: SampleText.smallest)
        #expect(try SampleText.scenario(text).variants[0].plan.arrivals[0].swing?.period == .minutes(20))
    }
}

import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("Structure: the sections, their parameters and their kinds come from the model")
struct StructureTests {
    @Test("the sections are listed with their paths, outer ones first")
    func sections() {
        #expect(
            ScenarioStructure.sections.map(\.path) == [
                "time", "seeds", "sites", "sites.<name>.uplink", "sites.<name>.uplink.outages", "sites.<name>.weather",
                "fleet", "fleet.<name>.edge", "fleet.<name>.edge.raw", "fleet.<name>.edge.rice",
                "fleet.<name>.edge.catalogue", "fleet.<name>.edge.thumbnail", "fleet.<name>.plan",
                "fleet.<name>.calibration", "fleet.<name>.downtime", "fleet.<name>.crashes", "fleet.<name>.heartbeat",
                "fleet.<name>.disk", "fleet.<name>.upload", "fleet.<name>.retry", "fleet.<name>.retry.policy",
                "arrivals",
                "arrivals.<name>.swing", "arrivals.<name>.retry", "arrivals.<name>.retry.policy", "system",
                "system.broker", "system.workers",
                "system.workers.assignment", "system.workers.failures", "system.workers.autoscaler",
                "system.workers.lock", "system.cluster",
                "system.cluster.distribution", "system.cluster.detector", "system.coordination", "system.state",
                "system.state.model", "system.state.backoff", "system.operators", "system.store", "system.scheduler",
                "system.scheduler.dispatch", "system.scheduler.retry", "system.scheduler.requests", "faults",
                "faults.<name>.effect", "variants", "sweep", "thresholds",
            ])
    }

    @Test("every parameter of a plan and every kind of a catalog is in its section")
    func completeness() throws {
        let workers = try #require(ScenarioStructure.section(at: "system.workers"))
        #expect(workers.parameters.map(\.key) == WorkerPoolPlan.parameters.map(\.key))
        let broker = try #require(ScenarioStructure.section(at: "system.broker"))
        #expect(broker.kinds.map(\.name) == BrokerCatalog.kinds.kinds.map(\.name))
        #expect(ScenarioStructure.distributions.map(\.name) == SamplerCatalog.kinds.kinds.map(\.name))
    }

    @Test("every kind of distribution decodes from the text that its parameters' examples make")
    func everyDistribution() throws {
        for kind in ScenarioStructure.distributions {
            let values = kind.parameters.filter(\.isRequired).map { "\($0.key): \(DistributionExample.value(of: $0))" }
            let text = "{ " + (["kind: \(kind.name)"] + values).joined(separator: ", ") + " }"
            let file = SampleText.replacing("service: 500ms", "service: \(text)", in: SampleText.smallest)
            let variant = try SampleText.scenario(file).variants[0]
            #expect(try SampleText.scenario(variant.text).variants[0].text == variant.text, "\(kind.name)")
        }
    }
}

/// Values that the parameters of every kind of distribution accept together.
enum DistributionExample {
    static func value(of parameter: ParameterSpec) -> String {
        switch parameter.dimension {
        case .sampled: parameter.key == "maximum" ? "3s" : "2s"
        case .number: parameter.range.contains(1.5) ? "1.5" : "0.5"
        case .count: "3"
        default: parameter.dimension.example
        }
    }
}

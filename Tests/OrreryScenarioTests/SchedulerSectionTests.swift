import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("The section of a scheduler, and heartbeats")
struct SchedulerSectionTests {
    private func file(scheduler: String?, group: String = "") -> String {
        """
        version: 1
        name: observatory
        time: { duration: 1h }
        sites: { ridge: { latitude: 0, longitude: 0 } }
        fleet: { scopes: { site: ridge, camera: evscope\(group) } }
        system:
          workers: { service: 1s }
        \(scheduler.map { "  scheduler: \($0)\n" } ?? "")
        """
    }

    @Test("makes a plan, and none if it is left out")
    func plans() throws {
        let text = file(
            scheduler: "{ offline-after: 15m, dispatch: { kind: push, slice: 5m }, requests: { interarrival: 20s } }",
            group: ", heartbeat: { interval: 30s }")
        let plan = try SampleText.scenario(text).variants[0].plan
        let scheduler = try #require(plan.scheduler)
        #expect(scheduler.offlineAfter == .minutes(15) && scheduler.rejoinJitter == .zero)
        #expect(scheduler.dispatch.make().slice == .minutes(5) && scheduler.dispatch.make().asking == nil)
        #expect(scheduler.requests?.interarrival.sampler.mean == 20 && scheduler.requests?.deadline == nil)
        #expect(plan.fleet[0].heartbeat?.interval == .seconds(30))
        let bare = try SampleText.scenario(file(scheduler: nil)).variants[0].plan
        #expect(bare.scheduler == nil && bare.fleet[0].heartbeat == nil)
        let pulled = try SampleText.scenario(file(scheduler: "{}")).variants[0].plan
        #expect(pulled.scheduler?.dispatch.make().asking?.interval == .minutes(1))
    }

    @Test("comes back from the text that every kind is written in")
    func canonical() throws {
        for kind in DispatchCatalog.kinds.kinds {
            let text = file(
                scheduler: "{ offline-after: 10m, dispatch: \(kind.name), retry: full-jitter, "
                    + "requests: { interarrival: 9s, deadline: 1h } }",
                group: ", heartbeat: {}")
            let variant = try SampleText.scenario(text).variants[0]
            #expect(try SampleText.scenario(variant.text).variants[0].text == variant.text, "\(kind.name)")
        }
    }

    @Test(
        "says what is wrong with it",
        arguments: [
            ("{ dispatch: pul }", "", "did you mean 'pull'?"),
            ("{ dispatch: { kind: push, interval: 3s } }", "", "interval"),
            ("{ offline-after: 10m }", "", "no telescope has any"),
            ("{ offline-after: 1m }", ", heartbeat: { interval: 1m }", "is not longer than the heartbeat interval"),
            ("{ requests: {} }", "", "requests.interarrival: is missing"),
            ("{ requests: { interarrival: 0s } }", "", "interarrival"),
            ("{ rejoin-jitter: -1s }", "", "rejoin-jitter"),
            ("{ dispatch: { kind: push, pause: 0s } }", "", "pause"),
            ("{ dispatch: { kind: pull, service: nan } }", "", "service"),
            (nil, ", heartbeat: {}", "goes to a scheduler, and there is none"),
        ] as [(String?, String, String)])
    func faults(scheduler: String?, group: String, fault: String) {
        let faults = SampleText.faults(file(scheduler: scheduler, group: group))
        #expect(faults.count == 1 && faults[0].contains(fault), "\(faults)")
    }

    @Test("needs telescopes")
    func noTelescopes() {
        let text = SampleText.replacing(
            "workers: { service: 500ms }", "workers: { service: 500ms }, scheduler: {}", in: SampleText.smallest)
        #expect(SampleText.faults(text).first?.contains("has no telescopes to schedule") ?? false)
    }
}

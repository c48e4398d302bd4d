import OrreryKernel
import OrreryModel
import OrreryScenario
import Testing

@Suite("The sections of locks and of the service that keeps them")
struct CoordinationSectionTests {
    private func file(lock: String, service: String?, faults: String? = nil) -> String {
        let system = "workers: { service: 500ms, lock: \(lock) }" + (service.map { ", coordination: \($0)" } ?? "")
        return SampleText.replacing("workers: { service: 500ms }", system, in: SampleText.smallest)
            + (faults.map { "faults: \($0)\n" } ?? "")
    }

    @Test("make plans, and none if they are left out")
    func plans() throws {
        let text = file(lock: "{ recipe: herd, scope: all, patience: 2s, fencing: token }", service: "{ servers: 5 }")
        let plan = try SampleText.scenario(text).variants[0].plan
        let lock = try #require(plan.workers.lock)
        #expect(lock.recipe == .herd && lock.scope == .all && lock.patience == .seconds(2) && lock.isFenced)
        #expect(plan.coordination?.servers == 5)
        let plain = try SampleText.scenario(SampleText.smallest).variants[0].plan
        #expect(plain.workers.lock == nil && plain.coordination == nil)
        let defaults = try SampleText.scenario(file(lock: "{}", service: "{}")).variants[0].plan.workers.lock
        #expect(defaults?.recipe == .queue && defaults?.scope == .key && defaults?.isFenced == false)
    }

    @Test("come back from the text that they are written in")
    func canonical() throws {
        let text = file(
            lock: "{ recipe: herd, patience: 2s }", service: "{ servers: 4, tick: 1s }",
            faults: "{ loss: { at: 1s, for: 1s, effect: { kind: coordination-server-loss, servers: 2 } } }")
        let variant = try SampleText.scenario(text).variants[0]
        #expect(try SampleText.scenario(variant.text).variants[0].text == variant.text)
    }

    @Test(
        "say what is wrong with them",
        arguments: [
            ("{}", nil, nil, "system.workers.lock: is kept by nobody"),
            ("{ recipe: heard }", "{}", nil, "did you mean 'herd'?"),
            ("{ patience: 0s }", "{}", nil, "system.workers.lock.patience"),
            ("{}", "{ servers: 0 }", nil, "at least 1"),
            ("{}", "{ servers: 102 }", nil, "at most 101"),
            ("{}", "{ tick: 0s }", nil, "system.coordination.tick"),
            ("{}", "{ request-cost: -1ms }", nil, "system.coordination.request-cost"),
            ("{}", "{ session-timeout: .nan }", nil, "system.coordination.session-timeout"),
            (
                "{}", "{}", "{ loss: { at: 1s, for: 1s, effect: { kind: coordination-server-loss, servers: 4 } } }",
                "the service has 3"
            ),
            (
                "{}", "{ servers: 1 }",
                "{ loss: { at: 1s, for: 1s, effect: { kind: coordination-server-loss, first: follower } } }",
                "needs 2 of the servers"
            ),
        ] as [(String, String?, String?, String)])
    func faults(lock: String, service: String?, faults: String?, fault: String) {
        let found = SampleText.faults(file(lock: lock, service: service, faults: faults))
        #expect(found.count == 1 && found[0].contains(fault), "\(found)")
    }
}

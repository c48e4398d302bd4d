import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryTestSupport
import Testing

@Suite("Findings say what matters, and only what is so")
struct FindingsTests {
    private func findings(_ plan: NetworkPlan, seeds: UInt64 = 1) -> String {
        let runs = (0..<seeds).map { RunFacts(Network.run(plan, seed: $0)) }
        return Findings.sentences(runs, plan: plan).joined(separator: "\n")
    }

    @Test("a healthy station lost nothing, names its busiest part, and shows no backlog")
    func healthy() {
        let text = findings(Plans.station(interarrival: .constant(1), service: .constant(0.5), capacity: 10))
        #expect(text.contains("No item was lost, of 10,000 produced."))
        #expect(text.contains("The busiest part is the worker pool, busy 50 % of the time."))
        #expect(text.contains("room for 10"))
        #expect(!text.contains("did not keep up") && !text.contains("near its limit"))
    }

    @Test("an overflowing broker is named with its losses and the runs that it happened in")
    func overflow() {
        let plan = Plans.station(
            interarrival: .constant(1), service: .constant(2), capacity: 5, duration: .seconds(1000))
        let text = findings(plan, seeds: 3)
        #expect(text.contains("to broker-full, in 3 of 3 runs"))
        #expect(text.contains("near its limit"))
    }

    @Test("a network that falls behind without losing anything is said not to keep up")
    func backlog() {
        let text = findings(Plans.station(interarrival: .constant(1), service: .constant(2), duration: .seconds(1000)))
        #expect(text.contains("did not keep up in 1 of 1 runs: up to 50.1 %"))
        #expect(text.contains("waits in the broker's queue (broker-wait)"))
    }

    @Test("the busiest uplink is named with its site")
    func busiestUplink() {
        var plan = Plans.observatory(site: Plans.site("fast", count: 2))
        plan.sites.append(Plans.site("slow", count: 3, rate: DataRate(bitsPerSecond: 1_000_000)))
        plan.fleet.append(Plans.group("more", site: 1, count: 4))
        #expect(findings(plan).contains("the uplink of slow/0"))
    }

    @Test("where nothing happened, nothing is claimed")
    func nothing() {
        let idle = Plans.station(interarrival: .constant(1000), service: .constant(1), duration: .seconds(10))
        #expect(Findings.sentences([RunFacts(Network.run(idle, seed: 1))], plan: idle).count == 1)
        #expect(Findings.sentences([], plan: idle) == ["No run was finished, so there is nothing to say."])
    }
}

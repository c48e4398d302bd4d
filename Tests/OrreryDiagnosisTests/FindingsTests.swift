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
        #expect(!text.contains("was behind") && !text.contains("near its limit"))
    }

    @Test("an overflowing broker is named with its losses and the runs that it happened in")
    func overflow() {
        let plan = Plans.station(
            interarrival: .constant(1), service: .constant(2), capacity: 5, duration: .seconds(1000))
        let text = findings(plan, seeds: 3)
        #expect(text.contains("because the broker was full, in 3 of 3 runs"))
        #expect(text.contains("near its limit"))
    }

    @Test("a network that falls behind without losing anything is said to be behind, and where")
    func backlog() {
        let text = findings(Plans.station(interarrival: .constant(1), service: .constant(2), duration: .seconds(1000)))
        #expect(text.contains("behind at the end of 1 of 1 runs: up to 50 % of everything produced still waited"))
        #expect(text.contains("most of all in broker-wait"))
        #expect(text.contains("waits in the broker's queue (broker-wait)"))
    }

    @Test("a store without room is named, although it is not busy, and what waits for it is a backlog")
    func fullStore() {
        let capacity = ["hot-capacity": .size(ByteCount(5_000_000))] as [String: ParameterValue]
        let store = Plans.store(rate: DataRate(bitsPerSecond: 80_000_000), capacity)
        let text = findings(
            Plans.station(
                interarrival: .constant(1), service: .constant(0), size: ByteCount(1_000_000), store: store,
                duration: .seconds(60)), seeds: 2)
        #expect(
            text.contains(
                "The store wrote nothing for 90 % of the time in the run in which that was longest: its hot tier was full."
            ))
        #expect(text.contains("behind at the end of 2 of 2 runs") && text.contains("most of all in store-wait"))
    }

    @Test("long services are no backlog: what is being served does not wait")
    func longService() {
        let plan = Plans.station(
            interarrival: .constant(1), service: .constant(500), workers: 600, duration: .seconds(1000))
        #expect(!findings(plan).contains("behind"))
    }

    @Test("the backlog that is named is that of a run that is behind, not of one that hardly began")
    func backlogOfSmallRuns() {
        let small = Plans.station(interarrival: .constant(900), service: .constant(200), duration: .seconds(1000))
        let behind = Plans.station(interarrival: .constant(1), service: .constant(1.25), duration: .seconds(1000))
        let runs = [small, behind].map { RunFacts(Network.run($0, seed: 1)) }
        let text = Findings.sentences(runs, plan: behind).joined()
        #expect(text.contains("behind at the end of 1 of 2 runs: up to 20 %"))
    }

    @Test("items that take no time are deliveries all the same")
    func noTime() {
        let text = findings(Plans.station(interarrival: .constant(1), service: .constant(0), duration: .seconds(100)))
        #expect(!text.contains("No item was delivered") && !text.contains("passes while"))
    }

    @Test("the way of time weighs runs by their items, and reads as a sentence for every stage")
    func wayOfTime() {
        let brief = Plans.station(interarrival: .constant(900), service: .constant(1), duration: .seconds(1000))
        let long = Plans.station(interarrival: .constant(1), service: .constant(1.25), duration: .seconds(1000))
        let runs = [brief, long].map { RunFacts(Network.run($0, seed: 1)) }
        #expect(Findings.sentences(runs, plan: long).joined().contains("98.8 % of all delivered items' time passes"))
        #expect(Stage.allCases.allSatisfy { ["is", "waits", "travels"].contains($0.summary.split(separator: " ")[0]) })
    }

    @Test("with a warm-up, every figure says whether it is part of it")
    func warmUp() {
        let text = findings(
            Plans.station(
                interarrival: .constant(1), service: .constant(0.5), capacity: 10, warmUp: .seconds(1000)), seeds: 2)
        #expect(text.contains("of 20,000 produced in 2 runs, warm-up included."))
        #expect(text.contains("busy 50 % of the time after the warm-up in the run in which it was busiest."))
        #expect(text.contains("waited in the broker after the warm-up"))
    }

    @Test("runs without anything are not hidden by the others")
    func emptyRuns() {
        let full = Plans.station(interarrival: .constant(1), service: .constant(0.5), duration: .seconds(100))
        let empty = Plans.station(interarrival: .constant(1000), service: .constant(1), duration: .seconds(100))
        let runs = [full, empty].map { RunFacts(Network.run($0, seed: 1)) }
        #expect(Findings.sentences(runs, plan: full).contains("Nothing was produced in 1 of 2 runs."))
    }

    @Test("the busiest uplink is named with its site")
    func busiestUplink() {
        var plan = Plans.observatory(site: Plans.site("fast", count: 2))
        plan.sites.append(Plans.site("slow", count: 3, rate: DataRate(bitsPerSecond: 1_000_000)))
        plan.fleet.append(Plans.group("more", site: 1, count: 4))
        #expect(findings(plan).contains("the uplink of slow/0"))
    }

    @Test("a site that nothing uses is named")
    func idleSite() {
        var plan = Plans.observatory()
        #expect(!findings(plan).contains("nothing uses"))
        plan.sites.append(Plans.site("spare"))
        #expect(findings(plan).contains("No telescope stands at spare"))
    }

    @Test("where nothing happened, nothing is claimed")
    func nothing() {
        let idle = Plans.station(interarrival: .constant(1000), service: .constant(1), duration: .seconds(10))
        #expect(Findings.sentences([RunFacts(Network.run(idle, seed: 1))], plan: idle).count == 1)
        let clouded = Plans.observatory(exposure: .hours(12))
        #expect(
            findings(clouded)
                == "Nothing was produced: no telescope finished an exposure, and closing domes cut 1 short.")
        #expect(Findings.sentences([], plan: idle) == ["No run was finished, so there is nothing to say."])
    }
}

import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("The plan of an uplink")
struct UplinkPlanTests {
    private func plan(_ values: [String: ParameterValue] = [:]) -> UplinkPlan {
        UplinkPlan(values: ParameterValues(values), outages: nil)
    }

    private func rate(_ bitsPerSecond: Int64) -> ParameterValue { .rate(DataRate(bitsPerSecond: bitsPerSecond)) }

    @Test("has no jitter, no loss, no cap and no outages unless stated, and breaks as Linux does")
    func defaults() {
        let plan = plan()
        #expect(plan.jitter == nil && plan.loss == 0 && plan.cap == nil && plan.outages == nil)
        #expect(plan.breakAfter.description == "924.6s")
        #expect(plan.transferRateMax == plan.rate)
    }

    @Test("lets TCP reach what Mathis says in spite of lost packets, and never more than rate and cap")
    func loss() {
        let fast = ["rate": rate(1_000_000_000), "latency": .duration(.milliseconds(40))] as [String: ParameterValue]
        func reached(_ loss: Double, _ values: [String: ParameterValue] = [:]) -> Int64 {
            plan(fast.merging(values) { $1 }.merging(["loss": .share(loss)]) { $1 }).transferRateMax.bitsPerSecond
        }
        // 1460 × 8 bits / 80 ms × √1.5 / √0.01.
        #expect(reached(0.01) == 1_788_127)
        #expect(reached(0.0001) == 17_881_275)
        #expect(reached(0.01, ["latency": .duration(.milliseconds(4))]) == 17_881_275)
        #expect(reached(0.01, ["rate": rate(1_000_000)]) == 1_000_000)
        #expect(reached(0.01, ["cap": rate(500_000)]) == 500_000)
        #expect(reached(0.01, ["latency": .duration(.zero)]) == 1_000_000_000)
        #expect(reached(0) == 1_000_000_000)
    }

    @Test("makes every item travel its latency, and the jitter on top")
    func latency() {
        var stream = RandomStream(seed: 1, entity: "line", purpose: "jitter")
        let untouched = stream.next()
        stream = RandomStream(seed: 1, entity: "line", purpose: "jitter")
        #expect(plan().latency(using: &stream) == .milliseconds(40))
        #expect(stream.next() == untouched)
        let jitter = Distribution(Exponential(mean: 0.01), text: "")
        let plan = plan(["jitter": .distribution(jitter)])
        let times = (0..<20_000).map { _ in plan.latency(using: &stream).seconds }
        #expect(times.allSatisfy { $0 >= 0.04 })
        #expect(abs(times.reduce(0, +) / 20_000 - 0.05) < 0.0003)
    }

    @Test("breaks lines for 0.3 % of the time by default")
    func outages() {
        let outages = OutagePlan(values: ParameterValues([:]))
        var stream = RandomStream(seed: 1, entity: "line", purpose: "outages")
        let downAtFirst = (0..<100_000).count { _ in !outages.startsUp(using: &stream) }
        #expect((250...350).contains(downAtFirst))
        let down = (0..<10_000).reduce(0) { sum, _ in sum + outages.spell(isUp: false, using: &stream).seconds }
        let up = (0..<10_000).reduce(0) { sum, _ in sum + outages.spell(isUp: true, using: &stream).seconds }
        #expect((0.0028...0.0032).contains(down / (up + down)))
    }

    @Test("ends a spell without length only after a millisecond, so that no line flickers without end")
    func shortSpells() {
        let never = ParameterValue.distribution(Distribution(Constant(0), text: "0s"))
        let outages = OutagePlan(values: ParameterValues(["up": never, "down": never]))
        var stream = RandomStream(seed: 1, entity: "line", purpose: "outages")
        #expect(outages.spell(isUp: true, using: &stream) == .milliseconds(1))
    }
}

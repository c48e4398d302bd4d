import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("A load that swings")
struct SwingTests {
    private func swing(_ amplitude: Double) -> SwingPlan {
        SwingPlan(values: ParameterValues(["period": .duration(.seconds(20)), "amplitude": .share(amplitude)]))
    }

    @Test(
        "shrinks gaps in the first half of a period and stretches them in the second, also across the border",
        arguments: [(0.0, 3.0, 2.0), (10, 3, 6), (8, 3, 2), (9, 3, 4), (19, 3, 2 + 2.0 / 3), (0, 40, 40)])
    func gaps(start: Double, gap: Double, stretched: Double) {
        let begin = Instant.start + Duration(seconds: start)
        let time = swing(0.5).stretched(Duration(seconds: gap), from: begin)
        #expect(abs(time.seconds - stretched) < 1e-8)
    }

    @Test("nothing arrives in the second half of a full swing, and the mean stays what it was")
    func fullSwing() {
        #expect(swing(1).stretched(.seconds(4), from: .start + .seconds(9)).seconds == 12)
        var plan = Plans.station(interarrival: .exponential(mean: 0.1), service: .constant(0.01))
        let values = ParameterValues(["interarrival": .distribution(.exponential(mean: 0.1))])
        plan.arrivals = [ArrivalPlan(name: "jobs", values: values, swing: swing(1))]
        let produced = Network.run(plan, seed: 1).ledger.produced.total
        #expect(abs(produced - 100_000) < 1500)
    }
}

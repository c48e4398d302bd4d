import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("Push and pull: what a window of unacknowledged copies does")
struct PrefetchTests {
    /// A consumer that is never short of work: how many it does a second, and how long a copy waits beside it.
    private func consumer(
        prefetch: Int, service: Double, roundTrip: Int64
    ) -> (rate: Double, wait: Double) {
        var plan = Plans.station(
            interarrival: .constant(0.001), service: .constant(service), duration: .seconds(120), warmUp: .seconds(60))
        plan.broker = Plans.broker("rabbitmq", ["prefetch": .count(prefetch)])
        plan.workers = Plans.pool(1, service: .constant(service), roundTrip: .milliseconds(roundTrip))
        let ledger = Network.run(plan, seed: 1).ledger
        let wait = ledger.stageTimes[Stage.workerWait.rawValue].mean ?? -1
        return (Double(ledger.delivered.observed) / 60, wait)
    }

    @Test(
        "the rate is the smaller of prefetch / (round trip + service) and 1 / service, and a window that is too large only waits",
        arguments: [
            (1, 0.01, 0), (1, 0.01, 90), (5, 0.01, 90), (10, 0.01, 90), (20, 0.01, 90), (100, 0.01, 90),
            (3, 0.004, 126), (50, 0.02, 20),
        ] as [(Int, Double, Int64)])
    func law(prefetch: Int, service: Double, roundTrip: Int64) {
        let trip = Double(roundTrip) / 1000
        let (rate, wait) = consumer(prefetch: prefetch, service: service, roundTrip: roundTrip)
        let expected = min(Double(prefetch) / (trip + service), 1 / service)
        #expect(abs(rate / expected - 1) < 0.01, "\(rate) a second, \(expected) by theory")
        let buffered = max(0, Double(prefetch) * service - (trip + service))
        #expect(abs(wait - trip / 2 - buffered) < 1e-6, "\(wait) s, of which \(buffered) s in the buffer by theory")
    }

    @Test("a worker that asks for one at a time loses the round trip each time, whatever the kind of broker")
    func pull() {
        var plan = Plans.station(
            interarrival: .constant(0.001), service: .constant(0.01), duration: .seconds(120), warmUp: .seconds(60))
        plan.workers = Plans.pool(1, service: .constant(0.01), roundTrip: .milliseconds(40))
        for (kind, values) in [("bounded-queue", [:]), ("jetstream", ["pull-batch": .count(1)])]
            as [(String, [String: ParameterValue])]
        {
            plan.broker = Plans.broker(kind, values)
            let rate = Double(Network.run(plan, seed: 1).ledger.delivered.observed) / 60
            #expect(abs(rate / 20 - 1) < 0.01, "\(kind): \(rate) a second")
        }
    }
}

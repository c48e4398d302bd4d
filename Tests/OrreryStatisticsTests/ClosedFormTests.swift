import OrreryTestSupport
import Testing

@Suite("Closed forms of queueing theory")
struct ClosedFormTests {
    @Test("M/M/1 gives the textbook's values")
    func mm1() {
        let queue = ClosedForms.MM1(arrivalRate: 4, serviceRate: 5)
        #expect(close(queue.utilisation, 0.8) && close(queue.meanNumber, 4) && close(queue.meanSojourn, 1))
        #expect(close(queue.meanWait, 0.8) && close(queue.meanQueueLength, 3.2))
        #expect(close(queue.sojournQuantile(0.95), 2.995732273553991) && queue.waitQuantile(0.2) == 0)
        #expect(close(queue.waitQuantile(0.9), 2.0794415416798357))
    }

    @Test("M/M/c gives the textbook's values and is M/M/1 for one server")
    func mmc() {
        // Gross et al., example 2.2: six arrivals an hour, three doctors of 20 minutes: a = 2, C = 4/9, W_q = 0.148 h.
        let clinic = ClosedForms.MMc(arrivalRate: 6, serviceRate: 3, servers: 3)
        #expect(close(clinic.waitProbability, 4.0 / 9) && close(clinic.meanQueueLength, 8.0 / 9))
        #expect(close(clinic.meanWait, 4.0 / 27) && close(clinic.utilisation, 2.0 / 3))
        let plain = ClosedForms.MM1(arrivalRate: 4, serviceRate: 5)
        let single = ClosedForms.MMc(arrivalRate: 4, serviceRate: 5, servers: 1)
        #expect(close(single.meanWait, plain.meanWait) && close(single.waitQuantile(0.9), plain.waitQuantile(0.9)))
    }

    @Test("M/M/1/K gives the textbook's values, also at and above full load")
    func mm1k() {
        #expect(close(ClosedForms.MM1K(arrivalRate: 1, serviceRate: 2, capacity: 2).lossProbability, 1.0 / 7))
        #expect(close(ClosedForms.MM1K(arrivalRate: 2, serviceRate: 2, capacity: 4).lossProbability, 0.2))
        #expect(close(ClosedForms.MM1K(arrivalRate: 2, serviceRate: 1, capacity: 2).lossProbability, 4.0 / 7))
        let long = ClosedForms.MM1K(arrivalRate: 4, serviceRate: 5, capacity: 2000)
        #expect(close(long.meanWait, 0.8) && close(long.utilisation, 0.8) && long.lossProbability < 1e-100)
        // A loss system of one server.
        let loss = ClosedForms.MM1K(arrivalRate: 3, serviceRate: 1, capacity: 1)
        #expect(close(loss.lossProbability, ClosedForms.MMcc(offeredLoad: 3, servers: 1).lossProbability))
        #expect(close(loss.meanWait, 0))
    }

    @Test("M/G/1 is M/M/1 at cv 1 and waits half as long at cv 0")
    func mg1() {
        let plain = ClosedForms.MM1(arrivalRate: 4, serviceRate: 5)
        let exponential = ClosedForms.MG1(arrivalRate: 4, meanService: 0.2, serviceVariation: 1)
        let constant = ClosedForms.MG1(arrivalRate: 4, meanService: 0.2, serviceVariation: 0)
        #expect(close(exponential.meanWait, plain.meanWait) && close(constant.meanWait, plain.meanWait / 2))
        #expect(close(exponential.meanNumber, plain.meanNumber))
    }

    @Test("M/M/c/c gives Erlang's table")
    func mmcc() {
        #expect(close(ClosedForms.MMcc(offeredLoad: 5, servers: 10).lossProbability, 0.018384570336647))
        #expect(close(ClosedForms.MMcc(offeredLoad: 1, servers: 2).lossProbability, 0.2))
        // Erlang's table: 4.461 erlang on 10 servers lose 1 %.
        #expect(abs(ClosedForms.MMcc(offeredLoad: 4.461, servers: 10).lossProbability - 0.01) < 1e-5)
    }

    private func close(_ value: Double, _ expected: Double) -> Bool {
        abs(value - expected) <= 1e-12 * max(1, abs(expected))
    }
}

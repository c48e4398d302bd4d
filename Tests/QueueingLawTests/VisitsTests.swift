import OrreryKernel
import OrreryTestSupport
import Testing

@Suite("The books of a model")
struct VisitsTests {
    private func instant(_ seconds: Int64) -> Instant { .start + .seconds(seconds) }

    /// One customer stays from 1 to 4, another one comes at 2.
    private var visits: Visits {
        var visits = Visits()
        visits.enter(at: instant(1))
        visits.enter(at: instant(2))
        visits.leave(since: instant(1), at: instant(4))
        return visits
    }

    @Test("are right when everybody is accounted for")
    func right() {
        #expect(visits.fault(present: [instant(2)], at: instant(10)) == nil)
        #expect(visits.meanStay == 3 && visits.meanNumber(at: instant(10)) == 1.1)
    }

    @Test("show who is missing, who is too many, and who is taken for somebody else by a nanosecond")
    func wrong() {
        #expect(visits.fault(present: [], at: instant(10)) != nil)
        #expect(visits.fault(present: [instant(2), instant(2)], at: instant(10)) != nil)
        let other = instant(2) + Duration(nanoseconds: 1)
        #expect(visits.fault(present: [other], at: instant(10)) != nil)
    }

    @Test("forget the warm-up, and still balance")
    func restart() {
        var visits = visits
        visits.restart(at: instant(5))
        visits.leave(since: instant(2), at: instant(7))
        #expect(visits.cameCount == 0 && visits.wentCount == 1 && visits.meanStay == 5)
        #expect(visits.meanNumber(at: instant(9)) == 0.5)
        #expect(visits.fault(present: [], at: instant(9)) == nil)
    }
}

@Suite("A comparison with theory")
struct ComparisonTests {
    private func comparison(around mean: Double, spread: Double) -> Comparison {
        Comparison("figure", theory: 1, simulated: (0..<40).map { mean + ($0 % 2 == 0 ? spread : -spread) })
    }

    @Test("confirms what is right and precise")
    func confirms() {
        let close = comparison(around: 1.005, spread: 0.02)
        #expect(close.isConfirmed && close.isPossible && !close.isRefuted)
    }

    @Test("neither confirms nor refutes what is not precise")
    func isUndecided() {
        let vague = comparison(around: 1.04, spread: 0.2)
        #expect(vague.isPossible && !vague.isConfirmed && !vague.isRefuted)
    }

    @Test("does not confirm what is precise and surely off, though by less than 3 %")
    func seesABias() {
        let biased = comparison(around: 1.02, spread: 0.01)
        #expect(!biased.isPossible && !biased.isConfirmed && !biased.isRefuted)
    }

    @Test("refutes what is surely more than 3 % off, and confirms nothing that is no number")
    func refutes() {
        #expect(comparison(around: 1.05, spread: 0.02).isRefuted && comparison(around: 0.95, spread: 0.02).isRefuted)
        for nothing in [
            Comparison("figure", theory: .nan, simulated: [1, 1, 1]),
            Comparison("figure", theory: 1, simulated: [1, 1, .nan]), Comparison("figure", theory: 1, simulated: [1]),
        ] {
            #expect(!nothing.isConfirmed && !nothing.isRefuted)
        }
    }
}

import OrreryKernel
import OrreryStatistics
import Testing

@Suite("Replications until it is clear")
struct SequentialTests {
    @Test("looks start at the floor, grow by half and end at the ceiling")
    func looks() {
        #expect(LookSchedule(floor: 10, ceiling: 80).sizes == [10, 15, 23, 35, 53, 80])
        #expect(LookSchedule(floor: 10, ceiling: 24).sizes == [10, 15, 23, 24])
        #expect(LookSchedule(floor: 7, ceiling: 7).sizes == [7])
        #expect(LookSchedule(floor: 2, ceiling: 6).sizes == [2, 3, 5, 6])
    }

    @Suite("The precision rule")
    struct Precision {
        private let rule = PrecisionRule(
            relativeHalfWidth: 0.1, looks: LookSchedule(floor: 10, ceiling: 100))

        @Test("it asks for the next look's size, also between looks")
        func asksForMore() {
            #expect(total(rule.decide([])) == 10)
            #expect(total(rule.decide(Array(alternating.prefix(9)))) == 10)
            #expect(total(rule.decide(Array(alternating.prefix(10)))) == 15)
            #expect(total(rule.decide(Array(alternating.prefix(12)))) == 15)
        }

        @Test("it stops at the first precise look, whatever comes after")
        func firstPreciseLook() throws {
            // 10 ± 1 at 10 values: 2.262 × 1.054 / √10 = 0.754, which is below a tenth of 10.
            let values = (0..<10).map { $0 % 2 == 0 ? 9.0 : 11 }
            let estimate = try #require(precise(rule.decide(values)))
            #expect(estimate.count == 10 && estimate.mean == 10)
            let same = try #require(precise(rule.decide(values + [-1000, 1000, 7])))
            #expect(same.count == 10 && same.halfWidth == estimate.halfWidth)
        }

        @Test("a mean of zero is never precise relative to itself: the ceiling makes it inconclusive")
        func zeroMean() {
            guard case .inconclusive(let estimate) = rule.decide(alternating) else {
                Issue.record("not inconclusive")
                return
            }
            #expect(estimate.count == 100 && estimate.mean == 0)
            let tolerant = PrecisionRule(relativeHalfWidth: 0.1, absoluteHalfWidth: 1, looks: rule.looks)
            #expect(precise(tolerant.decide(alternating))?.count == 10, "0 ± 0.75 is within a tolerance of 1")
        }

        @Test("equal values mean something from 59 on, or at the ceiling")
        func equalValues() {
            let equal = [Double](repeating: 4, count: 500)
            // Looks: 10, 15, 23, 35, 53, 80.
            #expect(precise(rule.decide(equal))?.count == 80)
            #expect(total(rule.decide(Array(equal.prefix(53)))) == 80)
            let short = PrecisionRule(relativeHalfWidth: 0.1, looks: LookSchedule(floor: 10, ceiling: 30))
            #expect(precise(short.decide(equal))?.count == 30)
            // One value in thirty is different: ten equal ones would have hidden it.
            let rare = (0..<100).map { $0 % 30 == 29 ? 1.0 : 0 }
            #expect(precise(rule.decide(rare)) == nil)
        }

        @Test("intervals at the stop still cover the mean in about 95 % of experiments")
        func coverage() {
            for (name, draw) in PrecisionDraw.all {
                var stream = RandomStream(seed: 1, entity: "precision", purpose: name)
                var covered = 0
                var stopped = 0
                for _ in 0..<4000 {
                    var values: [Double] = []
                    var estimate: Estimate?
                    while estimate == nil {
                        switch PrecisionRule(relativeHalfWidth: 0.1).decide(values) {
                        case .more(let total): while values.count < total { values.append(draw(&stream)) }
                        case .precise(let found):
                            estimate = found
                            stopped += found.count
                        case .inconclusive(let found): estimate = found
                        }
                    }
                    if estimate?.interval?.contains(1) == true { covered += 1 }
                }
                #expect((0.925...0.96).contains(Double(covered) / 4000), "\(name): \(covered) of 4000")
                #expect(stopped < 4000 * 150, "\(name): \(stopped / 4000) replications on average")
            }
        }

        private var alternating: [Double] { (0..<100).map { $0 % 2 == 0 ? 1 : -1 } }

        private func total(_ decision: PrecisionRule.Decision) -> Int? {
            if case .more(let total) = decision { total } else { nil }
        }

        private func precise(_ decision: PrecisionRule.Decision) -> Estimate? {
            if case .precise(let estimate) = decision { estimate } else { nil }
        }
    }

    @Suite("The test against a limit")
    struct Limit {
        private let looks = LookSchedule(floor: 10, ceiling: 80)

        @Test("a mean far from the limit is decided at the floor, on its side")
        func farMean() {
            let values = (0..<80).map { 5 + Double($0 % 3) }
            #expect(side(SequentialTest(limit: 60, looks: looks).decide(values: values)) == "below 10")
            #expect(side(SequentialTest(limit: -60, looks: looks).decide(values: values)) == "above 10")
            #expect(side(SequentialTest(limit: 5.9, looks: looks).decide(values: values)) == "undecided 80")
            #expect(side(SequentialTest(limit: 60, looks: looks).decide(values: [])) == "more 10")
        }

        @Test("equal values decide nothing before there are 59 of them")
        func equalValues() {
            let test = SequentialTest(limit: 1, looks: looks)
            #expect(side(test.decide(values: [Double](repeating: 0, count: 53))) == "more 80")
            #expect(side(test.decide(values: [Double](repeating: 0, count: 80))) == "below 80")
            #expect(side(test.decide(values: [Double](repeating: 1, count: 80))) == "undecided 80")
        }

        @Test("without a single event, 107 replications show a probability below 5 %, and 106 do not")
        func noEvents() {
            func verdict(_ count: Int) -> String {
                let looks = LookSchedule(floor: count / 7, ceiling: count)
                #expect(looks.sizes.count == 6)
                return side(
                    SequentialTest(limit: 0.05, looks: looks).decide(events: [Bool](repeating: false, count: count)))
            }
            #expect(verdict(107) == "below 107" && verdict(106) == "undecided 106")
        }

        @Test("one event lies above a limit of zero at the first look")
        func impossibleEvent() {
            let events = [false, true] + [Bool](repeating: false, count: 78)
            #expect(side(SequentialTest(limit: 0, looks: looks).decide(events: events)) == "above 10")
            let none = [Bool](repeating: false, count: 80)
            #expect(side(SequentialTest(limit: 0, looks: looks).decide(events: none)) == "undecided 80")
        }

        @Test(
            "a wrong side of a mean is named in at most 5 % of experiments, also at the limit",
            arguments: [0, 0.05, 0.3, 1.5])
        func meanError(distance: Double) {
            var stream = RandomStream(seed: 2, entity: "sequential", purpose: "mean \(distance)")
            let test = SequentialTest(limit: 10, looks: looks)
            var wrong = 0
            var right = 0
            for _ in 0..<4000 {
                let values = (0..<80).map { _ in 10 + distance + stream.standardNormal() }
                switch test.decide(values: values) {
                case .below: wrong += 1
                case .above: if distance == 0 { wrong += 1 } else { right += 1 }
                case .more, .undecided: break
                }
            }
            #expect(wrong <= (distance == 0 ? 200 : 100), "\(wrong) of 4000")
            if distance == 1.5 { #expect(right == 4000) }
            if distance == 0.3 { #expect(right > 1500, "\(right) of 4000 found") }
        }

        @Test("of skewed values, a wrong side is named little more often than the error says", arguments: [0, 1, 2])
        func skewedError(distribution: Int) {
            var stream = RandomStream(seed: 4, entity: "sequential", purpose: "skewed \(distribution)")
            for error in [0.05, 0.001] {
                let test = SequentialTest(limit: 1, error: error, looks: LookSchedule(floor: 10, ceiling: 200))
                var wrong = 0
                for _ in 0..<10_000 {
                    let values = (0..<200).map { _ in
                        switch distribution {
                        case 0: stream.standardGamma(shape: 4) / 4
                        case 1: stream.standardExponential()
                        default: PortableMath.exp(0.8325546111576977 * stream.standardNormal()) / 2.squareRoot()
                        }
                    }
                    switch test.decide(values: values) {
                    case .below, .above: wrong += 1
                    case .more, .undecided: break
                    }
                }
                let share = Double(wrong) / 10_000
                #expect(share <= (error == 0.05 ? 0.065 : 0.01), "\(share) at \(error)")
            }
        }

        @Test(
            "a wrong side of a probability is named in at most 5 % of experiments, also at the limit",
            arguments: [0.01, 0.05, 0.06, 0.2, 0.5, 0.9])
        func probabilityError(truth: Double) {
            var stream = RandomStream(seed: 3, entity: "sequential", purpose: "probability \(truth)")
            for limit in [0.05, 0.2, 0.5] {
                let test = SequentialTest(limit: limit, looks: looks)
                var wrong = 0
                for _ in 0..<2000 {
                    let events = (0..<80).map { _ in stream.unit() < truth }
                    switch test.decide(events: events) {
                    case .below(let evidence):
                        if truth >= limit { wrong += 1 }
                        #expect(evidence.interval.upperBound < limit)
                    case .above: if truth <= limit { wrong += 1 }
                    case .more, .undecided: break
                    }
                }
                #expect(wrong <= 100, "\(wrong) of 2000 at \(truth) against \(limit)")
            }
        }

        private func side(_ verdict: SequentialTest.Verdict) -> String {
            switch verdict {
            case .more(let total): "more \(total)"
            case .below(let evidence): "below \(evidence.count)"
            case .above(let evidence): "above \(evidence.count)"
            case .undecided(let evidence): "undecided \(evidence.count)"
            }
        }
    }
}

/// Values with a mean of 1 for the coverage of intervals.
private enum PrecisionDraw {
    static let all: [(name: String, draw: @Sendable (inout RandomStream) -> Double)] = [
        ("normal, cv 0.15", { 1 + 0.15 * $0.standardNormal() }),
        ("normal, cv 0.3", { 1 + 0.3 * $0.standardNormal() }),
        ("gamma with shape 4", { $0.standardGamma(shape: 4) / 4 }),
        ("exponential", { $0.standardExponential() }),
    ]
}

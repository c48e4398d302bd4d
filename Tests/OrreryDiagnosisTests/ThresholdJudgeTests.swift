import OrreryDiagnosis
import OrreryKernel
import OrreryModel
import OrreryTestSupport
import Testing

@Suite("Thresholds are judged on what was observed")
struct ThresholdJudgeTests {
    private let plan = Plans.station(interarrival: .constant(1), service: .constant(0.5), duration: .seconds(100))

    private func judge(
        _ metric: String, _ aggregation: Threshold.Aggregation, _ comparison: Threshold.Comparison, _ limit: Double,
        _ plans: [NetworkPlan]
    ) -> Judgement {
        let threshold = Threshold(
            metric: metric, aggregation: aggregation, comparison: comparison, limit: .value(limit), text: "")
        var judge = ThresholdJudge(threshold)
        for (seed, plan) in plans.enumerated() { judge.add(RunRecord(Network.run(plan, seed: UInt64(seed)))) }
        return judge.judgement
    }

    @Test("percentiles, means and extremes of a distribution compare in seconds")
    func distributions() {
        #expect(judge("delivery.latency", .percentile(0.99), .less, 0.51, [plan]).holds)
        #expect(!judge("delivery.latency", .percentile(0.99), .less, 0.49, [plan]).holds)
        #expect(judge("delivery.latency", .maximum, .equal, 0.5, [plan]).holds)
        #expect(judge("delivery.latency", .minimum, .greaterOrEqual, 0.5, [plan]).holds)
        #expect(judge("delivery.latency", .count, .equal, 99, [plan]).holds)
    }

    @Test("counts add up over the seeds, levels are averaged, and each seed is also judged alone")
    func overSeeds() {
        let busy = Plans.station(interarrival: .constant(1), service: .constant(1), duration: .seconds(100))
        let counts = judge("items.produced", .count, .equal, 200, [plan, busy])
        #expect(counts.holds && counts.observed == 200 && counts.seedsHolding == 0 && counts.seedsJudged == 2)
        let levels = judge("workers.utilisation", .mean, .less, 0.8, [plan, busy])
        #expect(levels.holds && levels.seedsHolding == 1)
        #expect(!judge("workers.utilisation", .maximum, .less, 0.8, [plan, busy]).holds)
    }

    @Test("without data nothing holds, not even that something is small")
    func withoutData() {
        let idle = Plans.station(interarrival: .constant(1000), service: .constant(1), duration: .seconds(100))
        for comparison in Threshold.Comparison.allCases {
            let judgement = judge("delivery.latency", .mean, comparison, 1, [idle])
            #expect(!judgement.holds && judgement.observed == nil && judgement.seedsHolding == 0)
            #expect(!judge("store.utilisation", .mean, comparison, 0.5, [plan]).holds, "there is no store")
        }
    }

    /// A station that is idle for half of its time and then gets more than it can do.
    private func judge(_ threshold: Threshold, _ plans: [NetworkPlan], baseline: Double? = nil) -> Judgement {
        var judge = ThresholdJudge(threshold, baseline: baseline)
        for (seed, plan) in plans.enumerated() { judge.add(RunRecord(Network.run(plan, seed: UInt64(seed)))) }
        return judge.judgement
    }

    /// One item every 2 s, of which the centre is away from 40 s to 60 s and refuses what comes.
    private var outage: NetworkPlan {
        Plans.withOutage(
            Plans.station(interarrival: .constant(2), service: .constant(0.5), duration: .seconds(100)),
            at: .seconds(40), for: .seconds(20))
    }

    @Test("during: only what happens in that time counts")
    func during() {
        func lost(_ from: Int64, _ to: Int64) -> Judgement {
            let span = Threshold.Span(start: .seconds(from), end: .seconds(to))
            return judge(
                Threshold(
                    metric: "items.lost", aggregation: .count, comparison: .equal, limit: .value(0), text: "",
                    scope: Threshold.Scope(during: span)), [outage])
        }
        #expect(lost(0, 39).holds && lost(62, 100).holds)
        let broken = lost(30, 70)
        #expect(!broken.holds && broken.observed == 10)
        #expect(broken.firstViolation.map { (39.8...40.2).contains($0.seconds) } ?? false)
    }

    @Test("window: the worst place of the window counts, and a longer window dilutes it")
    func window() throws {
        func delivered(_ seconds: Int64) throws -> Double {
            let found = judge(
                Threshold(
                    metric: "delivery.throughput", aggregation: .mean, comparison: .greater, limit: .value(0.4),
                    text: "", scope: Threshold.Scope(window: .seconds(seconds))), [outage])
            #expect(!found.holds)
            return try #require(found.observed)
        }
        #expect(try delivered(10) == 0)
        #expect(abs(try delivered(40) - 0.25) < 0.03, "in the worst 40 s, 20 s are without deliveries")
    }

    @Test("seeds: it must hold in a share of the seeds, each by itself")
    func seedsQuantifier() {
        let busy = Plans.station(interarrival: .constant(1), service: .constant(1), duration: .seconds(100))
        func levels(_ share: Double?) -> Judgement {
            judge(
                Threshold(
                    metric: "workers.utilisation", aggregation: .mean, comparison: .less, limit: .value(0.8), text: "",
                    scope: Threshold.Scope(seeds: share)), [plan, plan, plan, busy])
        }
        #expect(levels(0.75).holds && !levels(0.76).holds && levels(nil).holds)
        #expect(levels(0.76).worstSeed == 3 && levels(0.76).seedsHolding == 3)
    }

    @Test("baseline: the limit is what a stored result says, times a factor; a count's grows with the seeds")
    func baseline() {
        func produced(_ factor: Double, _ baseline: Double?, _ comparison: Threshold.Comparison = .lessOrEqual)
            -> Judgement
        {
            judge(
                Threshold(
                    metric: "items.produced", aggregation: .count, comparison: comparison,
                    limit: .baseline(factor: factor), text: ""), [plan, plan, plan], baseline: baseline)
        }
        #expect(produced(1, 100).holds && produced(1, 100).limit == 300 && produced(1, 100).seedsHolding == 3)
        #expect(produced(1.05, 95).verdict == .broken && produced(1.06, 95).holds)
        #expect(produced(1, nil).verdict == .unjudged)
    }

    @Test("probability: too few runs show nothing, and the judgement says how many would")
    func probability() {
        func collapsed(_ runs: Int, _ collapses: Int, _ limit: Double, _ comparison: Threshold.Comparison = .less)
            -> Judgement
        {
            let overload = Plans.station(interarrival: .constant(1), service: .constant(2), duration: .seconds(100))
            let records = [plan, overload].map { RunRecord(Network.run($0, seed: 1)) }
            #expect(records.map(\.runClass) == [.stable, .collapsed])
            var judge = ThresholdJudge(
                Threshold(
                    metric: "outcome.collapsed", aggregation: .probability, comparison: comparison,
                    limit: .value(limit), text: ""))
            for run in 0..<runs { judge.add(records[run < collapses ? 1 : 0]) }
            return judge.judgement
        }
        let few = collapsed(30, 0, 0.05)
        #expect(few.verdict == .inconclusive)
        #expect(few.remark == "0 of 30 runs: that shows P < 9.5 %; 59 runs would show 5 %")
        #expect(collapsed(58, 0, 0.05).verdict == .inconclusive && collapsed(59, 0, 0.05).verdict == .holds)
        #expect(collapsed(299, 0, 0.01).verdict == .holds)
        #expect(collapsed(30, 6, 0.05).verdict == .broken && collapsed(30, 3, 0.05).verdict == .inconclusive)
        #expect(collapsed(60, 60, 0.9, .greater).verdict == .holds)
        #expect(collapsed(20, 0, 0.9, .greaterOrEqual).verdict == .broken)
        #expect(collapsed(0, 0, 0.05).verdict == .unjudged)
    }
}

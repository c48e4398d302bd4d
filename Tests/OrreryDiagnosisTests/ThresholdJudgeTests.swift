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
            metric: metric, aggregation: aggregation, comparison: comparison, limit: limit, text: "")
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
}

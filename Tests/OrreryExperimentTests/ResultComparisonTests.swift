import OrreryExperiment
import OrreryKernel
import OrreryScenario
import Testing

@Suite("A comparison of stored results")
struct ResultComparisonTests {
    private func station(_ service: String, seeds: ClosedRange<UInt64>) async throws -> VariantResult {
        let text = """
            version: 1
            name: station
            time: { duration: 1000s, warm-up: 100s }
            arrivals: { jobs: { interarrival: { kind: exponential, mean: 1s } } }
            system: { workers: { count: 1, service: { kind: exponential, mean: \(service) } } }

            """
        let scenario = try Scenario.decode(text, file: "station.yaml", overrides: [])
        let experiment = Experiment(scenario: scenario, seeds: Array(seeds), command: "")
        return try await experiment.run(with: Replicator(jobs: 2)).variants[0]
    }

    private func compare(_ base: VariantResult, _ heads: VariantResult...) -> ResultComparison {
        ResultComparison(heads.map { .init(name: "head", base: base, head: $0) })
    }

    @Test("says that a result is the same as itself")
    func itself() async throws {
        let result = try await station("700ms", seeds: 1...5)
        let comparison = compare(result, result)
        #expect(!comparison.isRegression)
        #expect(comparison.alternatives[0].metrics.allSatisfy { $0.verdict == .same || $0.difference == 0 })
        #expect(comparison.alternatives[0].pairs == 5)
    }

    @Test("raises an alarm in at most 5 % of 4000 comparisons where nothing differs but chance")
    func nothing() async throws {
        let pool = try await station("700ms", seeds: 1...2000)
        var stream = RandomStream(seed: 1, entity: "test", purpose: "runs that are compared")
        var order = Array(pool.replications.indices)
        var alarms = 0
        for _ in 0..<4000 {
            // Twenty runs and twenty others, which pair up though their chance is another one.
            for place in 0..<40 { order.swapAt(place, place + stream.index(below: order.count - place)) }
            let comparison = compare(pool.keeping(order[0..<20]), pool.keeping(order[20..<40]))
            let verdicts = comparison.alternatives[0].verdicts
            if verdicts.contains(where: { $0 == .worse || $0 == .better }) { alarms += 1 }
        }
        #expect(alarms <= 200 && alarms > 0, "\(alarms) alarms")
        print("A/A: \(alarms) of 4000 comparisons raise an alarm")
    }

    @Test("finds a mean latency that is 5 % longer in at least 95 of 100")
    func planted() async throws {
        // Its mean is service ÷ (1 − utilisation): 0.512 ÷ 0.488 is 1.049 times 0.5 ÷ 0.5.
        var found = 0
        var reduction = 0.0
        for number in 0..<100 as Range<UInt64> {
            let seeds = number * 20 + 1...number * 20 + 20
            let comparison = compare(
                try await station("500ms", seeds: seeds), try await station("512ms", seeds: seeds))
            let latency = try #require(comparison.alternatives[0].metrics.first { $0.key == "delivery.latency" })
            if latency.verdict == .worse, comparison.isRegression { found += 1 }
            reduction += (latency.varianceReduction ?? 0) / 100
        }
        #expect(found >= 95, "\(found) found")
        print("5 % longer latency: found in \(found) of 100; common seeds cut the variance \(reduction) times")
    }

    @Test("calls it worse if more runs collapse, and says nothing of few that do")
    func endings() async throws {
        // The runs of a stable station; classes are put into its results by hand.
        let stable = try await station("300ms", seeds: 1...20)
        func ending(_ collapsed: Int, _ metastable: Int = 0) -> VariantResult {
            var variant = stable
            for index in variant.replications.indices {
                let isBad = index < collapsed + metastable
                variant.replications[index].class = isBad ? index < collapsed ? "collapsed" : "metastable" : "stable"
            }
            return variant
        }
        let worse = compare(ending(0), ending(10))
        let rows = worse.alternatives[0].endings
        #expect(rows.map(\.classes) == [["collapsed"]] && rows[0].verdict == .worse && worse.isRegression, "\(rows)")
        #expect(rows[0].base == 0 && rows[0].head == 10 && rows[0].onlyHead == 10 && rows[0].pairs == 20)
        #expect(abs(rows[0].pValue - 2 / 1024.0) < 1e-12)
        let better = compare(ending(10), ending(0))
        #expect(!better.isRegression && better.alternatives[0].endings.allSatisfy { $0.verdict == .better })
        let few = compare(ending(0), ending(3))
        #expect(!few.isRegression && few.alternatives[0].endings.allSatisfy { $0.verdict == .notShown })
        let same = compare(ending(4), ending(4)).alternatives[0].endings
        #expect(same.allSatisfy { $0.verdict == .same && $0.pAdjusted == nil })
        let deeper = compare(ending(0, 12), ending(12, 0)).alternatives[0].endings
        #expect(deeper.map(\.classes) == [["collapsed"], ["metastable", "collapsed"]])
        #expect(deeper.map(\.verdict) == [.worse, .same], "metastable runs that collapse are worse, and no better end")
    }

    @Test("judges several alternatives together: each p-value is raised by all of them")
    func several() async throws {
        let base = try await station("700ms", seeds: 1...10)
        let head = try await station("710ms", seeds: 1...10)
        func adjusted(_ comparison: ResultComparison) throws -> [Double] {
            try comparison.alternatives.map { alternative in
                let latency = try #require(alternative.metrics.first { $0.key == "delivery.latency" })
                #expect(try #require(latency.pAdjusted) >= #require(latency.pValue))
                return try #require(latency.pAdjusted)
            }
        }
        let alone = try adjusted(compare(base, head))[0]
        let among = try adjusted(compare(base, head, head, head))[0]
        #expect(among >= alone)
    }

    @Test("knows which way is better")
    func direction() async throws {
        let slow = try await station("900ms", seeds: 1...20)
        let fast = try await station("500ms", seeds: 1...20)
        let better = compare(slow, fast).alternatives[0].metrics
        #expect(better.first { $0.key == "delivery.latency" }?.verdict == .better)
        #expect(better.first { $0.key == "items.produced" }?.verdict == .same)
        #expect(!compare(slow, fast).isRegression && compare(fast, slow).isRegression)
        let ratio = try #require(better.first { $0.key == "delivery.latency" })
        #expect(try (#require(ratio.ratioLower)...#require(ratio.ratioUpper)).contains(try #require(ratio.ratio)))
    }
}

extension VariantResult {
    /// A result of some of its runs only, with seeds from 1 on.
    fileprivate func keeping(_ runs: ArraySlice<Int>) -> VariantResult {
        var part = self
        part.replications = zip(UInt64(1)..., runs).map { seed, run in
            var replication = replications[run]
            replication.seed = seed
            return replication
        }
        part.latency.bySeed = runs.map { latency.bySeed[$0] }
        for index in metrics.indices { part.metrics[index].bySeed = runs.map { metrics[index].bySeed[$0] } }
        return part
    }
}

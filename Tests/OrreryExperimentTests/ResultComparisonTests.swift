import OrreryExperiment
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

    @Test("raises an alarm in at most about 5 of 100 where nothing differs but chance")
    func nothing() async throws {
        var alarms = 0
        for number in 0..<100 as Range<UInt64> {
            let first = number * 40 + 1
            let base = try await station("700ms", seeds: first...first + 19)
            var head = try await station("700ms", seeds: first + 20...first + 39)
            // The seeds of the base, so that the runs pair up though their chance is another one.
            for index in head.replications.indices { head.replications[index].seed = base.replications[index].seed }
            let metrics = compare(base, head).alternatives[0].metrics
            if metrics.contains(where: { $0.verdict == .worse || $0.verdict == .better }) { alarms += 1 }
        }
        // Five in a hundred are more than ten once in a hundred times.
        #expect(alarms <= 10, "\(alarms) alarms")
        print("A/A: \(alarms) of 100 comparisons raise an alarm")
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

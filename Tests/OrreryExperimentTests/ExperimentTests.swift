import OrreryExperiment
import OrreryScenario
import Testing

@Suite("An experiment's result holds what was found, and nothing that was not")
struct ExperimentTests {
    private func run(_ text: String, seeds: Range<UInt64> = 1..<5, jobs: Int = 2) async throws -> ExperimentResult {
        let scenario = try Scenario.decode(text, file: "test.yaml", overrides: [])
        return try await Experiment(scenario: scenario, seeds: Array(seeds), command: "orrery run test.yaml").run(
            with: Replicator(jobs: jobs))
    }

    private let station = """
        version: 1
        name: station
        time: { duration: 2000s, warm-up: 200s }
        arrivals:
          jobs: { interarrival: { kind: exponential, mean: 1s } }
        system:
          broker: { capacity: 8 }
          workers: { count: 1, service: { kind: exponential, mean: 800ms } }

        """

    @Test("conservation holds in every replication, and the stages' means sum to the mean latency")
    func sums() async throws {
        let result = try await run(station)
        let variant = try #require(result.variants.first)
        #expect(variant.replications.map(\.seed) == [1, 2, 3, 4])
        for run in variant.replications {
            #expect(run.produced == run.delivered + run.lost.values.reduce(0, +) + run.inFlight)
            #expect(run.lost["broker-full"] ?? 0 > 0)
        }
        let stages = variant.stages.compactMap(\.mean).reduce(0, +)
        #expect(abs(stages - (variant.latency.mean ?? 0)) < 1e-9)
        #expect(variant.stages.map(\.name) == ["broker-wait", "service"])
        #expect(variant.latency.quantiles.map(\.seconds) == variant.latency.quantiles.map(\.seconds).sorted())
        #expect(result.fingerprint.count == 32)
    }

    @Test("intervals need two seeds: with one there is none, and none is invented")
    func intervals() async throws {
        let one = try await run(station, seeds: 1..<2)
        #expect(one.variants[0].metrics.allSatisfy { $0.halfWidth == nil })
        #expect(one.variants[0].latency.halfWidth == nil)
        let four = try await run(station)
        let throughput = try #require(four.variants[0].metrics.first { $0.key == "delivery.throughput" })
        #expect(throughput.perSeed.count == 4 && throughput.halfWidth ?? 0 > 0)
        #expect(
            !four.variants[0].metrics.contains { $0.key.hasPrefix("store.") || $0.key.hasPrefix("uplinks.") },
            "there are none")
    }

    @Test("variants share their randomness: what differs is the variant alone")
    func commonRandomNumbers() async throws {
        let text =
            station + """
                variants:
                  as-written: {}
                  two-workers: { system: { workers: { count: 2 } } }

                """
        let result = try await run(text)
        let produced = result.variants.map { $0.replications.map(\.produced) }
        #expect(produced[0] == produced[1], "the arrivals are the same in both")
        #expect(result.variants[0].fingerprint != result.variants[1].fingerprint)
    }

    @Test("a variant that changes nothing differs by exactly zero in every metric, and no difference is shown")
    func sameAgain() async throws {
        let result = try await run(station + "variants: { as-written: {}, same: {} }\n")
        #expect(result.variants[0].differences.isEmpty)
        let differences = result.variants[1].differences
        #expect(
            differences.map(\.key).starts(with: result.variants[0].metrics.map(\.key))
                && differences.map(\.key).contains("delivery.latency"))
        #expect(differences.allSatisfy { ($0.mean, $0.halfWidth, $0.pairs) == (0, 0, 4) && $0.direction == .notShown })
    }

    @Test("differences to the first variant are taken seed by seed")
    func pairedDifferences() async throws {
        let variants = "variants: { one: {}, two: { system: { workers: { count: 2 } } } }\n"
        let result = try await run(station + variants)
        func perSeed(_ variant: Int, _ key: String) throws -> [Double] {
            try #require(result.variants[variant].metrics.first { $0.key == key }).perSeed
        }
        for key in ["items.lost", "delivery.throughput", "workers.utilisation"] {
            let differences = zip(try perSeed(0, key), try perSeed(1, key)).map { $1 - $0 }
            let found = try #require(result.variants[1].differences.first { $0.key == key })
            #expect(found.pairs == 4 && abs(found.mean - differences.reduce(0, +) / 4) < 1e-12)
            let squares = differences.reduce(0) { $0 + ($1 - found.mean) * ($1 - found.mean) }
            // t(0.975, 3) = 3.182446.
            #expect(abs((found.halfWidth ?? 0) / (3.182446305284263 * (squares / 12).squareRoot()) - 1) < 1e-8)
        }
        let lost = try #require(result.variants[1].differences.first { $0.key == "items.lost" })
        #expect(lost.direction == .lower)
        let latency = try #require(result.variants[1].differences.first { $0.key == "delivery.latency" })
        #expect(latency.direction == .lower && latency.pairs == 4)
        let single = try await run(station + variants, seeds: 1..<2).variants[1].differences
        #expect(!single.isEmpty && single.allSatisfy { $0.halfWidth == nil && $0.direction == nil && $0.pairs == 1 })
    }

    @Test("a seed in which one variant measured nothing has no pair, and the others stay with their own seeds")
    func unpairedSeeds() async throws {
        let rare = "variants: { often: {}, rare: { arrivals: { jobs: { interarrival: { mean: 2000s } } } } }\n"
        let result = try await run(station.replacing("warm-up: 200s", with: "warm-up: 0s") + rare, seeds: 1..<13)
        // Without a warm-up, a run's totals are what the metrics count.
        func shares(_ variant: Int) -> [Double?] {
            result.variants[variant].replications.map { run in
                run.produced == 0 ? nil : Double(run.lost.values.reduce(0, +)) / Double(run.produced)
            }
        }
        let pairs = zip(shares(0), shares(1)).compactMap { first, second in
            first.flatMap { first in second.map { $0 - first } }
        }
        #expect(pairs.count > 2 && pairs.count < 12 && shares(1).first != nil)
        let found = try #require(result.variants[1].differences.first { $0.key == "items.loss-share" })
        #expect(found.pairs == pairs.count && abs(found.mean - pairs.reduce(0, +) / Double(pairs.count)) < 1e-12)
        #expect(result.variants[1].differences.first { $0.key == "items.lost" }?.pairs == 12)
    }

    @Test("the verdict fails on a broken threshold, and is invalid without data")
    func verdicts() async throws {
        func outcome(_ thresholds: String, from text: String) async throws -> ExperimentResult.Outcome {
            try await run(text + "thresholds: { \(thresholds) }\n").verdict.outcome
        }
        #expect(try await outcome("delivery.latency: [ \"p(50) < 1h\" ]", from: station) == .passed)
        #expect(try await outcome("delivery.latency: [ \"p(50) < 1h\", \"max < 1ms\" ]", from: station) == .failed)
        #expect(try await outcome("store.utilisation: [ \"mean < 50%\" ]", from: station) == .invalid)
        let idle = station.replacing("mean: 1s", with: "mean: 1w")
        #expect(try await outcome("items.lost: [ \"count == 0\" ]", from: idle) == .invalid)
        #expect(try await run(station).verdict.outcome == .passed)
        let variants = "variants: { full: {}, idle: { arrivals: { jobs: { interarrival: { mean: 1w } } } } }\n"
        let verdict = try await run(station + "thresholds: { items.lost: [ \"count >= 0\" ] }\n" + variants).verdict
        #expect(verdict.outcome == .invalid && verdict.sentence.contains("in variant idle"))
    }

    @Test("a variant of another time says so itself")
    func variantOfTime() async throws {
        let variants =
            "variants: { as-written: {}, long: { time: { start: 2026-06-01, duration: 1h, warm-up: 10m } } }\n"
        let long = try await run(station + variants, seeds: 1..<2).variants[1]
        #expect(long.startDate == "2026-06-01" && long.durationSeconds == 3600 && long.warmUpSeconds == 600)
        #expect(abs(long.series.binSeconds * Double(long.series.produced.count) - 3600) < 0.01)
    }

    @Test("the interval of the mean latency weighs seeds by their items")
    func ratioInterval() async throws {
        let variant = try await run(station, seeds: 1..<31).variants[0]
        let latency = variant.latency
        let halfWidth = try #require(latency.halfWidth)
        let mean = try #require(latency.mean)
        // An M/M/1/9 station with a utilisation of 0.8 takes 2.884 s on average.
        #expect(abs(mean - 2.884) < 3 * halfWidth && halfWidth < 0.1 * mean, "\(mean) ± \(halfWidth)")
    }

    @Test("series have one value a bin, and add up to the totals")
    func series() async throws {
        let variant = try await run(station).variants[0]
        let produced = variant.replications.reduce(0) { $0 + $1.produced }
        #expect(abs(variant.series.produced.reduce(0, +) * 4 - Double(produced)) < 0.01)
        #expect(variant.series.brokerDepth.count == variant.series.produced.count)
        let highest = variant.metrics.first { $0.key == "broker.depth-highest" }?.perSeed.max()
        #expect(variant.series.brokerDepthHighest.max() == highest)
        #expect(variant.series.uplinkUtilisation == nil && variant.series.storeUtilisation == nil)
        let workers = try #require(variant.series.workerUtilisation)
        #expect(workers.allSatisfy { (0...1).contains($0) })
    }
}

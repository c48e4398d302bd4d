import OrreryKernel
import OrreryModel
import OrreryStatistics
import OrreryTestSupport
import Testing

/// What the README of the story says, over ten seeds.
@Suite("A thrashing autoscaler", .enabled(if: isRelease, "release builds only"))
struct ThrashingTests {
    private static let broker = "system.broker={ kind: kafka, partitions: 60, batch-size: 1B, max-poll-records: 5, "

    private func runs(_ variant: String, _ settings: [String] = []) throws -> [Recording] {
        try ShippedScenarios.run("thrashing-autoscaler/scenario.yaml", variant: variant, settings, seeds: 1..<11)
    }

    @Test("turns round at every look under a constant load, and its workers stand still most of the time")
    func before() throws {
        let before = try runs("before")
        for run in before {
            #expect(run.reversals > 55, "the script looks sixty times an hour")
            #expect(run.figure("replicas.starts") > 110)
        }
        // It has about as many workers as are enough where nobody scales, and yet everything is late.
        let fixed = try runs("fixed")
        let missing = Estimate(zip(fixed, before).map { $0.figure("replicas.ready") - $1.figure("replicas.ready") })
        #expect(try #require(missing.interval).upperBound < 4)
        #expect(try #require(before.latencies.quantile(0.5)) > 300)
        #expect(try #require(fixed.latencies.quantile(0.99)) < 10)
    }

    @Test("is not the load's doing: begun with enough workers, the same script under the same load never moves")
    func undisturbed() throws {
        for run in try runs("undisturbed") { #expect(run.figure("replicas.starts") == 0 && run.reversals == 0) }
    }

    @Test("does not happen where scaling stops nobody", arguments: ["free-rebalance", "rabbitmq"])
    func negativeControl(variant: String) throws {
        for run in try runs(variant) {
            #expect(run.reversals == 0)
            let starts = try #require(run.replicas).starts
            #expect(starts.total > 0 && starts.observed == 0, "it must have scaled, and then have settled")
        }
    }

    @Test("begins where the pencil says: a stop of 10 s is never mistaken for idleness, one of 25 s always, on paper")
    func pencil() throws {
        func thrashing(_ stop: String) throws -> Int {
            try runs("before", [ThrashingTests.broker + "rebalance-time: \(stop) }"]).count { $0.reversals > 30 }
        }
        #expect(try thrashing("10s") == 0)
        #expect(try (3...8).contains(thrashing("20s")))
        #expect(try thrashing("25s") >= 8)
    }

    @Test(
        "is cured by looking less often than a disturbance lasts, and by stopping only what moves",
        arguments: ["slow-script", "cooperative", "fixed"])
    func cured(variant: String) throws {
        for run in try runs(variant) { #expect(run.reversals == 0) }
    }

    @Test(
        "befalls better controllers too, until their windows are longer than the disturbance",
        arguments: [("kubernetes", "kubernetes-window"), ("queue-length", "queue-length-window")])
    func windows(asItComes: String, remedied: String) throws {
        let (restless, calm) = (try runs(asItComes), try runs(remedied))
        for run in restless { #expect(run.reversals > 5) }
        for run in calm { #expect(run.reversals <= 0.5) }
        let spared = Estimate(zip(restless, calm).map { $0.figure("replicas.seconds") - $1.figure("replicas.seconds") })
        #expect(try #require(spared.interval).lowerBound > 50_000)
    }

    @Test("follows a swinging load with a window shorter than half a swing, and not with a longer one")
    func swing() throws {
        for run in try runs("swing-short-window") {
            #expect(run.reversals == 6, "two for each of three swings an hour")
        }
        for run in try runs("swing-long-window") { #expect(run.reversals <= 1.5) }
    }
}

extension Recording {
    /// How often an hour the autoscaler turned round.
    fileprivate var reversals: Double { figure("replicas.reversals") }
}

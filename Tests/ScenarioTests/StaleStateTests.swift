import OrreryKernel
import OrreryModel
import OrreryStatistics
import OrreryTestSupport
import Testing

/// What the README of the story says, over five seeds.
@Suite("Stale state", .enabled(if: isRelease, "release builds only"))
struct StaleStateTests {
    private func runs(_ variant: String, _ settings: [String] = [], duration: String = "2h") throws -> [Recording] {
        try ShippedScenarios.run(
            "stale-state/scenario.yaml", variant: variant, ["time.duration=\(duration)"] + settings, seeds: 1..<6)
    }

    private static let triple = "arrivals.events.interarrival={ kind: exponential, mean: 28.8ms }"

    @Test("holds at first; twice the events make it crawl, for its workers have more than twice the work")
    func growth() throws {
        let before = try runs("before")
        for run in before { #expect(run.figure("workers.utilisation") < 0.6) }
        #expect(before.mean { $0.figure("operators.utilisation") } < 0.5)
        for run in try runs("growth") {
            #expect(run.figure("workers.utilisation") > 0.99)
            #expect(try #require(run.ledger.latency.quantile(0.5)) > 100)
        }
    }

    @Test("conflicts as much with four times the hardware, and its operators drown in what the workers give up")
    func hardware() throws {
        // With the same load on both, so that nothing else differs.
        let few = try runs("before").map { $0.figure("state.conflict-share") }
        let many = try runs("before", ["system.workers.count=32"]).map { $0.figure("state.conflict-share") }
        let difference = Estimate(zip(few, many).map { $1 - $0 })
        #expect(abs(try #require(difference.mean)) < 0.001, "\(few) and \(many)")
        for run in try runs("growth-4x-hardware") {
            #expect(run.figure("workers.utilisation") < 0.35)
            #expect(run.figure("state.conflict-share") > 0.045)
            #expect(run.figure("operators.utilisation") > 0.9)
            #expect(run.figure("operators.tickets-per-shift") > 80)
        }
    }

    @Test("is what the pencil says: the mean over the keys of 1 − e^(−λt), a little more where few keys are very hot")
    func pencil() throws {
        let expected = 0.0211
        let found = try runs("before", duration: "4h").mean { $0.figure("state.conflict-share") }
        #expect((0.98...1.06).contains(found / expected), "\(found)")
    }

    @Test("outlives each tweak: what helps at twice the load has gone at three times", arguments: ["more-attempts"])
    func delayed(variant: String) throws {
        for run in try runs(variant) { #expect(run.figure("operators.utilisation") < 0.5) }
        for run in try runs(variant, [StaleStateTests.triple]) {
            #expect(run.figure("operators.utilisation") > 0.9)
        }
    }

    @Test(
        "is not cured by jitter, by operators, or by replicas",
        arguments: ["jitter", "more-operators", "replicas-one", "replicas-quorum"])
    func uncured(variant: String) throws {
        #expect(try runs(variant).mean { $0.figure("operators.utilisation") } > 0.8)
    }

    @Test("sees no more stale reads with a quorum, and still as many conflicts as with one copy")
    func quorum() throws {
        let (one, quorum) = (try runs("replicas-one"), try runs("replicas-quorum"))
        for run in one { #expect(run.figure("state.stale-reads") > 0.002) }
        for run in quorum { #expect(run.figure("state.stale-reads") == 0) }
        let plain = try runs("growth-4x-hardware").mean { $0.figure("state.conflict-share") }
        #expect(one.mean { $0.figure("state.conflict-share") } > 1.05 * plain)
        #expect(abs(quorum.mean { $0.figure("state.conflict-share") } / plain - 1) < 0.05)
    }

    @Test("is cured by a log with one writer for each key, on half of the hardware; the log alone does not")
    func remedy() throws {
        for run in try runs("event-sourced") {
            #expect(run.figure("state.conflicts") <= 5 && run.figure("operators.tickets") == 0)
            #expect(try #require(run.ledger.latency.quantile(0.95)) < 2)
        }
        for run in try runs("event-sourced", [StaleStateTests.triple, "system.workers.count=32"]) {
            #expect(run.figure("operators.tickets") == 0)
        }
        let anyWorker = try runs("event-sourced-any-worker").mean { $0.figure("state.conflict-share") }
        #expect(anyWorker > 0.045)
    }

    @Test("needs keys that many change: with a million, there is nothing to cure, and the remedy changes nothing")
    func negativeControl() throws {
        for variant in ["control", "control-event-sourced"] {
            for run in try runs(variant) {
                #expect(run.figure("state.conflicts") < 5 && run.figure("operators.tickets") == 0)
            }
        }
    }
}

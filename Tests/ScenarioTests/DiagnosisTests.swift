import OrreryDiagnosis
import OrreryExperiment
import OrreryKernel
import OrreryModel
import OrreryScenario
import OrreryTestSupport
import Testing

/// The diagnosis names the first cause that a story has by construction, and finds nothing where nothing is wrong.
@Suite("A diagnosis", .enabled(if: isRelease, "release builds only"))
struct DiagnosisTests {
    /// A variant whose first cause is known, because its README derives it and a control without it is sound.
    struct Story: Sendable, CustomTestStringConvertible {
        let path: String
        let variant: String
        var settings: [String] = []
        let cause: String
        /// What the run came to, where the story says so.
        var outcome: String?

        var testDescription: String { "\(path) \(variant)" }
    }

    /// The six stories of which at least 95 % of 120 runs must be named right.
    static let six = [
        Story(
            path: "collapse-at-15-nodes/scenario.yaml", variant: "broadcast", settings: ["system.cluster.nodes=17"],
            cause: "EventQueueOverflow"),
        Story(path: "queue-overflow/scenario.yaml", variant: "before", cause: "EventQueueOverflow"),
        Story(
            path: "retry-storm/scenario.yaml", variant: "before", cause: "RetryStorm", outcome: "MetastableFailure"),
        Story(path: "thrashing-autoscaler/scenario.yaml", variant: "before", cause: "AutoscalerThrash"),
        Story(path: "lock-convoy/scenario.yaml", variant: "before", cause: "LockConvoy"),
        Story(path: "stale-state/scenario.yaml", variant: "growth-4x-hardware", cause: "StateVersionMismatch"),
    ]

    /// More of them, with fewer seeds.
    static let more = [
        // Eight workers choke at twice the load with conflicts or without: the pencil says 8.8 of 8 without any.
        Story(path: "stale-state/scenario.yaml", variant: "growth", cause: "Saturation"),
        Story(
            path: "dawn-herd/scenario.yaml", variant: "lockstep", cause: "ArrivalHerd", outcome: "Collapse"),
        Story(path: "silent-telescopes/scenario.yaml", variant: "before", cause: "SilentTelescopes"),
        Story(path: "silent-telescopes/scenario.yaml", variant: "hasty", cause: "FalseAlarms"),
        Story(path: "stuck-subscriber/scenario.yaml", variant: "before", cause: "StuckSubscriber"),
        Story(path: "push-or-pull/scenario.yaml", variant: "before", cause: "SchedulerOverload"),
    ]

    /// Variants in which nothing is wrong: controls, and what cures a story.
    static let healthy: [(path: String, variants: [String], settings: [String])] = [
        (
            "retry-storm/scenario.yaml",
            ["short-outage", "low-load", "retry-budget", "fewer-attempts", "discard-stale"], []
        ),
        ("retry-storm/scenario.yaml", ["newest-first", "short-queue"], []),
        ("queue-overflow/scenario.yaml", ["edge", "together"], []),
        ("queue-overflow/slow-links.yaml", ["slow-links-before"], []),
        ("collapse-at-15-nodes/scenario.yaml", ["broadcast", "partitioned", "free-broadcast"], []),
        (
            "thrashing-autoscaler/scenario.yaml",
            ["undisturbed", "free-rebalance", "rabbitmq", "kubernetes-window", "cooperative", "fixed"], []
        ),
        ("thrashing-autoscaler/scenario.yaml", ["swing-long-window"], []),
        ("lock-convoy/scenario.yaml", ["log", "quarter-log", "long-work"], []),
        ("stale-state/scenario.yaml", ["before", "more-attempts", "control", "event-sourced"], []),
        ("dawn-herd/scenario.yaml", ["spread", "full-jitter"], []),
        ("silent-telescopes/scenario.yaml", ["ten-minutes", "pull-ten-minutes", "immortal"], []),
        ("stuck-subscriber/scenario.yaml", ["quiet-night", "no-stall", "jetstream"], []),
        ("push-or-pull/scenario.yaml", ["ten-push", "ten-pull"], []),
        ("validation/m-m-1.yaml", [Scenario.onlyVariant], []),
        ("validation/m-m-c.yaml", [Scenario.onlyVariant], []),
        ("validation/m-g-1.yaml", [Scenario.onlyVariant], []),
    ]

    /// The diagnoses of a variant, seed by seed.
    static func diagnoses(
        _ path: String, _ variant: String, _ settings: [String] = [], seeds: Range<UInt64>
    ) throws -> [Diagnosis] {
        let plan = try #require(ShippedScenarios.load(path, settings).variants.first { $0.name == variant }).plan
        return seeds.map { Diagnosis(RunRecord(Network.run(plan, seed: $0)), plan: plan) }
    }

    @Test("over six stories and twenty seeds names the first cause right in at least 95 %")
    func firstCauses() async throws {
        let verdicts = try await withThrowingTaskGroup(of: (right: Int, wrong: [String]).self) { group in
            for story in DiagnosisTests.six { group.addTask { try DiagnosisTests.judged(story, seeds: 1..<21) } }
            return try await group.reduce(into: (right: 0, wrong: [String]())) {
                $0.right += $1.right
                $0.wrong += $1.wrong
            }
        }
        #expect(verdicts.right >= 114, "wrong: \(verdicts.wrong.sorted())")
        #expect(verdicts.right + verdicts.wrong.count == 120)
    }

    @Test("names it in other stories, too", arguments: more)
    func otherStories(story: Story) throws {
        let verdict = try DiagnosisTests.judged(story, seeds: 1..<6)
        #expect(verdict.wrong.isEmpty, "\(verdict.wrong)")
    }

    @Test("names at most two false symptoms over at least two hundred runs of healthy variants")
    func healthyVariants() async throws {
        let seeds: Range<UInt64> = 1..<6
        let found = try await withThrowingTaskGroup(of: (runs: Int, symptoms: [String]).self) { group in
            for (path, variants, settings) in DiagnosisTests.healthy {
                for variant in variants {
                    group.addTask {
                        let all = try DiagnosisTests.diagnoses(path, variant, settings, seeds: seeds)
                        let symptoms = zip(seeds, all).flatMap { seed, diagnosis in
                            diagnosis.findings.filter { !$0.symptom.kind.isTrigger }.map {
                                "\(path) \(variant) \(seed): \($0.symptom.kind.name): \($0.symptom.evidence)"
                            }
                        }
                        return (all.count, symptoms)
                    }
                }
            }
            return try await group.reduce(into: (runs: 0, symptoms: [String]())) {
                $0.runs += $1.runs
                $0.symptoms += $1.symptoms
            }
        }
        #expect(found.runs >= 200)
        #expect(found.symptoms.count <= 2, "\(found.symptoms.sorted().joined(separator: "\n"))")
    }

    /// How many runs were named right, and what the others were named.
    static func judged(_ story: Story, seeds: Range<UInt64>) throws -> (right: Int, wrong: [String]) {
        let all = try diagnoses(story.path, story.variant, story.settings, seeds: seeds)
        let wrong = zip(seeds, all).compactMap { seed, diagnosis -> String? in
            let cause = diagnosis.firstCause.map { diagnosis.findings[$0].symptom.kind.name }
            let outcome = diagnosis.findings.first { $0.role == .outcome }?.symptom.kind.name
            if cause == story.cause, story.outcome == nil || outcome == story.outcome { return nil }
            return "\(story.path) \(story.variant) \(seed): \(cause ?? "nothing"), \(outcome ?? "no outcome")"
        }
        return (all.count - wrong.count, wrong)
    }
}

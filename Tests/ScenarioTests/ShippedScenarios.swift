import Foundation
import OrreryKernel
import OrreryModel
import OrreryScenario
import OrreryTestSupport
import Testing

/// The scenarios that ship with Orrery, as tests use them.
enum ShippedScenarios {
    /// The checkout's folder of scenarios.
    static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Scenarios")

    /// The paths of all scenario files, relative to the folder.
    static let paths: [String] = {
        let files = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
        return files.filter { $0.hasSuffix(".yaml") }.sorted()
    }()

    /// The variants that break the thresholds of their scenario, as the story promises that they do; none elsewhere.
    static let broken = [
        "dawn-herd/scenario.yaml": ["lockstep", "exponential"],
        "lock-convoy/scenario.yaml": [
            "before", "more-workers", "more-servers", "more-patience", "naive-locks", "one-lock", "grown-more-workers",
        ],
        "lock-convoy/sessions.yaml": ["storm", "short-sessions"],
        "push-or-pull/scenario.yaml": ["before", "fast-computer", "long-slice"],
        "push-or-pull/urgent.yaml": ["lazy", "push", "rapid-push"],
        "queue-overflow/scenario.yaml": ["before", "off-hours", "small-batches"],
        "retry-storm/scenario.yaml": ["before", "full-jitter"],
        "silent-telescopes/rejoin.yaml": ["lockstep"],
        "silent-telescopes/scenario.yaml": ["before", "one-hour", "hasty"],
        "stale-state/one-row.yaml": ["at-once", "exponential"],
        "stale-state/scenario.yaml": [
            "growth", "growth-4x-hardware", "jitter", "more-operators", "replicas-one", "replicas-quorum",
            "event-sourced-any-worker",
        ],
        "stuck-subscriber/scenario.yaml": ["before", "four-stuck", "reconnecting", "deadline-5s"],
        "thrashing-autoscaler/scenario.yaml": ["before", "kubernetes", "queue-length", "swing-short-window"],
    ]

    /// The text of a scenario's file.
    static func text(_ path: String) throws -> String {
        try String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }

    /// A scenario with values set as on the command line.
    static func load(_ path: String, _ settings: [String] = []) throws -> Scenario {
        try Scenario.decode(
            text(path), file: path, overrides: settings.map { try #require(Override($0)) })
    }

    /// The recordings of a variant, the first if none is named, for these seeds.
    static func run(
        _ path: String, variant: String? = nil, _ settings: [String] = [], seeds: Range<UInt64>
    ) throws -> [Recording] {
        let variants = try load(path, settings).variants
        let plan = try #require(variants.first { $0.name == variant ?? $0.name }).plan
        return seeds.map { Network.run(plan, seed: $0) }
    }
}

extension Recording {
    /// A metric of one number; not-a-number if the network has none.
    func figure(_ key: String) -> Double { MetricCatalog[key]?.value(of: self)?.figure ?? .nan }

    /// The mean time in a stage; zero if nothing was delivered.
    func mean(_ stage: Stage) -> Double { ledger.stageTimes[stage.rawValue].mean ?? 0 }

    /// Lost items as a share of those produced.
    var lossShare: Double {
        Double(ledger.lost.reduce(0) { $0 + $1.observed }) / Double(ledger.produced.observed)
    }

    /// The busy share of the workers.
    var utilisation: Double {
        (ledger.occupancy[Stage.service.rawValue].mean(at: end) ?? 0) / Double(plan.workers.count)
    }
}

extension [Recording] {
    /// The mean of a figure over the runs.
    func mean(_ figure: (Recording) -> Double) -> Double { reduce(0) { $0 + figure($1) } / Double(count) }

    /// The times in a stage of all runs together.
    func times(_ stage: Stage) -> Histogram {
        var merged = Histogram()
        for recording in self { merged.merge(recording.ledger.stageTimes[stage.rawValue]) }
        return merged
    }

    /// The latencies of all runs together.
    var latencies: Histogram {
        var merged = Histogram()
        for recording in self { merged.merge(recording.ledger.latency) }
        return merged
    }
}

@testable import OrreryExperiment

/// Results made up for the tests: plausible in shape, whole in their sums, and the same every time.
struct Fixture {
    var name = "Four ridges, one week"
    var summary = "Four sites with 40 telescopes send every image of the night to one centre with twelve workers."
    var variants = ["as-written"]
    var seeds = 30
    var bins = 500
    /// How much of the load arrives; above 1 the queue overflows.
    var load = 0.8
    var capacity: Int? = 1000
    var days = 7.0
    /// Put where a name stands: variants, groups, metrics, findings.
    var hostile = ""

    /// A week in which everything fits.
    static let healthyWeek = Fixture().result
    /// A week in which the queue overflows every night and the threshold breaks.
    static let failing = Fixture(
        name: "A surge on the ridge", variants: ["as-written"], seeds: 1, load: 1.5
    ).result
    /// Three settings of one network.
    static let threeVariants = Fixture(
        name: "How many workers", variants: ["eight-workers", "twelve-workers", "twenty-workers"], seeds: 30, load: 1.1
    ).result
    /// Names that try to become markup.
    static let hostileNames = Fixture(
        name: "</script><img src=x onerror=alert(1)>", variants: ["\"><svg onload=alert(2)>", "'a, b'\n\"c\""],
        seeds: 2,
        hostile: "</style><script>alert(3)</script>&amp;]]>\u{202E}\u{0}"
    ).result

    /// A run in which nothing ever arrived.
    static var zeroEvents: ExperimentResult {
        var result = Fixture(name: "A cloudy night", seeds: 1, bins: 1, days: 1).result
        result.verdict = .init(outcome: .invalid, sentence: "Nothing was produced, so there is nothing to judge.")
        result.variants[0] = emptied(result.variants[0])
        return result
    }

    /// Interrupted before the first seed was done.
    static var interrupted: ExperimentResult {
        var result = zeroEvents
        result.interrupted = true
        result.variants[0].replications = []
        result.variants[0].diagnosis.runs = 0
        result.variants[0].latency.bySeed = []
        result.variants[0].metrics = []
        result.variants[0].stages = []
        result.variants[0].series = SeriesResult(
            binSeconds: 60, produced: [], delivered: [], lost: [], brokerDepth: [], brokerDepthHighest: [],
            inFlight: [],
            diskBacklog: [], uplinkUtilisation: nil, workerUtilisation: [], storeUtilisation: nil,
            latencyBinSeconds: 60,
            latencyP50: [], latencyP95: [], latencyP99: [])
        return result
    }

    /// All fixtures by name.
    static var all: [(name: String, result: ExperimentResult)] {
        [
            ("healthy", healthyWeek), ("failing", failing), ("three", threeVariants), ("hostile", hostileNames),
            ("zero", zeroEvents), ("interrupted", interrupted),
        ]
    }

    private static func emptied(_ variant: VariantResult) -> VariantResult {
        var empty = variant
        empty.replications = [
            ReplicationResult(
                seed: 1, class: nil, fingerprint: digest(1), events: 0, produced: 0, delivered: 0, lost: [:],
                inFlight: 0)
        ]
        empty.metrics = []
        for index in empty.classes.indices {
            (empty.classes[index].runs, empty.classes[index].classed) = (0, 0)
            (empty.classes[index].share, empty.classes[index].lower, empty.classes[index].upper) = (nil, nil, nil)
        }
        empty.latency = DistributionResult(
            count: 0, mean: nil, halfWidth: nil, smallest: nil, largest: nil, quantiles: [], bySeed: [nil])
        for index in empty.stages.indices {
            empty.stages[index].mean = nil
            empty.stages[index].p95 = nil
            empty.stages[index].largest = nil
            empty.stages[index].meanOccupancy = 0
            empty.stages[index].highestOccupancy = 0
        }
        empty.series = SeriesResult(
            binSeconds: 86_400, produced: [0], delivered: [0], lost: [0], brokerDepth: [0], brokerDepthHighest: [0],
            inFlight: [0], diskBacklog: [0], uplinkUtilisation: nil, workerUtilisation: [0], storeUtilisation: nil,
            latencyBinSeconds: 86_400, latencyP50: [nil], latencyP95: [nil], latencyP99: [nil])
        for index in empty.groups.indices {
            (empty.groups[index].produced, empty.groups[index].delivered, empty.groups[index].lost) = (0, 0, 0)
            (empty.groups[index].latencyMean, empty.groups[index].latencyP99) = (nil, nil)
        }
        for index in empty.thresholds.indices {
            empty.thresholds[index].observed = nil
            empty.thresholds[index].excess = nil
            empty.thresholds[index].verdict = "unjudged"
            empty.thresholds[index].seedsHolding = 0
            empty.thresholds[index].seedsJudged = 0
        }
        empty.findings = []
        empty.diagnosis = DiagnosisResult(
            causes: [], runs: 1, example: nil, bottleneck: nil, reliefs: [], sentences: [])
        return empty
    }

    /// 32 hexadecimal digits that differ by number.
    static func digest(_ number: Int) -> String {
        let words = (1...2).map { UInt64(number) &* 0x9E37_79B9_7F4A_7C15 &+ UInt64($0) &* 0xD1B5_4A32_D192_ED03 }
        return words.map { word in
            let text = String(word, radix: 16)
            return String(repeating: "0", count: 16 - text.count) + text
        }.joined()
    }
}

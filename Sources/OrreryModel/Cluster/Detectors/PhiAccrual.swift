import OrreryKernel

/// A node is suspected when its silence is improbable, as judged by the gaps between its last heartbeats.
///
/// φ = −log₁₀ of the probability that a gap of a normal distribution, with the mean and the deviation of the last ones,
/// is longer than the silence. Instead of computing φ again and again, the detector says when it will reach the
/// threshold: at mean + pause + y · deviation, where y is the same for every gap.
///
/// Source: N. Hayashibara et al., SRDS 2004; the logistic form of the normal distribution, the first estimate and the
/// defaults are those of Akka's `PhiAccrualFailureDetector`.
struct PhiAccrual: FailureDetector {
    let interval: Duration
    /// How many deviations beyond the mean φ reaches the threshold.
    private let deviations: Double
    private let pause: Duration
    private let leastDeviation: Duration
    private let window: Int
    /// The last gaps, in nanoseconds.
    private var gaps = Line<Int64>()
    private var sum = Int128(0)
    private var squares = Int128(0)
    private var last: Instant?

    init(interval: Duration, threshold: Double, pause: Duration, leastDeviation: Duration, window: Int) {
        self.interval = interval
        self.pause = pause
        self.leastDeviation = leastDeviation
        self.window = window
        deviations = PhiAccrual.deviations(for: threshold)
        // The first estimate: a mean of one interval and a deviation of a quarter of it.
        learn(interval.nanoseconds * 3 / 4)
        learn(interval.nanoseconds * 5 / 4)
    }

    var firstPatience: Duration { patience }

    mutating func heard(at now: Instant) -> Duration {
        if let last { learn((now - last).nanoseconds) }
        last = now
        return patience
    }

    mutating func interrupt() { last = nil }

    private mutating func learn(_ gap: Int64) {
        if gaps.count == window, let oldest = gaps.removeFirst() {
            sum -= Int128(oldest)
            squares -= Int128(oldest) * Int128(oldest)
        }
        gaps.append(gap)
        sum += Int128(gap)
        squares += Int128(gap) * Int128(gap)
    }

    private var patience: Duration {
        let count = Int128(gaps.count)
        // Exact in whole numbers up to the root, so that the result is the same everywhere.
        let variance = Double(squares * count - sum * sum) / Double(count * count)
        let deviation = max(variance.squareRoot(), Double(leastDeviation.nanoseconds))
        return pause + Duration(seconds: (Double(sum) / Double(count) + deviations * deviation) * 1e-9)
    }

    /// φ at so many deviations beyond the mean.
    static func phi(at deviations: Double) -> Double {
        let power = deviations * (1.5976 + 0.070566 * deviations * deviations)
        return (power + PortableMath.log1p(PortableMath.exp(-power))) / PortableMath.log(10)
    }

    /// Where φ reaches a threshold: found by halving, since φ only rises.
    static func deviations(for threshold: Double) -> Double {
        var (low, high) = (0.0, 64.0)
        for _ in 0..<64 {
            let middle = (low + high) / 2
            if phi(at: middle) < threshold { low = middle } else { high = middle }
        }
        return high
    }

    private static let threshold = Parameter<Double>(
        "threshold", default: 8, range: .within(0.5...100), summary: "the φ at which a node is suspected",
        source: "Akka and Cassandra, 8")
    private static let pause = Parameter<Duration>(
        "acceptable-pause", default: .seconds(3), range: .within(0...3600),
        summary: "what is added to the usual gap, for pauses that mean nothing", source: "Akka's cluster, 3 s")
    private static let leastDeviation = Parameter<Duration>(
        "least-deviation", default: .milliseconds(100), range: .within(0.000_001...3600),
        summary: "the deviation that is assumed at least, for heartbeats that come very evenly",
        source: "Akka's cluster, 100 ms")
    private static let window = Parameter<Int>(
        "window", default: 1000, range: .within(2...100_000), summary: "how many gaps are looked at",
        source: "Akka's cluster, 1000")

    static let kind = Kind<any FailureDetector>(
        "phi-accrual", summary: "a node is suspected when its silence is improbable after its last heartbeats",
        source: "N. Hayashibara et al., SRDS 2004, in the form of Akka",
        parameters: [
            DetectorCatalog.interval.spec, threshold.spec, pause.spec, leastDeviation.spec, window.spec,
        ]
    ) {
        PhiAccrual(
            interval: $0[DetectorCatalog.interval], threshold: $0[threshold], pause: $0[pause],
            leastDeviation: $0[leastDeviation], window: $0[window])
    }
}

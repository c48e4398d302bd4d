import OrreryKernel

/// The work that all programs of the comparison do.
enum Benchmark: String, CaseIterable {
    case mm1
    case hold100 = "hold-100"
    case hold10000 = "hold-10000"
    case hold1000000 = "hold-1000000"
    case network
    case overload
    case timeouts

    /// What it is, in a few words.
    var summary: String {
        switch self {
        case .mm1: "M/M/1 at utilisation 0.75"
        case .hold100: "100 timers that set themselves anew"
        case .hold10000: "10,000 timers that set themselves anew"
        case .hold1000000: "1,000,000 timers that set themselves anew"
        case .network: "200 sources and links, a station of 16 at utilisation 0.8"
        case .overload: "the same at utilisation 1.2, with losses"
        case .timeouts: "10,000 owners that reset a time-out on every beat"
        }
    }

    /// What is counted.
    var unit: String {
        switch self {
        case .mm1: "customers"
        case .hold100, .hold10000, .hold1000000: "holds"
        case .network, .overload: "jobs"
        case .timeouts: "beats"
        }
    }

    /// How many of them a fast program does, to be busy for a good part of a second.
    var size: Int {
        switch self {
        case .mm1, .hold100, .hold10000: 10_000_000
        case .hold1000000: 2_000_000
        case .network, .overload: 3_000_000
        case .timeouts: 5_000_000
        }
    }

    /// How many events are pending, where that is what the memory is compared by.
    var pendingCount: Int? { self == .hold1000000 ? 1_000_000 : nil }

    /// Runs Orrery's model of the work.
    func measure(size: Int, seed: UInt64, isFingerprinted: Bool) -> Measurement {
        func measurement(_ workload: @autoclosure () -> some Workload) -> Measurement {
            .of(workload(), named: rawValue, isFingerprinted: isFingerprinted)
        }
        return switch self {
        case .mm1: measurement(SingleServer(size: size, seed: seed))
        case .hold100: measurement(Hold(timers: 100, size: size, seed: seed))
        case .hold10000: measurement(Hold(timers: 10_000, size: size, seed: seed))
        case .hold1000000: measurement(Hold(timers: 1_000_000, size: size, seed: seed))
        case .network: measurement(SharedStation(.moderate, size: size, seed: seed))
        case .overload: measurement(SharedStation(.overload, size: size, seed: seed))
        case .timeouts: measurement(Heartbeats(size: size, seed: seed))
        }
    }
}

/// What theory says about a benchmark's check value.
struct Expectation {
    /// The expected value in a run of this size, which starts empty.
    let mean: Double
    /// The standard error in a run of this size.
    let standardError: Double

    /// Whether a check value lies within five standard errors.
    ///
    /// A right program fails that once in two million runs.
    func admits(_ check: Double) -> Bool { (check - mean).magnitude <= 5 * standardError }
}

extension Benchmark {
    /// What theory says about a run of this size.
    ///
    /// For M/M/1 with mean service 1, utilisation r and mean sojourn w = 1 ÷ (1 − r), the function
    /// f(t) = r t² ÷ (2 (1 − r)) + t solves Poisson's equation f(t) − E f(next sojourn) = t − w. So the mean of n
    /// sojourns has the variance (4 r w⁴ + w²) ÷ n, and the first customer, who finds nobody, lowers the sum by
    /// E f(sojourn) − E f(service) = r w (w² − 1) + w − 1.
    ///
    /// The 200 links of the network are such queues with r = 0.5, so that these are 36 and 4. Its station, M/M/16 by
    /// Erlang's C, has a mean sojourn of 0.1402 and hardly varies. At overload the station first fills 1016 places,
    /// which is that many losses less; then n jobs come in a time of mean n ÷ 100 and variance n ÷ 100², in which a
    /// Poisson number is served.
    ///
    /// A time-out expires 3 s after a beat, or the start, if no beat comes by then: the last 3 s have none of these.
    func expectation(size: Int) -> Expectation {
        let n = Double(size)
        switch self {
        case .mm1: return Expectation(mean: 4 - 48 / n, standardError: (784 / n).squareRoot())
        case .hold100, .hold10000, .hold1000000: return Expectation(mean: 1, standardError: (1 / n).squareRoot())
        case .network: return Expectation(mean: 2.1402 - 200 * 4 / n, standardError: (40 / n).squareRoot())
        case .overload:
            return Expectation(mean: (n - 6 * 1016) / 6 / n, standardError: (5.0 / 6 * 11 / 6 / n).squareRoot())
        case .timeouts:
            let expired = 0.049787068367863944
            let duration = n / Double(Heartbeats.ownerCount)
            return Expectation(
                mean: expired * (1 - 2 / duration), standardError: (expired * (1 - expired) / n).squareRoot())
        }
    }
}

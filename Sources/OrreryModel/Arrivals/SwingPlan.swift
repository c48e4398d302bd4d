public import OrreryKernel

/// A load that swings: for half a period it is above its mean by a share, for the other half as much below.
///
/// Gaps between arrivals are drawn as for a steady load and then stretched or shrunk, as if a clock went faster and
/// slower, so that a stream with exponential gaps stays a Poisson process, with a rate that changes, and its mean rate
/// stays what it was.
///
/// Source: E. Çınlar, "Introduction to Stochastic Processes" (1975), chapter 4, the time change of a Poisson process.
public struct SwingPlan: Sendable {
    /// From one rise of the load to the next.
    public let period: Duration
    /// By which share of its mean the rate is higher in the first half of a period, and lower in the second.
    public let amplitude: Double

    /// A swing from checked values.
    public init(values: ParameterValues) {
        period = values[SwingPlan.period]
        amplitude = values[SwingPlan.amplitude]
    }

    /// How long a gap takes that begins at an instant and would take so long at the mean rate.
    func stretched(_ gap: Duration, from start: Instant) -> Duration {
        let half = period.nanoseconds / 2
        var left = Double(gap.nanoseconds)
        var time = start.nanoseconds
        while true {
            let place = time / half
            let rate = place % 2 == 0 ? 1 + amplitude : 1 - amplitude
            let end = (place + 1) * half
            let passed = Double(end - time) * rate
            if left <= passed && rate > 0 {
                let rest = Duration(seconds: left / rate / 1e9)
                return min(.limit, Instant(nanoseconds: time) - start + rest)
            }
            left -= passed
            time = end
        }
    }

    private static let period = Parameter<Duration>(
        "period", range: .within(1...31_536_000), summary: "from one rise of the load to the next")
    private static let amplitude = Parameter<Double>(
        "amplitude", dimension: .share, default: 0.5, range: .within(0...1),
        summary: "by which share of its mean the rate is higher for half a period, and then lower for the other half",
        source: "three times as much in the one half as in the other; ours")

    /// The parameters of a swing.
    public static let parameters = [period.spec, amplitude.spec]
}

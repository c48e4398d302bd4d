import OrreryKernel

/// What a HorizontalPodAutoscaler makes of a recommendation: it stabilises it, and limits the rate of change.
///
/// - Stabilising: an increase is the least of what was recommended within a window, a decrease the most of it. A
///   recommendation counts while it is younger than the window; one that is just as old does not.
/// - Rates: each policy allows so many replicas, or such a share of those at the start of a period, per period.
///
/// Source: kubernetes, `pkg/controller/podautoscaler/horizontal.go`, `stabilizeRecommendationWithBehaviors` and
/// `convertDesiredReplicasWithBehaviorRate`; the documentation's page "Horizontal Pod Autoscaling", "Configurable
/// scaling behavior".
struct ScalingBehaviour: Sendable {
    private let up: ScalingRules
    private let down: ScalingRules
    private var recommendations: ContiguousArray<(time: Instant, replicas: Int)> = []
    /// By how much the number changed, and when.
    private var changes: ContiguousArray<(time: Instant, step: Int)> = []
    private var last: (time: Instant, current: Int)?

    /// A behaviour with rules for both directions.
    init(up: ScalingRules, down: ScalingRules) {
        self.up = up
        self.down = down
    }

    /// How many replicas there should be, now that so many are recommended and so many are there.
    mutating func limited(_ recommendation: Int, current: Int, at now: Instant) -> Int {
        if let last {
            if last.current != current { changes.append((last.time, current - last.current)) }
        } else {
            // A new controller counts what it finds as its first recommendation.
            recommendations.append((now, current))
        }
        last = (now, current)
        recommendations.append((now, recommendation))
        forget(at: now)
        let wanted = stabilised(current, recommendation, at: now)
        if wanted > current { return min(wanted, max(current, highest(from: current, at: now))) }
        if wanted < current { return max(wanted, min(current, lowest(from: current, at: now))) }
        return current
    }

    private func stabilised(_ current: Int, _ recommendation: Int, at now: Instant) -> Int {
        var (least, most) = (recommendation, recommendation)
        for (time, replicas) in recommendations {
            if now - time < up.window { least = min(least, replicas) }
            if now - time < down.window { most = max(most, replicas) }
        }
        return min(max(current, least), most)
    }

    /// The most replicas that the rates allow.
    private func highest(from current: Int, at now: Instant) -> Int {
        let limits = up.policies.map { policy in
            let start = current - changed(in: policy.period, at: now)
            switch policy.amount {
            case .replicas(let count): return start + count
            case .share(let share): return Int(ceilingOf: Double(start) * (1 + share))
            }
        }
        return (up.select == .largest ? limits.max() : limits.min()) ?? current
    }

    /// The fewest replicas that the rates allow.
    private func lowest(from current: Int, at now: Instant) -> Int {
        let limits = down.policies.map { policy in
            let start = current - changed(in: policy.period, at: now)
            switch policy.amount {
            case .replicas(let count): return start - count
            case .share(let share): return Int(Double(start) * (1 - share))
            }
        }
        return (down.select == .largest ? limits.min() : limits.max()) ?? current
    }

    /// By how much the number has grown in a period that ends now.
    private func changed(in period: Duration, at now: Instant) -> Int {
        changes.reduce(0) { now - $1.time < period ? $0 + $1.step : $0 }
    }

    private mutating func forget(at now: Instant) {
        let window = max(up.window, down.window)
        recommendations.removeAll { now - $0.time >= window && $0.time < now }
        let period = (up.policies + down.policies).map(\.period).max() ?? .zero
        changes.removeAll { now - $0.time >= period }
    }
}

/// The rules for one direction.
struct ScalingRules: Sendable {
    /// Which of several policies decides.
    enum Selection: String, CaseIterable, Sendable {
        /// The one that allows the largest change.
        case largest = "max"
        /// The one that allows the smallest change.
        case smallest = "min"
        /// None: the number does not change in this direction.
        case disabled
    }

    /// How much may change in a period.
    struct Policy: BitwiseCopyable, Sendable {
        enum Amount: BitwiseCopyable, Sendable {
            case replicas(Int)
            case share(Double)
        }

        let amount: Amount
        let period: Duration
    }

    let window: Duration
    /// The policies; none if nothing may change.
    let policies: [Policy]
    let select: Selection

    init(window: Duration, policies: [Policy], select: Selection = .largest) {
        self.window = window
        self.policies = select == .disabled ? [] : policies
        self.select = select
    }
}

extension Int {
    /// The least whole number that is not below a number of ordinary size.
    init(ceilingOf number: Double) {
        let whole = Int(Swift.min(Swift.max(number, -1e15), 1e15))
        self = Double(whole) < number ? whole + 1 : whole
    }
}

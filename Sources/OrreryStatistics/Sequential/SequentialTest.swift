import OrreryKernel

/// On which side of a limit a mean or a probability lies, with as few replications as the distance allows.
///
/// At each look of the schedule an interval is made; once it excludes the limit, the side is known. A value far from
/// the limit is decided at the floor, one close to it goes to the ceiling and may remain undecided. The error, which
/// is the probability of ever naming a wrong side, is divided evenly over the looks (Bonferroni). So it holds whatever
/// the dependence between looks, and all intervals of one test hold together with the confidence 1 − error; the price
/// is an interval that is wider by a third or so than that of a single look.
///
/// A mean is tested by Student's interval, which is exact for normal values, widened for skewed ones (`SkewedMean`).
/// Measured with a floor of 10, a ceiling of 200 and the truth at the limit, an error of 5 % is kept by normal, gamma
/// and exponential values (3.6 %), and is 6 % for lognormal ones with a cv of 1; without the widening it would be 9
/// and 14 %. Errors far below 1 %, as a search asks for at each point, are kept for normal values only: strongly
/// skewed ones, such as exponential, need a floor of 20 or more for that.
///
/// A probability is tested by the interval of Clopper and Pearson, which is exact. It needs many replications for
/// small limits: that a probability lies below 5 %, without a single event, is shown by 72 replications at an error of
/// 5 % and a single look, and by 107 with six looks.
///
/// Sources: C. Jennison, B. W. Turnbull, "Group Sequential Methods with Applications to Clinical Trials" (2000),
/// chapters 2 (two-sided tests with looks) and 9 (repeated confidence intervals); P. Armitage, C. K. McPherson,
/// B. C. Rowe, Journal of the Royal Statistical Society A 132 (1969) (why looks must share the error).
public struct SequentialTest: Sendable {
    /// The limit, in the unit of the values; for a probability in 0…1.
    public let limit: Double
    /// The probability of ever naming a wrong side, at most, in 0…1.
    public let error: Double
    /// When to look.
    public let looks: LookSchedule

    /// What is known after some replications.
    public enum Verdict: Sendable {
        /// Not yet decided: make replications until there are this many in total.
        case more(total: Int)
        /// The true value lies below the limit.
        case below(Evidence)
        /// The true value lies above the limit.
        case above(Evidence)
        /// The ceiling is reached, and the interval still holds the limit.
        case undecided(Evidence)
    }

    /// What was seen at the look that ended the test.
    public struct Evidence: Sendable, Equatable {
        /// How many replications it saw.
        public let count: Int
        /// The mean, or the share of replications with the event.
        public let estimate: Double
        /// The interval of that look; those of all looks of the test hold together with the confidence 1 − error.
        public let interval: ClosedRange<Double>
    }

    /// A test against a limit with an error in 0…1.
    public init(limit: Double, error: Double = 0.05, looks: LookSchedule = LookSchedule()) {
        invariant(error > 0 && error < 1, "the error of a test lies between 0 and 1, not at \(error)")
        invariant(limit.isFinite, "nothing can be tested against \(limit)")
        self.limit = limit
        self.error = error
        self.looks = looks
    }

    /// The side on which the mean of the values lies, which are finite, one per replication, in their order.
    public func decide(values: [Double]) -> Verdict {
        decide(count: values.count) { size in
            let seen = values[..<size]
            guard let mean = SkewedMean(Array(seen), confidence: lookConfidence) else { return nil }
            return (Evidence(count: size, estimate: mean.mean, interval: mean.interval), looks.isChance(seen))
        }
    }

    /// The side on which the probability of an event lies: whether it happened, for each replication in its order.
    public func decide(events: [Bool]) -> Verdict {
        decide(count: events.count) { size in
            let proportion = Proportion(successes: events[..<size].count { $0 }, trials: size)
            guard let share = proportion.share, let interval = proportion.interval(confidence: lookConfidence) else {
                return nil
            }
            return (Evidence(count: size, estimate: share, interval: interval), false)
        }
    }

    /// The confidence of the interval at one look.
    private var lookConfidence: Double { 1 - error / Double(looks.sizes.count) }

    /// Looks at growing sizes until one decides: the same answer for whoever has more values than it needed.
    private func decide(count: Int, look: (Int) -> (evidence: Evidence, isChance: Bool)?) -> Verdict {
        var last: Evidence?
        for size in looks.sizes {
            if count < size { return .more(total: size) }
            guard let (evidence, isChance) = look(size) else { continue }
            if !isChance, evidence.interval.upperBound < limit { return .below(evidence) }
            if !isChance, evidence.interval.lowerBound > limit { return .above(evidence) }
            last = evidence
        }
        guard let last else { violation("a schedule without a look: \(looks)") }
        return .undecided(last)
    }
}

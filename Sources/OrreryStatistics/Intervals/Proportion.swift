import OrreryKernel

/// How often something happened in independent trials, with the exact interval of Clopper and Pearson.
///
/// The interval covers the true probability at least as often as its confidence says, also for rare events and few
/// trials. Zero events in 59 trials bound the probability by 5 %, in 299 trials by 1 % (one-sided, 95 %).
///
/// Source: C. J. Clopper, E. S. Pearson, Biometrika 26 (1934).
public struct Proportion: Sendable, Equatable {
    /// How often it happened.
    public let successes: Int
    /// How often it could have happened.
    public let trials: Int

    /// A number of successes in a number of trials; a proportion of more successes than trials is a bug.
    public init(successes: Int, trials: Int) {
        invariant(successes >= 0 && successes <= trials, "\(successes) of \(trials) is not a proportion")
        self.successes = successes
        self.trials = trials
    }

    /// The observed share; nil without trials.
    public var share: Double? { trials == 0 ? nil : Double(successes) / Double(trials) }

    /// The two-sided interval for the true probability; nil without trials.
    public func interval(confidence: Double = 0.95) -> ClosedRange<Double>? {
        invariant(confidence > 0 && confidence < 1, "a confidence lies between 0 and 1, not at \(confidence)")
        let error = 0.5 * (1 - confidence)
        guard let lower = lowerBound(confidence: 1 - error), let upper = upperBound(confidence: 1 - error) else {
            return nil
        }
        return lower...max(lower, upper)
    }

    /// The value that the true probability exceeds with this confidence, one-sided; nil without trials.
    public func lowerBound(confidence: Double = 0.95) -> Double? {
        if trials == 0 { return nil }
        if successes == 0 { return 0 }
        return GSLBridge.betaQuantile(1 - confidence, Double(successes), Double(trials - successes + 1))
    }

    /// The value that the true probability stays below with this confidence, one-sided; nil without trials.
    public func upperBound(confidence: Double = 0.95) -> Double? {
        if trials == 0 { return nil }
        if successes == trials { return 1 }
        return GSLBridge.betaQuantile(confidence, Double(successes + 1), Double(trials - successes))
    }
}

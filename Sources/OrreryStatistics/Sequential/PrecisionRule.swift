import OrreryKernel

/// Replicate until the mean is known precisely enough: until half the width of its interval is small beside it.
///
/// The decision is made at the first look that is precise, from the values up to there. It depends on nothing else: who
/// has more values than needed gets the same answer as who asked after every replication.
///
/// A mean near zero never becomes precise relative to itself; a tolerance in the unit of the values helps there, and
/// otherwise the ceiling ends the search as inconclusive. Equal values decide nothing before `LookSchedule` says so.
///
/// Stopping when the interval happens to be short makes it cover the mean a little less often than its confidence says.
/// From a floor of 10 on, with looks at growing sizes, 95 % intervals were measured to cover in 93 to 95 % of 20 000
/// experiments, for normal values and for skewed ones (gamma with shape 4, exponential); from a floor of 5 in 92 %.
///
/// Sources: A. M. Law, "Simulation Modeling and Analysis" (5th edition, 2015), section 9.4.1 (replications for a
/// relative precision); Y. S. Chow, H. Robbins, Annals of Mathematical Statistics 36 (1965) (sequential intervals).
public struct PrecisionRule: Sendable {
    /// How large half the interval may be relative to the mean; above 0.
    public let relativeHalfWidth: Double
    /// How large half the interval may be in any case, in the unit of the values.
    public let absoluteHalfWidth: Double
    /// The confidence of the interval, in 0…1.
    public let confidence: Double
    /// When to look.
    public let looks: LookSchedule

    /// What to do after some replications.
    public enum Decision: Sendable {
        /// Make replications until there are this many in total.
        case more(total: Int)
        /// The mean is known as precisely as was asked.
        case precise(Estimate)
        /// The ceiling is reached and the mean is not known precisely enough.
        case inconclusive(Estimate)
    }

    /// A rule for a relative half-width above 0, for instance 0.05.
    public init(
        relativeHalfWidth: Double, absoluteHalfWidth: Double = 0, confidence: Double = 0.95,
        looks: LookSchedule = LookSchedule()
    ) {
        invariant(
            relativeHalfWidth > 0 && absoluteHalfWidth >= 0,
            "no precision of \(relativeHalfWidth) relative and \(absoluteHalfWidth) absolute")
        self.relativeHalfWidth = relativeHalfWidth
        self.absoluteHalfWidth = absoluteHalfWidth
        self.confidence = confidence
        self.looks = looks
    }

    /// What to do, given the finite values of the replications so far in their order.
    public func decide(_ values: [Double]) -> Decision {
        for size in looks.sizes {
            if values.count < size { return .more(total: size) }
            let seen = values[..<size]
            let estimate = Estimate(Array(seen), confidence: confidence)
            if !looks.isChance(seen), isPrecise(estimate) { return .precise(estimate) }
        }
        return .inconclusive(Estimate(Array(values[..<looks.ceiling]), confidence: confidence))
    }

    private func isPrecise(_ estimate: Estimate) -> Bool {
        guard let mean = estimate.mean, let halfWidth = estimate.halfWidth else { return false }
        return halfWidth <= max(relativeHalfWidth * mean.magnitude, absoluteHalfWidth)
    }
}

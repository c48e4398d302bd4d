/// A level that changes in steps (a queue's length, busy workers), averaged over time.
///
/// The area under the curve is an exact integer, so that Little's law can be checked to the nanosecond.
public struct TimeWeightedGauge: Sendable {
    /// The current level.
    public private(set) var level: Int
    /// The highest level since the start of the observation.
    public private(set) var highest: Int
    private var area = Int128(0)
    private var changed: Instant
    private var observedFrom: Instant
    private var areaBefore = Int128(0)

    /// A gauge at a level, observed from an instant on.
    public init(level: Int = 0, at instant: Instant = .start) {
        self.level = level
        highest = level
        changed = instant
        observedFrom = instant
    }

    /// Changes the level at an instant, which may not lie before the last change.
    public mutating func add(_ step: Int, at instant: Instant) {
        accumulate(to: instant)
        level += step
        if level > highest { highest = level }
    }

    /// Forgets what was observed before this instant; the level stays.
    public mutating func restart(at instant: Instant) {
        accumulate(to: instant)
        areaBefore = area
        highest = level
        observedFrom = instant
    }

    /// The mean level from the start of the observation to an instant; nil if no time has passed.
    public func mean(at instant: Instant) -> Double? {
        let observed = (instant - observedFrom).nanoseconds
        guard observed > 0 else { return nil }
        return Double(totalArea(at: instant) - areaBefore) / Double(observed)
    }

    /// The area under the level from the very first instant on, in nanoseconds × level; `restart` does not change it.
    public func totalArea(at instant: Instant) -> Int128 { area + pending(to: instant) }

    private mutating func accumulate(to instant: Instant) {
        area += pending(to: instant)
        changed = instant
    }

    private func pending(to instant: Instant) -> Int128 {
        invariant(instant >= changed, "a gauge cannot go back from \(changed) to \(instant)")
        return Int128(level) * Int128((instant - changed).nanoseconds)
    }
}

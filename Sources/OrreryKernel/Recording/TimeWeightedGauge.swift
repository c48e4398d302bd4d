/// A level that changes in steps (a queue's length, busy workers), averaged over time.
///
/// The area under the curve is an exact integer, so that Little's law can be checked to the nanosecond.
public struct TimeWeightedGauge: Sendable {
    /// The current level.
    @inlinable
    public var level: Int { current }
    /// The highest level since the start of the observation.
    @inlinable
    public var highest: Int { maximum }
    @usableFromInline var current: Int
    @usableFromInline var maximum: Int
    @usableFromInline var area = Int128(0)
    @usableFromInline var changed: Instant
    private var observedFrom: Instant
    private var areaBefore = Int128(0)

    /// A gauge at a level, observed from an instant on.
    public init(level: Int = 0, at instant: Instant = .start) {
        current = level
        maximum = level
        changed = instant
        observedFrom = instant
    }

    /// Changes the level at an instant, which may not lie before the last change.
    @inlinable
    public mutating func add(_ step: Int, at instant: Instant) {
        accumulate(to: instant)
        current += step
        if current > maximum { maximum = current }
    }

    /// Forgets what was observed before this instant; the level stays.
    public mutating func restart(at instant: Instant) {
        accumulate(to: instant)
        areaBefore = area
        maximum = current
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

    @inlinable @inline(__always)
    mutating func accumulate(to instant: Instant) {
        area += pending(to: instant)
        changed = instant
    }

    @inlinable @inline(__always)
    func pending(to instant: Instant) -> Int128 {
        invariant(instant >= changed, "a gauge cannot go back from \(changed) to \(instant)")
        // Two numbers of 64 bits: their product cannot overflow, and unchecked it is one multiplication.
        return Int128(current) &* Int128((instant - changed).nanoseconds)
    }
}

public import OrreryKernel

/// When it is dark at a place: the sun stands below a limit.
///
/// It is judged at whole seconds: the seconds between count like the whole one before them. So darkness changes exactly
/// at the instants that `nextChange` gives.
///
/// Usual limits are −0.833° (sunset), −6° (civil), −12° (nautical) and −18° (astronomical twilight).
public struct Darkness: Sendable {
    /// Degrees north.
    public let latitude: Double
    /// Degrees east.
    public let longitude: Double
    /// The altitude of the sun's centre in degrees below which it is dark.
    public let limit: Double
    /// The day at whose beginning, in universal time, the run starts.
    public let epoch: CalendarDate
    private let latitudeParts: (sine: Double, cosine: Double)
    private let sineOfLimit: Double
    private let epochSeconds: Int64

    /// The nights of a place, in a run that starts at 00:00 universal time of a day.
    public init(latitude: Double, longitude: Double, limit: Double, epoch: CalendarDate) {
        invariant(latitude.magnitude <= 90, "a latitude lies in -90...90 degrees, not at \(latitude)")
        invariant(longitude.magnitude <= 360, "a longitude lies in -360...360 degrees, not at \(longitude)")
        invariant(limit.magnitude <= 90, "an altitude lies in -90...90 degrees, not at \(limit)")
        self.latitude = latitude
        self.longitude = longitude
        self.limit = limit
        self.epoch = epoch
        latitudeParts = (PortableMath.sin(latitude * Sun.degree), PortableMath.cos(latitude * Sun.degree))
        sineOfLimit = PortableMath.sin(limit * Sun.degree)
        epochSeconds = Int64(epoch.daysSince1970) * 86_400
    }

    /// Whether it is dark at an instant.
    public func isDark(at instant: Instant) -> Bool { isDark(Darkness.wholeSecond(instant)) }

    /// The first instant after another one at which darkness begins or ends, within a search ahead; nil if there is
    /// none, as in a polar summer.
    ///
    /// The sun is sampled every half hour; where it turns around near the limit, the turning point itself is looked at,
    /// so that a night of a minute is not missed.
    ///
    /// - Complexity: O(searched time), about 48 positions of the sun a day.
    public func nextChange(after instant: Instant, searching time: Duration) -> Instant? {
        invariant(time >= .zero, "a search cannot reach \(time) ahead")
        let first = Darkness.wholeSecond(instant)
        let last = Darkness.wholeSecond(instant + time)
        let isDarkNow = isDark(first)
        // The window (before, middle, after) begins one step early and ends one step late, so that the sun's turning
        // points beside both ends of the search are seen too.
        var middle = first
        while middle - Darkness.step < last {
            let before = max(first, middle - Darkness.step)
            let after = middle + Darkness.step
            var changed: Int64? = after
            if isDark(after) == isDarkNow {
                changed = turningPoint(middle - Darkness.step, middle, after, isHighest: isDarkNow)
            }
            if let changed, changed > first, isDark(changed) != isDarkNow {
                let second = firstChange(from: changed > middle ? middle : before, to: changed, isDarkNow: isDarkNow)
                return second <= last ? Instant(nanoseconds: second * 1_000_000_000) : nil
            }
            middle = after
        }
        return nil
    }

    /// Half an hour: the sun turns around twice a day.
    private static let step: Int64 = 1800

    /// The second between `before` and `after` at which the sun stands highest or lowest, if it turns around near
    /// `middle`.
    private func turningPoint(_ before: Int64, _ middle: Int64, _ after: Int64, isHighest: Bool) -> Int64? {
        let sign = isHighest ? 1.0 : -1.0
        func height(_ second: Int64) -> Double { sign * sineOfAltitude(second) }
        let top = height(middle)
        if top < height(before) || top < height(after) { return nil }
        var (low, high) = (before, after)
        while high - low > 2 {
            let third = (high - low) / 3
            let (left, right) = (low + third, high - third)
            if height(left) < height(right) { low = left } else { high = right }
        }
        return low + (high - low) / 2
    }

    /// The first second of another darkness, by bisection between a second of this and one of another.
    private func firstChange(from start: Int64, to end: Int64, isDarkNow: Bool) -> Int64 {
        var (same, other) = (start, end)
        while other - same > 1 {
            let middle = same + (other - same) / 2
            if isDark(middle) == isDarkNow { same = middle } else { other = middle }
        }
        return other
    }

    private func isDark(_ second: Int64) -> Bool { sineOfAltitude(second) < sineOfLimit }

    private func sineOfAltitude(_ second: Int64) -> Double {
        Sun.sineOfAltitude(latitudeParts, longitude: longitude, secondsSince1970: Double(epochSeconds + second))
    }

    /// The whole second at or before an instant.
    private static func wholeSecond(_ instant: Instant) -> Int64 {
        let seconds = instant.nanoseconds / 1_000_000_000
        return seconds * 1_000_000_000 > instant.nanoseconds ? seconds - 1 : seconds
    }
}

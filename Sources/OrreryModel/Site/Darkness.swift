public import OrreryKernel

/// When it is dark at a place: the sun stands below a limit.
///
/// It is judged at whole seconds: the seconds between count like the whole one before them. So darkness changes exactly
/// at the instants that `nextChange` gives.
///
/// Usual limits are −0.833° (sunset), −6° (civil), −12° (nautical) and −18° (astronomical twilight).
public struct Darkness: Sendable {
    /// Degrees east.
    private let longitude: Double
    private let latitudeParts: (sine: Double, cosine: Double)
    private let sineOfLimit: Double
    private let epochSeconds: Int64

    /// The nights of a place, in degrees north and east, in a run that starts at 00:00 universal time of a day; it is
    /// dark while the sun's centre stands below the limit, in degrees over the horizon.
    public init(latitude: Double, longitude: Double, limit: Double, epoch: CalendarDate) {
        invariant(latitude.magnitude <= 90, "a latitude lies in -90...90 degrees, not at \(latitude)")
        invariant(longitude.magnitude <= 360, "a longitude lies in -360...360 degrees, not at \(longitude)")
        invariant(limit.magnitude <= 90, "an altitude lies in -90...90 degrees, not at \(limit)")
        self.longitude = longitude
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
        // The window (before, middle, after) begins one step early and ends one step late, so that the sun's turning
        // points beside both ends of the search are seen too. Each position of the sun is worked out once.
        var before = height(first - Darkness.step)
        var middle = height(first)
        let isDarkNow = middle.sine < sineOfLimit
        while middle.second - Darkness.step < last {
            let after = height(middle.second + Darkness.step)
            var changed: Int64? = after.second
            if (after.sine < sineOfLimit) == isDarkNow {
                changed = turningPoint(before, middle, after, isHighest: isDarkNow)
            }
            if let changed, changed > first, isDark(changed) != isDarkNow {
                let start = changed > middle.second ? middle.second : max(first, before.second)
                let second = firstChange(from: start, to: changed, isDarkNow: isDarkNow)
                return second <= last ? Instant(nanoseconds: second * 1_000_000_000) : nil
            }
            (before, middle) = (middle, after)
        }
        return nil
    }

    /// How high the sun stands at a second.
    private typealias Height = (second: Int64, sine: Double)

    private func height(_ second: Int64) -> Height { (second, sineOfAltitude(second)) }

    /// Half an hour: the sun turns around twice a day.
    private static let step: Int64 = 1800

    /// The second between `before` and `after` at which the sun stands highest or lowest, if it turns around near
    /// `middle`.
    private func turningPoint(_ before: Height, _ middle: Height, _ after: Height, isHighest: Bool) -> Int64? {
        let sign = isHighest ? 1.0 : -1.0
        if sign * middle.sine < sign * before.sine || sign * middle.sine < sign * after.sine { return nil }
        var (low, high) = (before.second, after.second)
        while high - low > 2 {
            let third = (high - low) / 3
            let (left, right) = (low + third, high - third)
            if sign * sineOfAltitude(left) < sign * sineOfAltitude(right) { low = left } else { high = right }
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

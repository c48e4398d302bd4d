/// A point of simulated time: whole nanoseconds since the start of the run.
public struct Instant: BitwiseCopyable, Hashable, Comparable, Sendable {
    /// Nanoseconds since the start of the run; never negative in a run.
    public let nanoseconds: Int64

    /// The instant this many nanoseconds after the start.
    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The start of the run.
    @inlinable
    public static var start: Instant { Instant(nanoseconds: 0) }

    /// The time since the start of the run, in seconds, for reporting.
    @inlinable
    public var seconds: Double { Double(nanoseconds) / 1e9 }

    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The instant a duration later.
    ///
    /// It cannot overflow: a run ends before 2⁶¹ ns and a duration is at most `Duration.limit`.
    @inlinable
    public static func + (left: Instant, right: Duration) -> Instant {
        Instant(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    /// The time from the right instant to the left one.
    @inlinable
    public static func - (left: Instant, right: Instant) -> Duration {
        Duration(nanoseconds: left.nanoseconds - right.nanoseconds)
    }
}

extension Instant: CustomStringConvertible {
    /// Seconds since the start, with all nine decimals.
    public var description: String {
        let fraction = String(nanoseconds.magnitude % 1_000_000_000)
        let padding = String(repeating: "0", count: 9 - fraction.count)
        let sign = nanoseconds < 0 ? "-" : ""
        return "\(sign)\(nanoseconds.magnitude / 1_000_000_000).\(padding)\(fraction)s"
    }
}

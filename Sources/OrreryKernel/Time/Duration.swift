/// A length of simulated time, in whole nanoseconds.
///
/// Simulated time is an integer so that two machines can never round it differently. A duration made from a
/// floating-point number is rounded to the nearest nanosecond and clamped to `-limit ... limit`, so that no later sum
/// can overflow.
public struct Duration: BitwiseCopyable, Hashable, Comparable, Sendable {
    /// The length in nanoseconds.
    public let nanoseconds: Int64

    /// A duration of exactly this many nanoseconds.
    @inlinable
    public init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    /// The duration nearest to this many seconds, clamped to `-limit ... limit`; not-a-number is a bug of the caller.
    ///
    /// It rounds half a nanosecond away from zero, without `rounded()`, which is a call into the C library's
    /// mathematics, and without a branch that a processor cannot foresee.
    @inlinable @inline(__always)
    public init(seconds: Double) {
        let scaled = seconds * 1e9
        guard scaled.magnitude < Double(Duration.limit.nanoseconds) else {
            self = Duration.clamped(scaled)
            return
        }
        let halves = Int64(scaled * 2)
        nanoseconds = (halves &+ (halves < 0 ? -1 : 1)) / 2
    }

    /// The longest duration with this sign, for a number that is too large; it is out of the way of what is not.
    @inline(never) @usableFromInline
    static func clamped(_ number: Double) -> Duration {
        invariant(!number.isNaN, "a duration cannot be made from not-a-number")
        return Duration(nanoseconds: number < 0 ? -Duration.limit.nanoseconds : Duration.limit.nanoseconds)
    }

    /// No time at all.
    public static let zero = Duration(nanoseconds: 0)

    /// The longest duration that a sample or a sum may have: 2⁶¹ ns, about 73 years.
    @inlinable
    public static var limit: Duration { Duration(nanoseconds: 1 << 61) }

    /// The length in seconds, for reporting.
    @inlinable
    public var seconds: Double { Double(nanoseconds) / 1e9 }

    /// Whole milliseconds.
    public static func milliseconds(_ count: Int64) -> Duration { Duration(nanoseconds: count * 1_000_000) }

    /// Whole seconds.
    public static func seconds(_ count: Int64) -> Duration { Duration(nanoseconds: count * 1_000_000_000) }

    /// Whole minutes.
    public static func minutes(_ count: Int64) -> Duration { .seconds(count * 60) }

    /// Whole hours.
    public static func hours(_ count: Int64) -> Duration { .seconds(count * 3600) }

    /// Whole days of 24 hours.
    public static func days(_ count: Int64) -> Duration { .hours(count * 24) }

    /// Whether the left one is shorter.
    @inlinable
    public static func < (left: Duration, right: Duration) -> Bool { left.nanoseconds < right.nanoseconds }

    /// The sum.
    @inlinable
    public static func + (left: Duration, right: Duration) -> Duration {
        Duration(nanoseconds: left.nanoseconds + right.nanoseconds)
    }

    /// The difference.
    @inlinable
    public static func - (left: Duration, right: Duration) -> Duration {
        Duration(nanoseconds: left.nanoseconds - right.nanoseconds)
    }

    /// Adds in place.
    @inlinable
    public static func += (left: inout Duration, right: Duration) { left = left + right }
}

extension Duration: Codable {
    /// Writes the nanoseconds as one number.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nanoseconds)
    }

    /// Reads the nanoseconds.
    public init(from decoder: any Decoder) throws {
        nanoseconds = try decoder.singleValueContainer().decode(Int64.self)
    }
}

extension Duration: CustomStringConvertible {
    /// The shortest exact form in one unit, as scenario files write it: `90s` is `1.5m`, a week is `7d`.
    public var description: String {
        let units: [(name: String, size: UInt64)] = [
            ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
            ("ms", 1_000_000), ("us", 1000),
        ]
        if let text = DecimalText.withUnit(nanoseconds, units: units) { return text }
        return nanoseconds == 0 ? "0s" : "\(nanoseconds)ns"
    }
}

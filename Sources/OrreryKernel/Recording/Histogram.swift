/// A histogram of durations with a bounded relative error: every power of two is split into 2^precision equal buckets.
///
/// Exact are the count, the sum, the smallest and the largest value; a quantile is off by at most half a bucket, 0.4 %
/// at the default precision. Histograms of one precision merge exactly, which is why quantiles over several runs come
/// from merged histograms and never from averaged quantiles.
///
/// Source: G. Tene, HdrHistogram (log-linear buckets). The kernel keeps its own because it may import nothing.
public struct Histogram: Equatable, Sendable {
    /// Buckets per power of two are 2 to this power.
    public let precision: Int
    /// How many values there are.
    @inlinable
    public var count: Int64 { number }
    /// The exact sum, in nanoseconds.
    @inlinable
    public var sum: Int128 { total }
    /// The smallest value.
    public var smallest: Duration? { number == 0 ? nil : minimum }
    /// The largest value.
    public var largest: Duration? { number == 0 ? nil : maximum }
    /// Counts by bucket; it grows to the largest value seen.
    @inlinable
    public var buckets: ContiguousArray<Int64> { counts }

    @usableFromInline var number: Int64 = 0
    @usableFromInline var total = Int128(0)
    @usableFromInline var minimum = Duration.limit + .limit
    @usableFromInline var maximum = Duration.zero
    @usableFromInline var counts: ContiguousArray<Int64> = []

    /// An empty histogram.
    public init(precision: Int = 7) {
        invariant((1...14).contains(precision), "a histogram's precision lies in 1...14, not \(precision)")
        self.precision = precision
    }

    /// Counts a value; a negative one is a bug of the caller.
    ///
    /// - Complexity: O(1)
    @inlinable
    public mutating func record(_ value: Duration) {
        invariant(value.nanoseconds >= 0, "a histogram of durations cannot take \(value)")
        let bucket = index(of: UInt64(bitPattern: value.nanoseconds))
        if bucket >= counts.count { grow(to: bucket + 1) }
        counts[bucket] &+= 1
        number &+= 1
        total &+= Int128(value.nanoseconds)
        if value < minimum { minimum = value }
        if value > maximum { maximum = value }
    }

    /// Counts a value so many times.
    ///
    /// - Complexity: O(1)
    public mutating func record(_ value: Duration, count: Int64) {
        invariant(count >= 0, "a histogram cannot take \(count) times \(value)")
        if count == 0 { return }
        record(value)
        counts[index(of: UInt64(bitPattern: value.nanoseconds))] += count - 1
        number += count - 1
        total += Int128(value.nanoseconds) * Int128(count - 1)
    }

    /// Adds all values of another histogram of the same precision.
    public mutating func merge(_ other: Histogram) {
        invariant(
            precision == other.precision,
            "histograms of precision \(precision) and \(other.precision) do not merge")
        if other.counts.count > counts.count { grow(to: other.counts.count) }
        for index in other.counts.indices { counts[index] += other.counts[index] }
        number += other.number
        total += other.total
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
    }

    /// Forgets everything.
    public mutating func removeAll() {
        self = Histogram(precision: precision)
    }

    /// The exact mean; nil without values.
    public var mean: Double? {
        count == 0 ? nil : Double(sum) / Double(count) / 1e9
    }

    /// The smallest value that at least this share (0…1) of all values do not exceed, in seconds; nil without values.
    ///
    /// - Complexity: O(buckets)
    public func quantile(_ share: Double) -> Double? {
        guard count > 0, let smallest, let largest else { return nil }
        invariant((0...1).contains(share), "a quantile's share lies in 0...1, not \(share)")
        let rank = rank(of: share)
        var seen: Int64 = 0
        for (index, number) in buckets.enumerated() where number > 0 {
            seen += number
            if seen >= rank {
                let (low, width) = bounds(of: index)
                let middle = Double(low) + Double(width - 1) / 2
                return min(largest.seconds, max(smallest.seconds, middle / 1e9))
            }
        }
        return largest.seconds
    }

    /// The number of the value, counted from one in ascending order, that is the quantile: `share × count` rounded up.
    ///
    /// A decimal share is rarely exact in binary: 0.07 is a little above 7 %, and 0.07 × 100 comes out above 7. The
    /// next smaller share gives the seventh value of a hundred and not the eighth.
    private func rank(of share: Double) -> Int64 {
        let product = max(0, share.nextDown) * Double(count)
        let whole = Int64(product)
        return max(1, Double(whole) < product ? whole + 1 : whole)
    }

    /// The smallest value that falls into a bucket and how many values do, in nanoseconds.
    public func bounds(of bucket: Int) -> (low: UInt64, width: UInt64) {
        let linear = 1 << precision
        if bucket < 2 * linear { return (UInt64(bucket), 1) }
        let octave = bucket / linear - 1
        let offset = bucket % linear
        return (UInt64(linear + offset) << UInt64(octave), 1 << UInt64(octave))
    }

    /// Values below 2^(precision+1) have a bucket each; above, the bucket is the leading precision+1 bits and the
    /// exponent.
    @inlinable
    func index(of value: UInt64) -> Int {
        let octave = max(0, 63 &- value.leadingZeroBitCount &- precision)
        return octave &<< precision &+ Int(truncatingIfNeeded: value &>> UInt64(truncatingIfNeeded: octave))
    }

    @usableFromInline
    mutating func grow(to size: Int) {
        counts.append(contentsOf: repeatElement(0, count: size - counts.count))
    }
}

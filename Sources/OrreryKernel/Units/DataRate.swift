/// A speed of data transfer, in whole bits per second.
public struct DataRate: BitwiseCopyable, Hashable, Comparable, Sendable {
    /// The speed in bits per second; positive.
    public let bitsPerSecond: Int64

    /// Exactly this many bits per second.
    @inlinable
    public init(bitsPerSecond: Int64) {
        self.bitsPerSecond = bitsPerSecond
    }

    /// How long this many bytes take, rounded up to a whole nanosecond and clamped to `Duration.limit`.
    ///
    /// All in integers: the same on every machine.
    public func time(for size: ByteCount) -> Duration {
        invariant(bitsPerSecond > 0, "a data rate must be positive, not \(bitsPerSecond) bit/s")
        invariant(size.bytes >= 0, "an amount of data to transfer cannot be negative, as \(size) is")
        // Up to a gigabyte, 64 bits are enough; a division of 128 bits takes several times as long.
        let (work, isLarge) = size.bytes.multipliedReportingOverflow(by: 8_000_000_000)
        if isLarge {
            let time = (Int128(size.bytes) * 8_000_000_000 + Int128(bitsPerSecond) - 1) / Int128(bitsPerSecond)
            return Duration(nanoseconds: Int64(min(time, Int128(Duration.limit.nanoseconds))))
        }
        let (time, rest) = work.quotientAndRemainder(dividingBy: bitsPerSecond)
        return min(Duration(nanoseconds: rest > 0 ? time + 1 : time), .limit)
    }

    /// Whether the left one is slower.
    @inlinable
    public static func < (left: DataRate, right: DataRate) -> Bool { left.bitsPerSecond < right.bitsPerSecond }
}

extension DataRate: CustomStringConvertible {
    /// The largest decimal unit that shows the speed with at most one decimal, as scenario files write it: `18.4Mbps`.
    public var description: String {
        let units: [(name: String, size: UInt64)] = [("Gbps", 1_000_000_000), ("Mbps", 1_000_000), ("kbps", 1000)]
        return DecimalText.withUnit(bitsPerSecond, units: units) ?? "\(bitsPerSecond)bps"
    }
}

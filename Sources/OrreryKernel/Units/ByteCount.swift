/// An amount of data, in whole bytes.
public struct ByteCount: BitwiseCopyable, Hashable, Comparable, Sendable {
    /// The amount in bytes.
    public let bytes: Int64

    /// Exactly this many bytes.
    @inlinable
    public init(_ bytes: Int64) {
        self.bytes = bytes
    }

    @inlinable
    public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}

extension ByteCount: CustomStringConvertible {
    /// The largest decimal unit that shows the amount with at most one decimal, as scenario files write it: `52.2MB`, else
    /// `52191360B`.
    public var description: String {
        let units: [(name: String, size: UInt64)] = [
            ("TB", 1_000_000_000_000), ("GB", 1_000_000_000), ("MB", 1_000_000), ("kB", 1000),
        ]
        return DecimalText.withUnit(bytes, units: units) ?? "\(bytes)B"
    }
}

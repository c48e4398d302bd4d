public import OrreryKernel

/// Compares two streams of event records as they come, until the first event that differs.
///
/// It holds no more than what one side is ahead of the other, and the last events that both had in common.
public struct EventLockstep: Sendable {
    /// The two streams.
    public enum Side: Sendable {
        case reference
        case other
    }

    /// The first event that differs.
    public struct Difference: Equatable, Sendable {
        /// How many events both had in common.
        public let common: UInt64
        /// The last of them.
        public let before: [EventRecord]
        /// What happened then; nil if nothing more did.
        public let reference: EventRecord?
        /// What happened then on the other side; nil if nothing more did.
        public let other: EventRecord?
    }

    /// How many common events are kept.
    private let memory: Int
    private var reference = Stream()
    private var other = Stream()
    private var common: UInt64 = 0
    private var before: [EventRecord] = []

    private struct Stream {
        var bytes: [UInt8] = []
        var start = 0
        var hasEnded = false

        var records: Int { (bytes.count - start) / EventRecord.byteCount }

        mutating func drop(_ count: Int) {
            start += count
            guard start > 1 << 16 else { return }
            bytes.removeFirst(start)
            start = 0
        }

        func record(_ index: Int) -> EventRecord {
            EventRecord(bytes: bytes[(start + index * EventRecord.byteCount)...])
        }
    }

    /// A comparison that keeps so many of the last common events.
    public init(memory: Int) {
        self.memory = memory
    }

    /// The side that must be read next; nil once both have ended.
    public var waitsFor: Side? {
        if reference.hasEnded { return other.hasEnded ? nil : .other }
        if other.hasEnded { return .reference }
        return reference.records <= other.records ? .reference : .other
    }

    /// Takes the next bytes of a side, none at its end; gives the first difference once it is known.
    public mutating func take(_ bytes: [UInt8], from side: Side) -> Difference? {
        switch side {
        case .reference: EventLockstep.extend(&reference, by: bytes)
        case .other: EventLockstep.extend(&other, by: bytes)
        }
        let shared = min(reference.records, other.records)
        let size = shared * EventRecord.byteCount
        let left = reference.bytes[reference.start..<reference.start + size]
        let right = other.bytes[other.start..<other.start + size]
        let equal = zip(left, right).prefix { $0 == $1 }.count / EventRecord.byteCount
        remember(equal)
        if equal < shared { return difference(reference.record(equal), other.record(equal)) }
        reference.drop(size)
        other.drop(size)
        if reference.hasEnded, other.records > 0 { return difference(nil, other.record(0)) }
        if other.hasEnded, reference.records > 0 { return difference(reference.record(0), nil) }
        return nil
    }

    private static func extend(_ stream: inout Stream, by bytes: [UInt8]) {
        stream.bytes += bytes
        if bytes.isEmpty { stream.hasEnded = true }
    }

    private mutating func remember(_ count: Int) {
        common += UInt64(count)
        for index in max(0, count - memory)..<count { before.append(reference.record(index)) }
        before.removeFirst(max(0, before.count - memory))
    }

    private func difference(_ left: EventRecord?, _ right: EventRecord?) -> Difference {
        Difference(common: common, before: before, reference: left, other: right)
    }
}

extension EventRecord {
    /// How many bytes a record takes in a stream.
    public static let byteCount = 32

    /// Appends the record to a stream: its numbers one after the other, the lowest byte first.
    public func append(to bytes: inout [UInt8]) {
        for word in [UInt64(bitPattern: time.nanoseconds), order, UInt64(entity) &<< 32 | UInt64(kind), payload] {
            for place in 0..<UInt64(8) { bytes.append(UInt8(truncatingIfNeeded: word &>> (8 &* place))) }
        }
    }

    /// The record at the beginning of a stream, which must hold one.
    init(bytes: ArraySlice<UInt8>) {
        func word(_ index: Int) -> UInt64 {
            let start = bytes.startIndex + 8 * index
            return bytes[start..<start + 8].reversed().reduce(0) { $0 &<< 8 | UInt64($1) }
        }
        self.init(
            time: Instant(nanoseconds: Int64(bitPattern: word(0))), order: word(1),
            kind: UInt32(truncatingIfNeeded: word(2)), entity: UInt32(truncatingIfNeeded: word(2) &>> 32),
            payload: word(3))
    }
}

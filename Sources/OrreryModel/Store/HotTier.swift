import OrreryKernel

/// What lies in the hot tier of the store, and how it moves on to the cold tier.
///
/// Data moves like water: as long as anything that is written lies in the hot tier, it goes at the cold rate, and every
/// byte makes room as it goes. Levels are in billionths of a bit, which is what one bit a second moves in a nanosecond:
/// so they are exact, however often one looks.
struct HotTier: Sendable {
    /// How much has room.
    private let capacity: Int128?
    /// How much moves in a nanosecond.
    private let rate: Int128
    /// How much more the cold tier takes; nil if there is no limit.
    private var coldRoom: Int128?
    /// What is written and has not moved, at the instant `settled`.
    private var written = Int128(0)
    private var settled = Instant.start
    /// What is being written; it moves only when the whole of it is written.
    private var reserved = Int128(0)
    /// The most that there was, with what was being written.
    private var highest = Int128(0)

    /// The empty tiers of a plan.
    init(plan: StorePlan?) {
        capacity = (plan?.hotCapacity).map(HotTier.level)
        rate = Int128(plan?.coldRate?.bitsPerSecond ?? 0)
        coldRoom = (plan?.coldCapacity).map(HotTier.level)
    }

    /// The most bytes that there were since the warm-up, those of a part of a byte included.
    var bytesHighest: ByteCount {
        ByteCount(Int64((highest + HotTier.billionthsOfByte - 1) / HotTier.billionthsOfByte))
    }

    /// Whether the levels are possible.
    var isSound: Bool {
        written >= 0 && coldRoom.map { $0 >= 0 } ?? true && capacity.map { written + reserved <= $0 } ?? true
    }

    /// How long it takes until there is room for so much if nothing else is written; nil if there will never be.
    mutating func timeToRoom(for size: ByteCount, at now: Instant) -> Duration? {
        guard let capacity else { return .zero }
        settle(at: now)
        let missing = written + reserved + HotTier.level(size) - capacity
        if missing <= 0 { return .zero }
        guard rate > 0, missing <= min(written, coldRoom ?? written) else { return nil }
        let time = (missing + rate - 1) / rate
        return time < Int128(Duration.limit.nanoseconds) ? Duration(nanoseconds: Int64(time)) : nil
    }

    /// Takes room for what is written from now on.
    mutating func reserve(_ size: ByteCount, at now: Instant) {
        settle(at: now)
        reserved += HotTier.level(size)
        highest = max(highest, written + reserved)
    }

    /// Everything for which room was taken is written.
    mutating func finish(at now: Instant) {
        settle(at: now)
        written += reserved
        reserved = 0
    }

    /// The warm-up is over.
    mutating func restart(at now: Instant) {
        settle(at: now)
        highest = written + reserved
    }

    /// Moves what has moved until an instant.
    private mutating func settle(at now: Instant) {
        let moved = min(written, coldRoom ?? written, rate * Int128((now - settled).nanoseconds))
        written -= moved
        coldRoom? -= moved
        settled = now
    }

    private static let billionthsOfByte = Int128(8_000_000_000)

    private static func level(_ size: ByteCount) -> Int128 { Int128(size.bytes) * billionthsOfByte }
}

/// A 128-bit rolling digest of everything that happened in a run.
///
/// Two runs with equal fingerprints processed the same events, at the same instants, in the same order, with the same
/// payloads. The four words of an event are first mixed, two by two, in full-width products, which the processor does
/// in parallel for neighbouring events; only one multiplication a lane stands on the serial chain. Given an event,
/// every step of a lane is a bijection, so a difference once absorbed never vanishes by itself. Both halves of both
/// products reach both lanes, once added and once exclusive-or'ed. A factor is zero only for a word that equals its
/// constant, which no time, order or kind does in practice; a payload that did would hide its event's number. It guards
/// against accidents, not against an adversary.
public struct Fingerprint: BitwiseCopyable, Hashable, Sendable {
    @usableFromInline var low: UInt64
    @usableFromInline var high: UInt64

    /// The fingerprint of nothing.
    @inlinable
    public init() {
        low = 0x243F_6A88_85A3_08D3
        high = 0x1319_8A2E_0370_7344
    }

    /// Takes four words in.
    ///
    /// The odd constants are digits of π, as in Blowfish's tables: nothing up the sleeve.
    @inlinable @inline(__always)
    public mutating func absorb(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
        let left = (first ^ 0xA409_3822_299F_31D1).multipliedFullWidth(by: third ^ 0x082E_FA98_EC4E_6C89)
        let right = (second ^ 0xC0AC_29B7_C97C_50DD).multipliedFullWidth(by: fourth ^ 0x3F84_D5B5_B547_0917)
        let products = (left.low ^ left.high) &+ (right.low ^ right.high)
        let sums = (left.low &+ left.high) ^ Fingerprint.exchanged(right.low &+ right.high)
        low = (low ^ products) &* 0x2FFD_72DB_D01A_DFB7
        low ^= low &>> 32
        high = (high ^ sums) &* 0xB8E1_AFED_6A26_7E97
        high ^= high &>> 32
    }

    /// The upper and the lower half of a word, exchanged.
    @inlinable @inline(__always)
    static func exchanged(_ word: UInt64) -> UInt64 { word &<< 32 | word &>> 32 }

    /// Takes another fingerprint in: the digest of several runs, in their order.
    public mutating func absorb(_ other: Fingerprint) {
        absorb(other.low, other.high, 0, 1)
    }
}

extension Fingerprint: LosslessStringConvertible {
    /// 32 hexadecimal digits.
    public var description: String { Fingerprint.hexadecimal(high) + Fingerprint.hexadecimal(low) }

    /// The fingerprint that a text of 32 hexadecimal digits describes; nil for any other text.
    public init?(_ description: String) {
        let digits = description.utf8
        guard digits.count == 32, description.allSatisfy(\.isHexDigit),
            let high = UInt64(description.prefix(16), radix: 16), let low = UInt64(description.suffix(16), radix: 16)
        else { return nil }
        self.high = high
        self.low = low
    }

    private static func hexadecimal(_ word: UInt64) -> String {
        let digits = String(word, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

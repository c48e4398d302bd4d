/// A 128-bit rolling digest of everything that happened in a run.
///
/// Two runs with equal fingerprints processed the same events, at the same instants, in the same order, with the same
/// payloads. The four words of an event are combined with the state into two full-width products, whose halves make
/// the new state: one multiplication stands on the serial chain, and every bit of an event flips half of all bits.
///
/// - A difference in one word always shows, unless the other factor of its product is zero. Differences in both
///   products cancel out by chance only, once in 2¹²⁸.
/// - A factor is zero where the time or the number of an event equals half of the state, once in 2⁶⁴ events, or where
///   kind and entity or the payload equal their constant. Then the other word of that product is not seen in this
///   event; if it was the constant, half of the state is forgotten as well.
/// - The step from state to state is not one-to-one. So two runs that differ may meet again, with a chance of 2⁻¹²⁸ an
///   event: below 10⁻²⁶ in a run of 10¹² events.
///
/// It guards against accidents, not against an adversary.
///
/// Source of folding the state into wide products: Wang Yi's wyhash. There the halves of a product are folded to 64
/// bits; here all 256 bits go into the state of 128.
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
    /// The odd constants are digits of π, as in Blowfish's tables: nothing up the sleeve. The halves cross over,
    /// because a low bit of a factor hardly moves the upper half of the product, and a high bit hardly the lower one.
    /// The last two lines are one-to-one and spread what one half saw to both.
    @inlinable @inline(__always)
    public mutating func absorb(_ first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
        let left = (first ^ low).multipliedFullWidth(by: third ^ 0xA409_3822_299F_31D1)
        let right = (second ^ high).multipliedFullWidth(by: fourth ^ 0x082E_FA98_EC4E_6C89)
        high = left.high &+ right.low
        low = left.low ^ right.high ^ high
        high ^= low &<< 32 | low &>> 32
    }

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

extension Fingerprint: Codable {
    /// Writes its 32 digits.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }

    /// Reads 32 digits.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let fingerprint = Fingerprint(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "no 32 hexadecimal digits")
        }
        self = fingerprint
    }
}

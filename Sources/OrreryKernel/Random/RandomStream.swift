/// One stream of random numbers: xoshiro256++, seeded by name.
///
/// Every (run seed, entity, purpose) has a stream of its own. So a telescope that draws one number more shifts nobody
/// else's numbers, a feature that is off draws nothing, and two variants of a scenario that share a name share its
/// randomness, which is what makes paired comparisons sharp. The same name always gives the same numbers, on every
/// machine and in every version with the same `version`.
///
/// Source: D. Blackman, S. Vigna, "Scrambled linear pseudorandom number generators", ACM TOMS 47 (2021), xoshiro256++;
/// the state is filled by splitmix64, as its authors advise.
public struct RandomStream: BitwiseCopyable, Sendable {
    /// The version of the generator and of all samplers together; it stands in every result.
    ///
    /// Any change of a golden
    /// vector raises it.
    public static let version = 1

    @usableFromInline var state: (UInt64, UInt64, UInt64, UInt64)

    /// The stream of an entity for a purpose in the run with this seed, for instance `("telescope/ridge/17",
    /// "exposure")`.
    public init(seed: UInt64, entity: String, purpose: String) {
        var mixer = SplitMix(state: seed)
        mixer.state ^= SplitMix.digest(of: entity)
        mixer.state = mixer.next() ^ SplitMix.digest(of: purpose)
        state = (mixer.next(), mixer.next(), mixer.next(), mixer.next())
    }

    /// 64 random bits.
    @inlinable @inline(__always)
    public mutating func next() -> UInt64 {
        let sum = state.0 &+ state.3
        let result = (sum &<< 23 | sum &>> 41) &+ state.0
        let shifted = state.1 &<< 17
        state.2 ^= state.0
        state.3 ^= state.1
        state.1 ^= state.2
        state.0 ^= state.3
        state.2 ^= shifted
        state.3 = state.3 &<< 45 | state.3 &>> 19
        return result
    }

    /// A number in [0, 1): a multiple of 2⁻⁵³.
    @inlinable
    public mutating func unit() -> Double {
        Double(next() &>> 11) * 0x1p-53
    }

    /// A number in (0, 1]: never zero, so that its logarithm exists.
    @inlinable
    public mutating func positiveUnit() -> Double {
        Double((next() &>> 11) &+ 1) * 0x1p-53
    }

    /// A whole number in `0 ..< bound`, each equally likely; `bound` is positive.
    ///
    /// Source: D. Lemire, "Fast random integer generation in an interval", ACM TOMACS 29 (2019).
    @inlinable
    public mutating func index(below bound: Int) -> Int {
        invariant(bound > 0, "a random index needs a positive bound, not \(bound)")
        let range = UInt64(bound)
        var product = next().multipliedFullWidth(by: range)
        if product.low < range {
            let threshold = (0 &- range) % range
            while product.low < threshold { product = next().multipliedFullWidth(by: range) }
        }
        return Int(product.high)
    }
}

/// splitmix64: fills the state of a stream from one word.
///
/// Source: G. Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ word &>> 30) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ word &>> 27) &* 0x94D0_49BB_1331_11EB
        return word ^ word &>> 31
    }

    /// The FNV-1a digest of a name's UTF-8 bytes, mixed once more.
    static func digest(of name: String) -> UInt64 {
        var digest: UInt64 = 0xCBF2_9CE4_8422_2325
        for byte in name.utf8 { digest = (digest ^ UInt64(byte)) &* 0x0000_0100_0000_01B3 }
        var mixer = SplitMix(state: digest)
        return mixer.next()
    }
}

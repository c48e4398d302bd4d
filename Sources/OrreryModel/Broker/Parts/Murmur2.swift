/// The hash by which Kafka's clients choose the partition of a key: 32-bit MurmurHash2 with a seed of their own.
///
/// Source: apache/kafka, clients, `Utils.murmur2`; the algorithm is A. Appleby's MurmurHash2.
enum Murmur2 {
    /// The hash of some bytes.
    static func hash(_ bytes: [UInt8]) -> Int32 {
        let multiplier: UInt32 = 0x5bd1_e995
        var hash = 0x9747_b28c ^ UInt32(truncatingIfNeeded: bytes.count)
        let tail = bytes.count & ~3
        for start in stride(from: 0, to: tail, by: 4) {
            var block: UInt32 = 0
            for place in 0..<4 { block |= UInt32(bytes[start + place]) &<< (8 * UInt32(place)) }
            block = block &* multiplier
            block = (block ^ block &>> 24) &* multiplier
            hash = hash &* multiplier ^ block
        }
        if tail < bytes.count {
            for place in tail..<bytes.count { hash ^= UInt32(bytes[place]) &<< (8 * UInt32(place - tail)) }
            hash = hash &* multiplier
        }
        hash = (hash ^ hash &>> 13) &* multiplier
        return Int32(bitPattern: hash ^ hash &>> 15)
    }

    /// The partition of a key that is a number, written in decimal.
    static func partition(of key: UInt32, among count: Int) -> Int {
        Int(hash(Array(String(key).utf8)) & 0x7fff_ffff) % count
    }
}

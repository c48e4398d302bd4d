import OrreryKernel
import Testing

@Suite("A fingerprint")
struct FingerprintTests {
    @Test("differs when any one bit of an event differs, or any two")
    func everyBitAndEveryPairOfBitsCounts() {
        var seen: Set = [digest(of: Self.event)]
        var tried = 1
        for first in 0..<256 {
            for second in first..<256 {
                var words = flipped(Self.event, bit: first)
                if second != first { words = flipped(words, bit: second) }
                seen.insert(digest(of: words))
                tried += 1
            }
        }
        #expect(tried == 32_897)
        #expect(seen.count == tried, "\(tried - seen.count) differences went unseen")
    }

    @Test("is told apart by its text, and is made from it again; other texts make none")
    func text() {
        let fingerprint = digest(of: Self.event)
        #expect(Fingerprint(fingerprint.description) == fingerprint)
        #expect(Fingerprint(Fingerprint().description) == Fingerprint())
        let digits = fingerprint.description
        for text in ["", String(digits.dropLast()), digits + "0", "+" + digits.dropFirst(), "g" + digits.dropFirst()] {
            #expect(Fingerprint(text) == nil, "\(text)")
        }
    }

    @Test("still differs a thousand equal events after the difference")
    func differencesDoNotHeal() {
        for bit in 0..<256 {
            var left = digest(of: Self.event)
            var right = digest(of: flipped(Self.event, bit: bit))
            for step in 0..<1000 as Range<UInt64> {
                left.absorb(step, step + 1, step + 2, step + 3)
                right.absorb(step, step + 1, step + 2, step + 3)
            }
            #expect(left != right, "the difference in bit \(bit) healed")
        }
    }

    @Test("still differs a hundred thousand events after the difference, and by about half of its bits")
    func differencesLast() {
        var plain = digest(of: Self.event)
        var others = stride(from: 0, to: 256, by: 15).map { digest(of: flipped(Self.event, bit: $0)) }
        for step in 0..<100_000 as Range<UInt64> {
            let words = [step &* 1_000_003, step, (step & 3) << 32 | step % 17, step & 7 == 0 ? step : 0]
            plain.absorb(words[0], words[1], words[2], words[3])
            for index in others.indices { others[index].absorb(words[0], words[1], words[2], words[3]) }
        }
        let distances = others.map { distance(plain, $0) }
        #expect(distances.allSatisfy { (32...96).contains($0) }, "\(distances) bits of 128 differ")
    }

    @Test("differs when any two events of a run are exchanged")
    func anyExchangeCounts() {
        let events = (0..<60 as Range<UInt64>).map { [$0 * 1000, $0, ($0 & 1) << 32 | $0 % 5, 0] }
        func digest(of events: [[UInt64]]) -> Fingerprint {
            events.reduce(into: Fingerprint()) { $0.absorb($1[0], $1[1], $1[2], $1[3]) }
        }
        var seen: Set = [digest(of: events)]
        for first in events.indices {
            for second in (first + 1)..<events.count {
                var exchanged = events
                exchanged.swapAt(first, second)
                seen.insert(digest(of: exchanged))
            }
        }
        #expect(seen.count == 1 + 60 * 59 / 2)
    }

    @Test(
        "moves on with every one of equal events",
        arguments: [0, 1, 1 << 63, .max, 0xA409_3822_299F_31D1, 0x082E_FA98_EC4E_6C89] as [UInt64])
    func equalEventsMove(word: UInt64) {
        var fingerprint = Fingerprint()
        var seen: Set = [fingerprint]
        for _ in 0..<100_000 {
            fingerprint.absorb(word, word, word, word)
            seen.insert(fingerprint)
        }
        #expect(seen.count == 100_001)
    }

    @Test("is blind where a word equals its constant, to that event's number or time and to nothing later")
    func zeroFactors() {
        let constants: (third: UInt64, fourth: UInt64) = (0xA409_3822_299F_31D1, 0x082E_FA98_EC4E_6C89)
        #expect(digest(of: [1, 2, 3, constants.fourth]) == digest(of: [1, 9, 3, constants.fourth]))
        #expect(digest(of: [1, 2, 3, constants.fourth]) != digest(of: [9, 2, 3, constants.fourth]))
        #expect(digest(of: [1, 2, constants.third, 4]) == digest(of: [9, 2, constants.third, 4]))
        #expect(digest(of: [1, 2, constants.third, 4]) != digest(of: [1, 9, constants.third, 4]))
        for bit in 0..<256 {
            var left = digest(of: Self.event)
            var right = digest(of: flipped(Self.event, bit: bit))
            for words in [[5, 6, 7, constants.fourth], [5, 6, constants.third, 8]] as [[UInt64]] {
                left.absorb(words[0], words[1], words[2], words[3])
                right.absorb(words[0], words[1], words[2], words[3])
            }
            #expect(left != right, "the difference in bit \(bit) healed")
        }
    }

    @Test("depends on the order of events and of words")
    func orderCounts() {
        var left = Fingerprint()
        left.absorb(1, 2, 3, 4)
        left.absorb(5, 6, 7, 8)
        var right = Fingerprint()
        right.absorb(5, 6, 7, 8)
        right.absorb(1, 2, 3, 4)
        #expect(left != right)
        let orders: [[UInt64]] = [[1, 2, 3, 4], [2, 1, 3, 4], [1, 2, 4, 3], [3, 2, 1, 4]]
        #expect(Set(orders.map(digest(of:))).count == orders.count)
    }

    @Test("of several runs depends on each run and on their order")
    func runsAreDigestedInOrder() {
        let first = digest(of: [1, 2, 3, 4])
        let second = digest(of: [5, 6, 7, 8])
        var forward = Fingerprint()
        forward.absorb(first)
        forward.absorb(second)
        var backward = Fingerprint()
        backward.absorb(second)
        backward.absorb(first)
        #expect(forward != backward)
        #expect(forward != Fingerprint())
    }

    @Test("flips about half of its bits for every bit that differs")
    func avalanche() {
        var flips = 0
        for bit in 0..<256 {
            var distance = 0
            for trial in 0..<64 as Range<UInt64> {
                let event = Self.event.map { $0 &+ trial &* 0x9E37_79B9_7F4A_7C15 }
                distance += self.distance(digest(of: event), digest(of: flipped(event, bit: bit)))
            }
            let share = Double(distance) / Double(64 * 128)
            #expect(share > 0.4 && share < 0.6, "bit \(bit) flips \(share) of all bits")
            flips += distance
        }
        let share = Double(flips) / Double(256 * 64 * 128)
        #expect(share > 0.48 && share < 0.52, "\(share) of all bits flip")
    }

    @Test("of these events is this one, on every machine and in every version")
    func goldenValue() {
        #expect(Fingerprint().description == "13198a2e03707344243f6a8885a308d3")
        var fingerprint = Fingerprint()
        for word in 0..<1000 as Range<UInt64> {
            fingerprint.absorb(word, word &* 3, word &<< 32 ^ 5, word &* 0x9E37_79B9_7F4A_7C15)
        }
        #expect(fingerprint.description == "a6b3c3f4452c99cc98a5bfac3253976f")
        var several = Fingerprint()
        several.absorb(fingerprint)
        #expect(several.description == "605b2148f8f1f5f58f48f7d214275709")
    }

    // MARK: Words and bits

    private static let event: [UInt64] = [1_234_567_890_123, 4711, 3 << 32 | 17, 0x4059_0000_0000_0000]

    private func digest(of words: [UInt64]) -> Fingerprint {
        var fingerprint = Fingerprint()
        fingerprint.absorb(words[0], words[1], words[2], words[3])
        return fingerprint
    }

    private func flipped(_ words: [UInt64], bit: Int) -> [UInt64] {
        var words = words
        words[bit / 64] ^= 1 << UInt64(bit % 64)
        return words
    }

    /// How many of the 128 bits differ.
    private func distance(_ left: Fingerprint, _ right: Fingerprint) -> Int {
        zip(left.description, right.description).reduce(0) { sum, pair in
            let left = pair.0.hexDigitValue ?? 0
            let right = pair.1.hexDigitValue ?? 0
            return sum + (left ^ right).nonzeroBitCount
        }
    }
}

import OrreryKernel
import Testing

@Suite("Packed whole numbers")
struct PackedIntegersTests {
    @Test("come back as they were, whatever they are", arguments: 0..<20 as Range<UInt64>)
    func roundTrip(seed: UInt64) {
        var random = RandomStream(seed: seed, entity: "packed", purpose: "numbers")
        var numbers: [Int128] = []
        for _ in 0..<random.index(below: 200) {
            let magnitude = Int128(random.index(below: 1 << 30)) << Int128(random.index(below: 97))
            let number = random.unit() < 0.5 ? magnitude : -magnitude
            let runLength = random.unit() < 0.3 ? random.index(below: 40) + 1 : 1
            numbers += Array(repeating: random.unit() < 0.3 ? 0 : number, count: runLength)
        }
        #expect(PackedIntegers.numbers(PackedIntegers.text(numbers)) == numbers, "seed \(seed)")
    }

    @Test("hold the largest and the smallest number, and none at all")
    func extremes() {
        let numbers: [Int128] = [.max, .min, 0, -1, 1, .max - 1, .min + 1]
        #expect(PackedIntegers.numbers(PackedIntegers.text(numbers)) == numbers)
        #expect(PackedIntegers.text([]).isEmpty && PackedIntegers.numbers("") == [])
    }

    @Test("are short where nothing changes")
    func repeats() {
        #expect(PackedIntegers.text(Array(repeating: 0, count: 504)).utf8.count < 6)
        #expect(PackedIntegers.text([0, 0, 0]) == "AAA")
    }

    @Test(
        "do not come out of a broken text",
        arguments: ["*", "*B", "A*", "A**B", "g", "A b", "Ä", String(repeating: "/", count: 30), "A*B*C*", "A*g"])
    func broken(text: String) {
        #expect(PackedIntegers.numbers(text) == nil)
    }

    @Test("cannot fill the memory")
    func limit() {
        let many = PackedIntegers.text(Array(repeating: 7, count: 1001))
        #expect(PackedIntegers.numbers(many, atMost: 1000) == nil)
        #expect(PackedIntegers.numbers(many, atMost: 1001)?.count == 1001)
    }
}

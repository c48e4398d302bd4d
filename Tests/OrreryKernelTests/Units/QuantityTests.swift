import OrreryKernel
import Testing

@Suite("An amount of data")
struct ByteCountTests {
    @Test(
        "is written in the largest decimal unit that shows it exactly with at most one decimal",
        arguments: [
            (0, "0B"), (1, "1B"), (999, "999B"), (1000, "1kB"), (1500, "1.5kB"), (1550, "1550B"),
            (52_200_000, "52.2MB"), (52_191_360, "52191360B"), (1_000_000_000_000, "1TB"), (-1500, "-1.5kB"),
            (9_007_199_254_741_100, "9007199254741.1kB"), (Int64.max, "9223372036854775807B"),
        ] as [(Int64, String)])
    func text(bytes: Int64, text: String) {
        #expect(ByteCount(bytes).description == text)
    }

    @Test("reads back from its text as itself")
    func roundTrip() throws {
        var random = RandomStream(seed: 1, entity: "bytes", purpose: "round trip")
        let sizes: [String: Int64] = [
            "B": 1, "kB": 1000, "MB": 1_000_000, "GB": 1_000_000_000, "TB": 1_000_000_000_000,
        ]
        for _ in 0..<20_000 {
            var bytes = Int64(random.next() >> UInt64(1 + random.index(below: 60)))
            bytes -= bytes % ([1, 100, 1000, 100_000][random.index(below: 4)] as Int64)
            let text = ByteCount(bytes).description
            #expect(try QuantityText.amount(text, sizes: sizes) == bytes, "\(text)")
        }
    }

    @Test("compares by its bytes")
    func order() {
        #expect(ByteCount(1) < ByteCount(2))
        #expect(ByteCount(2) == ByteCount(2))
    }
}

@Suite("A data rate")
struct DataRateTests {
    @Test(
        "takes a time that is rounded up to a whole nanosecond",
        arguments: [
            (8, 1, 1_000_000_000), (1, 1, 8_000_000_000), (3, 1, 2_666_666_667),
            (20_000_000, 52_000_000, 20_800_000_000),
            (1_000_000_000, 1, 8), (3_000_000_000, 1, 3), (16_000_000_000, 1, 1), (100_000_000_000, 1, 1), (1, 0, 0),
            (Int64.max, Int64.max, 8_000_000_000), (1, Int64.max, 1 << 61),
        ] as [(Int64, Int64, Int64)])
    func transferTime(bitsPerSecond: Int64, bytes: Int64, nanoseconds: Int64) {
        let exact = (Int128(bytes) * 8_000_000_000 + Int128(bitsPerSecond) - 1) / Int128(bitsPerSecond)
        let time = DataRate(bitsPerSecond: bitsPerSecond).time(for: ByteCount(bytes))
        #expect(time.nanoseconds == Int64(min(exact, 1 << 61)))
        #expect(time.nanoseconds == nanoseconds)
    }

    @Test("is written in the largest decimal unit that shows it exactly with at most one decimal")
    func text() {
        #expect(DataRate(bitsPerSecond: 18_400_000).description == "18.4Mbps")
        #expect(DataRate(bitsPerSecond: 10_000_000_000).description == "10Gbps")
        #expect(DataRate(bitsPerSecond: 56_100).description == "56.1kbps")
        #expect(DataRate(bitsPerSecond: 1234).description == "1234bps")
        #expect(DataRate(bitsPerSecond: 9_007_199_254_741_100).description == "9007199254741.1kbps")
        #expect(DataRate(bitsPerSecond: 1) < DataRate(bitsPerSecond: 2))
    }

    @Test("must be positive, and what it carries not negative")
    func nonsenseIsABug() async {
        await #expect(processExitsWith: .failure) { _ = DataRate(bitsPerSecond: 0).time(for: ByteCount(1)) }
        await #expect(processExitsWith: .failure) { _ = DataRate(bitsPerSecond: -5).time(for: ByteCount(1)) }
        await #expect(processExitsWith: .failure) { _ = DataRate(bitsPerSecond: 5).time(for: ByteCount(-1)) }
    }
}

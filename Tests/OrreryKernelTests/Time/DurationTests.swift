import OrreryKernel
import Testing

@Suite("A duration")
struct DurationTests {
    @Test(
        "is written in the largest unit that shows it exactly with at most one decimal",
        arguments: [
            (0, "0s"), (1, "1ns"), (999, "999ns"), (1000, "1us"), (1500, "1.5us"), (1050, "1050ns"), (-1500, "-1.5us"),
            (1_000_000, "1ms"), (250_000_000, "250ms"), (90_000_000_000, "1.5m"), (61_000_000_000, "61s"),
            (3_600_000_000_000, "1h"), (604_800_000_000_000, "7d"), (950_400_000_000_000_000, "11000d"),
            (36_028_797_018_964_100, "36028797018964.1us"), (1 << 61, "2305843009213693952ns"),
            (Int64.max, "9223372036854775807ns"), (Int64.min, "-9223372036854775808ns"),
        ] as [(Int64, String)])
    func text(nanoseconds: Int64, text: String) {
        #expect(Duration(nanoseconds: nanoseconds).description == text)
    }

    @Test("reads back from its text as itself, whatever its scale")
    func textRoundTrip() throws {
        var random = RandomStream(seed: 1, entity: "duration", purpose: "round trip")
        for _ in 0..<20_000 {
            var nanoseconds = Int64(random.next() >> UInt64(2 + random.index(below: 60)))
            let step = [1, 10, 100, 1000, 100_000, 100_000_000, 6_000_000_000][random.index(below: 7)] as Int64
            nanoseconds -= nanoseconds % step
            let text = Duration(nanoseconds: nanoseconds).description
            #expect(try QuantityText.amount(text, sizes: Self.sizes) == nanoseconds, "\(text)")
        }
    }

    private static let sizes: [String: Int64] = [
        "ns": 1, "us": 1000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
        "d": 86_400_000_000_000,
    ]

    @Test(
        "made from seconds is rounded to the nearest nanosecond, half away from zero",
        arguments: [
            (0, 0), (1, 1_000_000_000), (0.1, 100_000_000), (1e-9, 1), (0.4e-9, 0), (0.6e-9, 1), (-0.6e-9, -1),
            (2.5e-9, 3), (-2.5e-9, -3), (1.5, 1_500_000_000), (-1.5, -1_500_000_000), (86_400, 86_400_000_000_000),
        ] as [(Double, Int64)])
    func fromSeconds(seconds: Double, nanoseconds: Int64) {
        #expect(Duration(seconds: seconds).nanoseconds == nanoseconds)
    }

    @Test("made from whole nanoseconds in seconds is exact up to 26 days")
    func secondsRoundTrip() {
        var random = RandomStream(seed: 2, entity: "duration", purpose: "seconds")
        for _ in 0..<20_000 {
            let duration = Duration(nanoseconds: Int64(random.next() >> UInt64(13 + random.index(below: 50))))
            #expect(Duration(seconds: duration.seconds) == duration)
        }
    }

    @Test("made from too many seconds is the limit", arguments: [1e10, 1e300, .infinity, .greatestFiniteMagnitude])
    func clamps(seconds: Double) {
        #expect(Duration(seconds: seconds) == .limit)
        #expect(Duration(seconds: -seconds) == .zero - .limit)
    }

    @Test("cannot be made from not-a-number")
    func notANumberIsABug() async {
        await #expect(processExitsWith: .failure) { _ = Duration(seconds: .nan) }
    }

    @Test("adds, subtracts and compares exactly")
    func arithmetic() {
        #expect(Duration.seconds(1) + .milliseconds(500) == Duration(nanoseconds: 1_500_000_000))
        #expect(Duration.minutes(1) - .seconds(61) == Duration(nanoseconds: -1_000_000_000))
        #expect(Duration.days(1) == .hours(24) && Duration.hours(1) == .minutes(60))
        #expect(Duration.limit + .limit > .limit)
        #expect([Duration.hours(1), .seconds(1), .zero].sorted() == [.zero, .seconds(1), .hours(1)])
        var sum = Duration.zero
        sum += .seconds(2)
        #expect(sum.seconds == 2)
    }
}

@Suite("An instant")
struct InstantTests {
    @Test(
        "is written in seconds with nine decimals",
        arguments: [
            (0, "0.000000000s"), (1, "0.000000001s"), (1_500_000_000, "1.500000000s"),
            (3_600_000_000_001, "3600.000000001s"), (-500_000_000, "-0.500000000s"),
        ] as [(Int64, String)])
    func text(nanoseconds: Int64, text: String) {
        #expect(Instant(nanoseconds: nanoseconds).description == text)
    }

    @Test("and a duration make an instant, two instants make a duration")
    func arithmetic() {
        let later = Instant.start + .limit
        #expect(later - .start == .limit)
        #expect(Instant.start - later == .zero - .limit)
        #expect(Instant.start < later)
        #expect((Instant.start + .milliseconds(250)).seconds == 0.25)
        #expect((later + .limit) - later == .limit)
    }
}

import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("The hot tier of the store")
struct StoreTierTests {
    private func recording(
        _ values: [String: ParameterValue], size: Int64 = 1_000_000, until end: Duration = .seconds(60)
    ) -> Recording {
        let store = Plans.store(rate: DataRate(bitsPerSecond: 80_000_000), values)
        return Network.run(
            Plans.station(
                interarrival: .constant(1), service: .constant(0), size: ByteCount(size), store: store,
                duration: end), seed: 1)
    }

    /// 1 MB comes in a second and 0.6 MB move on: after the n-th item's write began, at n s, it holds 0.4 n + 0.66 MB,
    /// because nothing moves before the first is written, at 1.1 s.
    private let short: [String: ParameterValue] = [
        "hot-capacity": .size(ByteCount(10_000_000)), "cold-rate": .rate(DataRate(bitsPerSecond: 4_800_000)),
    ]

    private func megabytes(_ amount: Int64) -> ParameterValue { .size(ByteCount(amount * 1_000_000)) }

    @Test("fills up at the difference of what comes and what moves on")
    func fillingUp() {
        let filling = recording(short, until: .milliseconds(23_999))
        #expect(filling.storeHotBytesHighest == ByteCount(9_860_000))
        #expect(filling.ledger.delivered.total == 23 && filling.blockedStore.highest == 0)
    }

    @Test("makes the store wait when it is full, which then writes as fast as data moves on")
    func waiting() throws {
        // The 24th item waits for 0.26 MB, the 25th from 25 s on for 0.66 MB; from 26.1 s on one is written every
        // 5/3 s.
        let full = recording(short)
        #expect(full.ledger.delivered.total == 23 + 22)
        #expect(full.ledger.lostTotal == 0 && full.ledger.inFlight.level == 60 - 45)
        #expect(full.storeHotBytesHighest == ByteCount(10_000_000))
        let blocked = try #require(full.blockedStore.mean(at: full.end))
        #expect(abs(blocked - (0.26 / 0.6 + 1.1 + 33.9 - 21 * 0.1) / 60) < 1e-8)
        let busy = try #require(full.busyStore.gauge.mean(at: full.end))
        #expect(abs(busy - 45 * 0.1 / 60) < 1e-12, "a store that waits for room is not busy")
    }

    @Test("makes the store lose what has no room, if the scenario says so")
    func dropping() {
        // After the 24th, which finds 9.26 MB, the next ones find 8.66, 9.06, 8.46, 8.86 and again 9.26 MB.
        let full = recording(short.merging(["when-full": .text("drop")]) { $1 })
        #expect(full.ledger.lost[LossReason.storeFull.rawValue].total == 15)
        #expect(full.ledger.delivered.total == 60 - 15 - 1, "the last is being written")
        #expect(full.blockedStore.highest == 0)
        #expect(full.storeHotBytesHighest == ByteCount(9_860_000))
    }

    @Test("that never again has room leaves what comes in flight, and the run comes to its end")
    func neverAgain() {
        let stuck = recording(["hot-capacity": megabytes(5)])
        #expect(stuck.ledger.delivered.total == 5 && stuck.ledger.occupancy[Stage.storeWait.rawValue].level == 55)
        #expect(stuck.blockedStore.mean(at: stuck.end) == 0.9)
        let bothFull = recording(short.merging(["hot-capacity": megabytes(5), "cold-capacity": megabytes(3)]) { $1 })
        #expect(bothFull.ledger.delivered.total == 8)
        #expect(recording(["hot-capacity": megabytes(2)], size: 2_000_001).ledger.delivered.total == 0)
    }

    @Test("is exact however often one looks")
    func exactness() {
        let plan = Plans.store(
            rate: DataRate(bitsPerSecond: 1_000_000),
            [
                "hot-capacity": .size(ByteCount(1_000_007)), "cold-rate": .rate(DataRate(bitsPerSecond: 1_234_567)),
                "cold-capacity": .size(ByteCount(2_000_003)),
            ])
        var seldom = HotTier(plan: plan)
        var often = seldom
        var random = RandomStream(seed: 1, entity: "tier", purpose: "test")
        var now = Instant.start
        for _ in 0..<200 {
            let size = ByteCount(Int64(random.index(below: 300_000)))
            guard let time = seldom.timeToRoom(for: size, at: now) else { break }
            for part in 0...9 {
                _ = often.timeToRoom(for: size, at: now + Duration(nanoseconds: time.nanoseconds / 10 * Int64(part)))
            }
            now = now + time
            #expect(seldom.timeToRoom(for: size, at: now) == .zero && often.timeToRoom(for: size, at: now) == .zero)
            seldom.reserve(size, at: now)
            often.reserve(size, at: now)
            now = now + .milliseconds(Int64(random.index(below: 100)))
            seldom.finish(at: now)
            often.finish(at: now)
            let next = ByteCount(1_000_007)
            #expect(seldom.timeToRoom(for: next, at: now) == often.timeToRoom(for: next, at: now))
            #expect(seldom.isSound && seldom.bytesHighest == often.bytesHighest)
        }
        #expect(seldom.timeToRoom(for: ByteCount(900_000), at: now + .days(1)) == nil, "both tiers are full")
    }
}

import OrreryKernel
import OrreryTestSupport
import Testing

@testable import OrreryModel

@Suite("The store writes batches")
struct StoreBatchTests {
    /// Items of 1 MB that reach the store at equal distances, and a store that writes 1 MB a second.
    private func recording(
        every seconds: Double, overhead: Duration, size: Int, wait: Duration, until end: Duration
    ) -> Recording {
        let store = Plans.store(
            rate: DataRate(bitsPerSecond: 8_000_000), overhead: overhead,
            ["batch-size": .count(size), "batch-wait": .duration(wait)])
        return Network.run(
            Plans.station(
                interarrival: .constant(seconds), service: .constant(0), size: ByteCount(1_000_000), store: store,
                duration: end), seed: 1)
    }

    @Test("with one overhead each, and delivers all items of a batch at its end")
    func fullBatches() throws {
        // At 4 s there are four items, at 8.5 s they are written and four others are there, and so on: 18 s of writing.
        let full = recording(
            every: 1, overhead: .milliseconds(500), size: 4, wait: .seconds(10), until: .seconds(22))
        let ledger = full.ledger
        #expect(ledger.delivered.total == 16)
        let writes = ledger.stageTimes[Stage.storeWrite.rawValue]
        #expect(writes.smallest == .milliseconds(4500) && writes.largest == .milliseconds(4500))
        let waits = ledger.stageTimes[Stage.storeWait.rawValue]
        #expect(waits.smallest == .zero && waits.largest == .milliseconds(4500), "the fourth and the thirteenth")
        #expect(ledger.latency.largest == .seconds(9))
        let busy = try #require(full.busyStore.gauge.mean(at: full.end))
        #expect(abs(busy - 18.0 / 22) < 1e-12)
    }

    @Test("which their first item holds up for no longer than it may")
    func waitEnds() {
        // At 3 and 6 s, written from 8 s to 10.5 s; at 9 and 12 s, from 14 s to 16.5 s; always two of ten.
        let ledger = recording(
            every: 3, overhead: .milliseconds(500), size: 10, wait: .seconds(5), until: .seconds(30)
        ).ledger
        #expect(ledger.delivered.total == 8)
        #expect(ledger.stageTimes[Stage.storeWait.rawValue].sum == 4 * (5 + 2) * 1_000_000_000)
        #expect(ledger.latency.largest == .milliseconds(7500))
    }

    @Test("and what waited long enough while another batch was written waits no longer")
    func waitIsOver() {
        // At 3 s, written from 5 s to 14 s; then at 6, 9 and 12 s, written at once until 25 s.
        let ledger = recording(every: 3, overhead: .seconds(8), size: 10, wait: .seconds(2), until: .seconds(25)).ledger
        #expect(ledger.delivered.total == 4)
        #expect(ledger.stageTimes[Stage.storeWait.rawValue].sum == (2 + 8 + 5 + 2) * 1_000_000_000)
    }
}

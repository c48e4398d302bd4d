import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A Kinesis stream")
struct KinesisTests {
    private let first = WorkerID(number: 0)
    private let second = WorkerID(number: 1)

    private func stream(_ shards: Int, workers: Int = 0, _ values: [String: ParameterValue] = [:]) -> BrokerDriver {
        var driver = BrokerDriver("kinesis", values.merging(["shards": .count(shards)]) { $1 })
        for worker in 0..<workers { driver.feed(.joined(WorkerID(number: UInt32(worker)))) }
        return driver
    }

    /// A worker is done with some messages.
    private func finish(_ numbers: [Int], by worker: WorkerID, _ driver: inout BrokerDriver) {
        for number in numbers { driver.feed(.acknowledged(driver.copy(UInt32(number)), by: worker)) }
    }

    /// A key whose shard among so many is this one.
    private func key(for shard: Int, among count: Int) -> UInt32 {
        (0..<1000 as Range<UInt32>).first { MD5.shard(of: $0, among: count) == shard } ?? 0
    }

    // Where messages go.

    @Test(
        "hashes keys with MD5",
        arguments: [
            ("", "d41d8cd98f00b204e9800998ecf8427e"), ("abc", "900150983cd24fb0d6963f7d28e17f72"),
            ("message digest", "f96b697d7cb7938d525a2f31aaf161d0"),
            ("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", "d174ab98d277d9f5a5611c2c9f419d9f"),
            (String(repeating: "1234567890", count: 8), "57edf4a22be3c955ac49da2e2107b67a"),
        ])
    func digest(text: String, expected: String) {
        let digits = MD5.digest(of: Array(text.utf8)).map { String(UInt16($0) + 0x100, radix: 16).dropFirst() }
        #expect(digits.joined() == expected)
    }

    @Test("divides the hashes of keys evenly among its shards")
    func shardOfKey() {
        // The hash of "0" begins with cfcd, that of "1" with c4ca, that of "2" with c81e, that of "5" with e4da.
        #expect([0, 1, 2, 5].map { MD5.shard(of: $0, among: 4) } == [3, 3, 3, 3])
        #expect([0, 1, 2, 5].map { MD5.shard(of: $0, among: 16) } == [12, 12, 12, 14])
    }

    // What is refused.

    @Test("refuses a third of 1500 records a second for one shard, after the first second's reserve")
    func throttlesRecords() {
        var driver = stream(1)
        var refused: [Int] = []
        for number in 0..<30_000 {
            driver.advance(toSecond: Double(number) / 1500)
            if !driver.publish(size: 100).refused.isEmpty { refused.append(number) }
        }
        #expect(refused.first.map { abs($0 - 3000) <= 3 } == true, "the reserve of 1000 lasts for two seconds")
        let later = refused.count { $0 >= 15_000 }
        #expect(abs(later - 5000) <= 1)
        #expect(driver.actions.contains(.refuse(driver.copy(UInt32(refused[0])), .throttled)))
    }

    @Test("takes a thousand records at once, and no more in that instant")
    func burst() {
        var driver = stream(1)
        #expect(driver.publish(1200, size: 10).refused == Array(1000..<1200))
        driver.advance(toSecond: 0.1)
        #expect(driver.publish(200, size: 10).refused == Array(1300..<1400))
    }

    @Test("takes a mebibyte a second and shard, whichever limit comes first")
    func throttlesBytes() {
        var driver = stream(1)
        #expect(driver.publish(3, size: 524_288).refused == [2])
        driver.advance(toSecond: 0.499)
        #expect(driver.publish(size: 524_288).refused == [3])
        driver.advance(toSecond: 0.5)
        #expect(driver.publish(size: 524_288).refused.isEmpty)
    }

    @Test("refuses what is larger than a mebibyte as too large")
    func tooLarge() {
        var driver = stream(1)
        #expect(driver.publish(size: 1_048_577) == [.refuse(driver.copy(0), .tooLarge)])
        #expect(driver.publish(size: 1_048_576).refused.isEmpty)
    }

    @Test("throttles a hot key although its other shards have room")
    func hotKey() {
        var driver = stream(4)
        #expect(driver.publish(1001, size: 10, key: key(for: 0, among: 4)).refused == [1000])
        #expect(driver.publish(1000, size: 10, key: key(for: 1, among: 4)).refused.isEmpty)
    }

    @Test("drops what nobody has read in 24 hours")
    func retention() {
        var driver = stream(1)
        driver.publish(2)
        driver.advance(toSecond: 600)
        driver.publish()
        driver.advance(toSecond: 86_399.9)
        #expect(driver.broker.depth == 3)
        #expect(driver.advance(toSecond: 86_400).dropped == [0, 1])
        #expect(driver.advance(toSecond: 87_000) == [.drop(driver.copy(2), .expired)])
    }

    // What workers get.

    @Test("is polled once a second, so that a message waits for the next poll")
    func pollInterval() {
        var driver = stream(1, workers: 1)
        driver.advance(toSecond: 5.25)
        #expect(driver.publish(3).delivered.isEmpty)
        #expect(driver.advance(toSecond: 5.999).isEmpty)
        #expect(driver.advance(toSecond: 6).delivered == [0, 1, 2])
    }

    @Test("is polled at most five times a second")
    func fivePolls() {
        var driver = stream(1, workers: 1, ["poll-interval": .duration(.milliseconds(200))])
        var polls = 0
        for step in 0..<1000 {
            let delivered = driver.advance(toSecond: Double(step) / 100).delivered
            if !delivered.isEmpty { polls += 1 }
            finish(delivered, by: first, &driver)
            driver.publish()
        }
        #expect(polls == 50, "in ten seconds")
    }

    @Test("gives a worker at most ten mebibytes at a time, and nothing for five seconds after that")
    func readRate() {
        var driver = stream(1)
        for second in 0..<12 {
            driver.advance(toSecond: Double(second))
            driver.publish(size: 1_048_576)
        }
        driver.feed(.joined(first))
        #expect(driver.advance(toSecond: 11).delivered == Array(0..<10))
        finish(Array(0..<10), by: first, &driver)
        #expect(driver.advance(toSecond: 15.999).isEmpty)
        #expect(driver.advance(toSecond: 16).delivered == [10, 11])
    }

    @Test("gives no more of a shard until all that was read of it is done")
    func oneBatch() {
        var driver = stream(1, workers: 1, ["max-records": .count(2)])
        driver.publish(5)
        #expect(driver.advance(toSecond: 3.5).delivered == [0, 1])
        finish([0], by: first, &driver)
        #expect(driver.advance(toSecond: 4.5).isEmpty)
        finish([1], by: first, &driver)
        #expect(driver.advance(toSecond: 4.5).delivered == [2, 3])
    }

    @Test("skips what a worker could not do")
    func poison() {
        var driver = stream(1, workers: 1)
        driver.publish()
        driver.advance(toSecond: 1)
        #expect(driver.feed(.rejected(driver.copy(0), by: first)) == [.drop(driver.copy(0), .deadLettered)])
        #expect(driver.feed(.rejected(driver.copy(0), by: first)).isEmpty)
    }

    @Test("spreads its shards evenly over the workers, and leaves those idle that are more", arguments: 1...6)
    func leases(workers: Int) {
        var driver = stream(4, workers: workers)
        for shard in 0..<4 { driver.publish(key: key(for: shard, among: 4)) }
        driver.advance(toSecond: 2)
        let shares = (0..<workers).map { driver.actions.delivered(to: UInt32($0)).count }
        #expect(shares.reduce(0, +) == 4)
        #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
    }

    @Test("gives the shards of a crashed worker to others after ten seconds, and first what was not done")
    func failover() {
        var driver = stream(2, workers: 2)
        let keys = (0..<2).map { key(for: $0, among: 2) }
        driver.publish(2, key: keys[0])
        driver.publish(2, key: keys[1])
        driver.advance(toSecond: 5)
        let lost = driver.actions.delivered(to: 0)
        finish(driver.actions.delivered(to: 1), by: second, &driver)
        for number in lost.reversed() { driver.feed(.returned(driver.copy(UInt32(number)), from: first)) }
        driver.feed(.left(first))
        #expect(driver.broker.heldNumbers == lost.sorted())
        driver.publish(key: keys[0])
        driver.publish(key: keys[1])
        let before = driver.advance(toSecond: 14.999)
        #expect(before.delivered.count == 1, "the other shard goes on")
        #expect(driver.advance(toSecond: 15).delivered(to: 1).prefix(2) == lost[...])
    }

    @Test("passes on the shards of a worker at once that says that it goes")
    func handOver() {
        var driver = stream(2, workers: 2)
        driver.feed(.leaving(first))
        for shard in 0..<2 { driver.publish(key: key(for: shard, among: 2)) }
        driver.advance(toSecond: 5)
        #expect(driver.actions.delivered(to: 0).isEmpty && driver.actions.delivered(to: 1).count == 2)
    }

    // Resharding.

    @Test(
        "changes to at most double and at least half as many shards",
        arguments: [(2, 4, true), (2, 5, false), (4, 2, true), (5, 3, true), (5, 2, false)])
    func reshardLimits(from: Int, to: Int, isAllowed: Bool) {
        let values: [String: ParameterValue] = [
            "shards": .count(from), "reshard-to": .count(to), "reshard-at": .duration(.zero),
        ]
        let kind = BrokerCatalog.kinds["kinesis"]
        #expect((kind?.conflict(ParameterValues(values)) == nil) == isAllowed)
        #expect(kind?.conflict(ParameterValues(["reshard-to": .count(to)])) != nil, "without a time")
    }

    @Test("takes twice as much when twice as many shards have taken over, some minutes after they were asked for")
    func reshard() {
        var driver = stream(1, ["reshard-to": .count(2), "reshard-at": .duration(.seconds(60))])
        driver.advance(toSecond: 239)
        #expect(driver.publish(2000, size: 1).refused.count == 1000)
        driver.advance(toSecond: 240)
        for number in 0..<2000 as Range<UInt32> { driver.publish(size: 1, key: number) }
        #expect(driver.actions.refused.count < 1100)
    }

    @Test(
        "keeps the order of each key, also when it is resharded and workers crash",
        arguments: 1...6 as ClosedRange<UInt64>)
    func order(seed: UInt64) {
        var random = RandomStream(seed: seed, entity: "stream", purpose: "order")
        let values: [String: ParameterValue] = [
            "reshard-to": .count(seed % 2 == 0 ? 5 : 2), "reshard-at": .duration(.zero), "max-records": .count(7),
        ]
        var driver = stream(3, workers: 3, values)
        var work = [[Copy]](repeating: [], count: 3)
        var isUp = [true, true, true]
        var done: [UInt32: [UInt32]] = [:]
        var seen = 0
        for _ in 0..<6000 {
            let worker = random.index(below: 3)
            let id = WorkerID(number: UInt32(worker))
            switch random.index(below: 80) {
            case 0 where isUp[worker]:
                for copy in work[worker].reversed() { driver.feed(.returned(copy, from: id)) }
                work[worker] = []
                isUp[worker] = false
                driver.feed(.left(id))
            case 1..<6 where !isUp[worker]:
                isUp[worker] = true
                driver.feed(.joined(id))
            case 6..<35: driver.publish(key: UInt32(driver.actions.confirmed.count % 11))
            case 35..<42: driver.advance(toSecond: driver.port.now.seconds + random.unit())
            default:
                if let copy = work[worker].first {
                    work[worker].removeFirst()
                    done[copy.item.number % 11, default: []].append(copy.item.number)
                    driver.feed(.acknowledged(copy, by: id))
                }
            }
            for case .deliver(let copy, let worker) in driver.actions[seen...] {
                work[Int(worker.number)].append(copy)
            }
            seen = driver.actions.count
        }
        #expect(driver.port.now.seconds > 200, "the new shards have taken over at second 180")
        for key in 0..<11 as Range<UInt32> { #expect(done[key] == done[key]?.sorted(), "key \(key), seed \(seed)") }
        #expect(done.values.joined().count > 500)
    }
}

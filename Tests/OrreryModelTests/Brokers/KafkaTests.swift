import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A Kafka topic")
struct KafkaTests {
    /// A topic whose group of so many workers has settled; the clock stands at second 10.
    private func settled(_ workers: Int, _ values: [String: ParameterValue] = [:]) -> BrokerDriver {
        var driver = BrokerDriver("kafka", values)
        for worker in 0..<workers { driver.feed(.joined(WorkerID(number: UInt32(worker)))) }
        driver.advance(toSecond: 10)
        return driver
    }

    // Where messages go.

    @Test("hashes keys as Kafka's clients do", arguments: [("21", -973_932_308), ("abc", 479_470_107)])
    func hash(text: String, expected: Int32) {
        #expect(Murmur2.hash(Array(text.utf8)) == expected)
    }

    @Test("takes the hash without its sign for the partition")
    func partitionOfKey() {
        #expect(Murmur2.partition(of: 21, among: 10) == Int(-973_932_308 & 0x7fff_ffff) % 10)
        #expect(Murmur2.partition(of: 21, among: 10) == 0)
    }

    @Test("puts what has one key into one partition")
    func keyed() {
        var driver = settled(0, ["partitions": .count(10)])
        driver.publish(20, key: 21)
        #expect(Array(driver.broker.held.map(\.item.number)) == Array(0..<20))
    }

    @Test("puts what has no key into one partition until a batch is full")
    func sticky() {
        var driver = BrokerDriver("kafka", ["partitions": .count(100)])
        driver.publish(160, size: 1024)
        let order = driver.broker.held.map { Int($0.item.number) }
        for batch in 0..<10 {
            let start = order.firstIndex(of: batch * 16) ?? 0
            #expect(Array(order[start..<(start + 16)]) == Array(batch * 16..<(batch + 1) * 16))
        }
        #expect(order != Array(0..<160), "batches go to partitions at random")
    }

    @Test("confirms everything at once, and refuses what is larger than a request may be")
    func confirms() {
        var driver = BrokerDriver("kafka")
        driver.publish(3)
        #expect(driver.actions.confirmed == [0, 1, 2])
        driver.publish(size: 1_048_576)
        #expect(driver.publish(size: 1_048_577) == [.refuse(driver.copy(4), .tooLarge)])
    }

    @Test("writes no faster than it can, and confirms what is written")
    func ingestRate() {
        // 8 kbit/s: one message of 1000 bytes a second.
        var driver = settled(1, ["ingest-rate": .rate(DataRate(bitsPerSecond: 8000))])
        #expect(driver.publish(3, size: 1000) == (0..<3).map { .hold(driver.copy($0)) })
        #expect(driver.broker.depth == 3)
        let written = driver.advance(toSecond: 11)
        #expect(written == [.confirm(driver.copy(0)), .deliver(driver.copy(0), WorkerID(number: 0))])
        #expect(driver.advance(toSecond: 13).confirmed == [1, 2])
        #expect(driver.broker.heldNumbers == [1, 2], "the worker is not done with the first")
    }

    @Test("refuses what would wait for room in the producer's buffer for too long")
    func bufferMemory() {
        var driver = BrokerDriver(
            "kafka",
            [
                "ingest-rate": .rate(DataRate(bitsPerSecond: 8000)), "buffer-memory": .size(ByteCount(5000)),
                "max-block": .duration(.seconds(3)),
            ])
        let actions = driver.publish(10, size: 1000)
        #expect(actions.refused == [8, 9], "five in the buffer, and three that get room within three seconds")
        #expect(actions.last == .refuse(driver.copy(9), .producerBlocked))
        driver.advance(toSecond: 1)
        #expect(driver.publish(2, size: 1000).refused == [11])
        driver.advance(toSecond: 100)
        #expect(driver.actions.confirmed == [0, 1, 2, 3, 4, 5, 6, 7, 10])
    }

    // What is removed.

    @Test("removes what is older than its retention, at the next check")
    func retentionByAge() {
        var driver = BrokerDriver("kafka", ["retention": .duration(.minutes(12))])
        driver.publish(2)
        driver.advance(toSecond: 240)
        driver.publish(2)
        driver.advance(toSecond: 899)
        #expect(driver.broker.depth == 4)
        #expect(driver.advance(toSecond: 900) == [.drop(driver.copy(0), .expired), .drop(driver.copy(1), .expired)])
        driver.advance(toSecond: 1200)
        #expect(driver.broker.depth == 0)
    }

    @Test("keeps messages for seven days unless told otherwise")
    func retentionDefault() {
        var driver = BrokerDriver("kafka")
        driver.publish()
        driver.advance(toSecond: 7 * 86_400 - 1)
        #expect(driver.broker.depth == 1)
        driver.advance(toSecond: 7 * 86_400)
        #expect(driver.actions.dropped == [0])
    }

    @Test("removes the oldest of a partition that is too large, and counts also what was read")
    func retentionBySize() {
        var driver = settled(1, ["retention-bytes": .size(ByteCount(10_240)), "max-poll-records": .count(5)])
        driver.publish(5)
        #expect(driver.actions.delivered == [0])
        driver.publish(15)
        driver.advance(toSecond: 300)
        #expect(driver.actions.dropped == Array(1..<10))
        #expect(driver.broker.heldNumbers == Array(10..<20))
    }

    @Test("never takes from a worker what it is reading, but does not give it to another after its time")
    func retentionOfOpenWork() {
        var driver = settled(1, ["retention": .duration(.minutes(2))])
        driver.publish()
        driver.advance(toSecond: 290)
        #expect(driver.actions.dropped.isEmpty)
        driver.feed(.returned(driver.copy(0), from: WorkerID(number: 0)))
        driver.feed(.left(WorkerID(number: 0)))
        #expect(driver.broker.depth == 1)
        driver.advance(toSecond: 300)
        #expect(driver.actions.dropped == [0])
    }

    // What workers get.

    @Test("delivers at once to a worker that waits in its poll")
    func idle() {
        var driver = settled(1)
        #expect(driver.publish() == [.confirm(driver.copy(0)), .deliver(driver.copy(0), WorkerID(number: 0))])
    }

    @Test("gives a worker a poll's worth, and more only when all of it is done")
    func polls() {
        var driver = settled(1)
        driver.publish(1201)
        #expect(driver.actions.delivered == [0])
        let second = driver.feed(.acknowledged(driver.copy(0), by: WorkerID(number: 0)))
        #expect(second.delivered == Array(1...500))
        for number in UInt32(1)..<500 {
            #expect(driver.feed(.acknowledged(driver.copy(number), by: WorkerID(number: 0))).isEmpty)
        }
        let third = driver.feed(.acknowledged(driver.copy(500), by: WorkerID(number: 0)))
        #expect(third.delivered == Array(501...1000))
    }

    @Test("reads a worker's partitions by turns, so that a full one does not starve the others")
    func fairness() {
        var driver = settled(1, ["partitions": .count(2), "max-poll-records": .count(2)])
        let keys = (0..<20 as Range<UInt32>).filter { Murmur2.partition(of: $0, among: 2) == 0 }
        let others = (0..<20 as Range<UInt32>).filter { Murmur2.partition(of: $0, among: 2) == 1 }
        driver.publish(6, key: keys[0])
        driver.publish(1, key: others[0])
        driver.feed(.acknowledged(driver.copy(0), by: WorkerID(number: 0)))
        driver.feed(.acknowledged(driver.copy(1), by: WorkerID(number: 0)))
        let batch = driver.feed(.acknowledged(driver.copy(2), by: WorkerID(number: 0)))
        #expect(batch.delivered == [6, 3])
    }

    @Test("tries a failing message ten times in its place, then skips it")
    func poison() {
        var driver = settled(1)
        driver.publish(3)
        let worker = WorkerID(number: 0)
        driver.feed(.acknowledged(driver.copy(0), by: worker))
        for _ in 1...9 {
            #expect(
                driver.feed(.rejected(driver.copy(1), by: worker)) == [
                    .reclaim(driver.copy(2), worker), .hold(driver.copy(1)), .deliver(driver.copy(1), worker),
                    .deliver(driver.copy(2), worker),
                ])
        }
        #expect(driver.feed(.rejected(driver.copy(1), by: worker)) == [.drop(driver.copy(1), .deadLettered)])
        driver.feed(.acknowledged(driver.copy(2), by: worker))
        #expect(driver.publish().delivered == [3])
    }

    @Test("ignores an acknowledgement of what a worker no longer has")
    func stale() {
        var driver = settled(1)
        driver.publish(2)
        driver.feed(.acknowledged(driver.copy(0), by: WorkerID(number: 0)))
        #expect(driver.feed(.acknowledged(driver.copy(0), by: WorkerID(number: 0))).isEmpty)
        #expect(driver.feed(.rejected(driver.copy(0), by: WorkerID(number: 0))).isEmpty)
    }

    @Test("leaves workers idle that are more than the partitions")
    func surplus() {
        var driver = settled(5, ["partitions": .count(2)])
        for key in 0..<100 as Range<UInt32> { driver.publish(key: key) }
        #expect(!driver.actions.delivered(to: 0).isEmpty)
        #expect(!driver.actions.delivered(to: 1).isEmpty)
        for worker in 2..<5 as Range<UInt32> { #expect(driver.actions.delivered(to: worker).isEmpty) }
    }
}

@Suite("The assignment of partitions")
struct PartitionAssignmentTests {
    @Test(
        "by ranges gives neighbours, and one more to the first few",
        arguments: [
            (10, 3, [0, 0, 0, 0, 1, 1, 1, 2, 2, 2]), (8, 3, [0, 0, 0, 1, 1, 1, 2, 2]), (4, 2, [0, 0, 1, 1]),
            (2, 4, [0, 1]), (3, 1, [0, 0, 0]),
        ])
    func range(partitions: Int, members: Int, owners: [Int]) {
        #expect(PartitionAssignment.range(partitions: partitions, members: Array(0..<members)) == owners)
    }

    @Test("that is sticky moves only what must move")
    func sticky() {
        let three = PartitionAssignment.sticky(owners: [0, 0, 0, 1, 1, 1], members: [0, 1, 2])
        #expect(three == [0, 0, 2, 1, 1, 2])
        let two = PartitionAssignment.sticky(owners: three, members: [1, 2])
        #expect(two == [1, 2, 2, 1, 1, 2])
    }

    @Test("is even and moves as little as possible", arguments: 1...9)
    func stickyIsEven(members: Int) {
        var owners = [Int](repeating: PartitionAssignment.nobody, count: 20)
        for count in [members, members + 1, members] {
            let next = PartitionAssignment.sticky(owners: owners, members: Array(0..<count))
            let shares = (0..<count).map { member in next.count { $0 == member } }
            #expect(shares.reduce(0, +) == 20)
            #expect((shares.max() ?? 0) - (shares.min() ?? 0) <= 1)
            let moved = zip(owners, next).count { $0 != $1 && $0 >= 0 }
            #expect(moved <= (20 + members) / (members + 1))
            owners = next
        }
    }
}

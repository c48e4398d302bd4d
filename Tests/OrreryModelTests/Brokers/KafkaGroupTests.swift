import OrreryKernel
import Testing

@testable import OrreryModel

@Suite("A consumer group")
struct KafkaGroupTests {
    private let first = WorkerID(number: 0)
    private let second = WorkerID(number: 1)

    private func joined(_ workers: Int, _ values: [String: ParameterValue] = [:]) -> BrokerDriver {
        var driver = BrokerDriver("kafka", values)
        for worker in 0..<workers { driver.feed(.joined(WorkerID(number: UInt32(worker)))) }
        return driver
    }

    /// Two workers with one partition each: key `a` is the first one's, key `b` the second one's.
    private func pair(_ values: [String: ParameterValue] = [:]) -> (driver: BrokerDriver, a: UInt32, b: UInt32) {
        var driver = joined(2, values.merging(["partitions": .count(2)]) { $1 })
        driver.advance(toSecond: 10)
        let keys = [0, 1].map { partition in
            (0..<100 as Range<UInt32>).first { Murmur2.partition(of: $0, among: 2) == partition } ?? 0
        }
        return (driver, keys[0], keys[1])
    }

    /// A worker crashes with what it has.
    private func crash(_ worker: WorkerID, with numbers: [UInt32], _ driver: inout BrokerDriver) {
        for number in numbers.reversed() { driver.feed(.returned(driver.copy(number), from: worker)) }
        driver.feed(.left(worker))
    }

    @Test("waits three seconds for others to come, and three more when they came", arguments: [(1, 3.0), (2, 6.0)])
    func initialDelay(workers: Int, seconds: Double) {
        var driver = joined(workers)
        driver.publish()
        #expect(driver.advance(toSecond: seconds - 0.001).isEmpty)
        #expect(driver.advance(toSecond: seconds).delivered == [0])
    }

    @Test("stops as a whole in an eager rebalance, also those that keep what they had")
    func eager() {
        var (driver, a, _) = pair()
        driver.feed(.joined(WorkerID(number: 2)))
        #expect(driver.publish(key: a).delivered.isEmpty)
        driver.advance(toSecond: 12.999)
        #expect(driver.actions.delivered.isEmpty)
        #expect(driver.advance(toSecond: 13).delivered(to: 0) == [0])
    }

    @Test(
        "lets a member go at once that says so, and a static one only when its session times out",
        arguments: [("no", 13.0), ("yes", 58.0)])
    func leaving(isStatic: String, second: Double) {
        var (driver, a, _) = pair(["static-membership": .text(isStatic)])
        driver.feed(.leaving(WorkerID(number: 0)))
        #expect(driver.publish(key: a).delivered.isEmpty, "it polls no more")
        driver.feed(.left(WorkerID(number: 0)))
        driver.advance(toSecond: second - 0.001)
        #expect(driver.actions.delivered.isEmpty)
        #expect(driver.advance(toSecond: second).delivered(to: 1) == [0])
    }

    @Test("goes on in a cooperative rebalance with all that does not move")
    func cooperative() {
        var (driver, a, b) = pair(["assignor": .text("cooperative-sticky")])
        driver.feed(.joined(WorkerID(number: 2)))
        #expect(driver.publish(key: a).delivered(to: 0) == [0])
        #expect(driver.publish(key: b).delivered(to: 1) == [1])
    }

    @Test("moves partitions to a newcomer in a second cooperative rebalance, when their owner polls")
    func cooperativeMove() {
        var driver = joined(1, ["partitions": .count(2), "assignor": .text("cooperative-sticky")])
        driver.advance(toSecond: 10)
        let moving = (0..<100 as Range<UInt32>).first { Murmur2.partition(of: $0, among: 2) == 1 } ?? 0
        driver.publish(2, key: moving)
        #expect(driver.actions.delivered(to: 0) == [0])
        driver.feed(.joined(second))
        driver.advance(toSecond: 19)
        driver.feed(.acknowledged(driver.copy(0), by: first))
        driver.advance(toSecond: 30)
        #expect(driver.actions.delivered(to: 1).isEmpty, "the owner works on what it got when it polled")
        driver.feed(.acknowledged(driver.copy(1), by: first))
        driver.publish(key: moving)
        #expect(driver.advance(toSecond: 32.999).isEmpty)
        #expect(driver.advance(toSecond: 33).delivered(to: 1) == [2])
    }

    @Test("waits in an eager rebalance until the slowest has done its batch")
    func waitsForPolls() {
        var (driver, a, b) = pair()
        driver.publish(key: a)
        driver.publish(2, key: b)
        driver.feed(.joined(WorkerID(number: 2)))
        driver.feed(.acknowledged(driver.copy(1), by: second))
        driver.advance(toSecond: 60)
        #expect(driver.actions.delivered == [0, 1])
        #expect(driver.feed(.acknowledged(driver.copy(0), by: first)).delivered == [2])
    }

    @Test("does work again that is revoked at once")
    func revokesAtOnce() {
        var (driver, a, _) = pair(["revocation": .text("at-once")])
        driver.publish(3, key: a)
        #expect(driver.feed(.joined(WorkerID(number: 2))) == [.reclaim(driver.copy(0), first)])
        #expect(driver.advance(toSecond: 13).delivered(to: 0) == [0, 1, 2])
    }

    @Test("notices a crash when the session times out, and only then gives its work to others")
    func sessionTimeout() {
        var (driver, a, b) = pair()
        driver.publish(2, key: a)
        crash(first, with: [0], &driver)
        #expect(driver.broker.heldNumbers == [0, 1])
        #expect(driver.publish(key: b).delivered(to: 1) == [2], "the others go on meanwhile")
        driver.feed(.acknowledged(driver.copy(2), by: second))
        driver.advance(toSecond: 57.999)
        #expect(driver.actions.delivered == [0, 2])
        #expect(driver.advance(toSecond: 58).delivered(to: 1) == [0, 1], "45 s to notice, 3 s to rebalance")
    }

    @Test("stands still when a worker is back before its session timed out, since it is a new member")
    func dynamicReturn() {
        var (driver, a, _) = pair()
        driver.publish(key: a)
        crash(first, with: [0], &driver)
        driver.advance(toSecond: 15)
        driver.feed(.joined(first))
        driver.advance(toSecond: 54.999)
        #expect(driver.actions.delivered == [0])
        #expect(driver.advance(toSecond: 55).delivered(to: 0) == [0])
    }

    @Test("gives a static member back its partitions at once if it returns in time")
    func staticReturn() {
        var (driver, a, b) = pair(["static-membership": .text("yes")])
        driver.publish(2, key: a)
        crash(first, with: [0], &driver)
        driver.advance(toSecond: 54)
        #expect(driver.feed(.joined(first)).delivered == [0, 1])
        driver.advance(toSecond: 100)
        #expect(driver.publish(key: b).delivered(to: 1) == [2], "there was no rebalance")
    }

    @Test("expels who does not poll for five minutes, and others do its work again")
    func maxPollInterval() {
        var (driver, a, _) = pair()
        driver.publish(2, key: a)
        driver.advance(toSecond: 309.999)
        #expect(driver.actions.delivered == [0])
        #expect(driver.advance(toSecond: 310) == [.reclaim(driver.copy(0), first), .disconnect(first)])
        #expect(driver.advance(toSecond: 313).delivered(to: 1) == [0, 1])
    }

    @Test("never ends when every batch takes longer than a poll may: the sustaining loop")
    func sustainingLoop() {
        var driver = joined(2)
        driver.publish(100)
        for second in stride(from: 10.0, through: 3600, by: 10) {
            let actions = driver.advance(toSecond: second)
            for case .disconnect(let worker) in actions { driver.feed(.joined(worker)) }
        }
        let expulsions = driver.actions.count { if case .disconnect = $0 { true } else { false } }
        #expect(expulsions >= 10)
        #expect(driver.actions.delivered.count == 100 * (expulsions + 1))
        #expect(driver.actions.delivered.max() == 99)
    }

    @Test("keeps the order of each key through crashes", arguments: 1...8 as ClosedRange<UInt64>)
    func order(seed: UInt64) {
        var random = RandomStream(seed: seed, entity: "group", purpose: "order")
        let values: [String: ParameterValue] = [
            "partitions": .count(6), "max-poll-records": .count(7),
            "assignor": .text(seed % 2 == 0 ? "range" : "cooperative-sticky"),
            "revocation": .text(seed % 4 < 2 ? "after-batch" : "at-once"),
            "static-membership": .text(seed % 8 < 4 ? "no" : "yes"),
        ]
        var driver = joined(3, values)
        var work = [[Copy]](repeating: [], count: 3)
        var isUp = [true, true, true]
        var done: [UInt32: [UInt32]] = [:]
        var seen = 0
        for step in 0..<4000 {
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
            case 6..<44: driver.publish(key: UInt32(driver.actions.confirmed.count % 11))
            case 44..<48: driver.advance(toSecond: driver.port.now.seconds + random.unit() * 20)
            default:
                if let copy = work[worker].first {
                    work[worker].removeFirst()
                    done[copy.item.number % 11, default: []].append(copy.item.number)
                    driver.feed(.acknowledged(copy, by: id))
                }
            }
            for action in driver.actions[seen...] {
                if case .deliver(let copy, let worker) = action { work[Int(worker.number)].append(copy) }
                if case .reclaim(let copy, let worker) = action { work[Int(worker.number)].removeAll { $0 == copy } }
            }
            seen = driver.actions.count
            if step % 100 == 0 { #expect(driver.broker.depth == driver.broker.held.count, "step \(step)") }
        }
        for key in 0..<11 as Range<UInt32> { #expect(done[key] == done[key]?.sorted(), "key \(key), seed \(seed)") }
        #expect(done.values.joined().count > 100)
    }
}
